"""Receiving many documents at once: each is taken in or refused by itself, and the answer says which."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import uuid4

from django.db import transaction

from commissioning.models import Contract, ContractState
from invoices.actions.batch import put_in_inbox
from invoices.actions.take_in import UnableToTakeIn, UnknownContract, take_in
from invoices.actions.take_in_chunk import take_in_chunk
from invoices.models import Invoice
from invoices.rules import Document
from people.models import Council
from providers.models import Provider

# From so many lines on, one pass over all of them is quicker than one after the other. The outcome is the same.
TOGETHER_FROM_LINES = 40
Placed = tuple[int, Document]


class RowTaken(NamedTuple):
    """What became of one document: the invoice that stands, whether it is new, or why it was refused."""

    place: int
    invoice: Invoice | None
    is_first: bool
    refusal: UnableToTakeIn | None


@transaction.atomic
def receive_many(
    *, documents: Sequence[Placed], provider: Provider, council: Council, on: date, by: str
) -> list[RowTaken]:
    """
    Take in documents in their order, each as `take_in` does; gives a row for each.

    A refusal is that document's alone. A failure of ours takes all of them back.
    """
    _lock(documents, provider)
    if sum(len(document.lines) for _, document in documents) < TOGETHER_FROM_LINES:
        return [_one(place, document, provider, on=on, by=by) for place, document in documents]
    return _together(documents, provider, council, on=on, by=by)


def _lock(documents: Sequence[Placed], provider: Provider) -> None:
    """Lock the contracts in one order, whatever the order of the documents: two batches never wait for each other."""
    refs = {document.contract_ref for _, document in documents}
    contracts = Contract.objects.filter(provider=provider, ref__in=refs, state=ContractState.APPROVED)
    list(contracts.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _one(place: int, document: Document, provider: Provider, *, on: date, by: str) -> RowTaken:
    try:
        with transaction.atomic():
            taken = take_in(document=document, provider=provider, on=on, by=by)
    except UnableToTakeIn as refusal:
        return RowTaken(place, None, is_first=False, refusal=refusal)
    return RowTaken(place, taken.invoice, taken.is_first, None)


def _together(
    documents: Sequence[Placed], provider: Provider, council: Council, *, on: date, by: str
) -> list[RowTaken]:
    """Take documents in by way of the inbox, all clusters at once."""
    refusals: dict[int, UnableToTakeIn] = {
        place: UnknownContract(
            f"You have no contract as provider {document.provider_ref}.", pointer="/provider_ref"
        )
        for place, document in documents
        if document.provider_ref != provider.ref
    }
    known = [(place, document) for place, document in documents if place not in refusals]
    numbers = {document.number for _, document in known}
    there = set(
        Invoice.objects.filter(provider=provider, number__in=numbers).values_list("number", flat=True)
    )
    batch = f"api:{uuid4()}"
    for row in put_in_inbox(council=council, batch=batch, documents=known):
        words = row.problem.detail.replace(f"{provider.ref} has", "You have")
        refusals[row.place] = UnknownContract(words, pointer=row.problem.pointer)
    refs = {document.contract_ref for _, document in known}
    clusters = Contract.objects.filter(provider=provider, ref__in=refs).values_list("cluster_id", flat=True)
    refusals |= take_in_chunk(
        council=council, batch=batch, clusters=sorted(set(clusters)), on=on, by=by
    ).refusals
    invoices = Invoice.objects.filter(provider=provider, number__in=numbers)
    found = {one.number: one for one in invoices.select_related("contract", "corrects")}
    rows = []
    for place, document in documents:
        if place in refusals:
            rows.append(RowTaken(place, None, is_first=False, refusal=refusals[place]))
            continue
        is_first = document.number not in there
        there.add(document.number)
        rows.append(RowTaken(place, found[document.number], is_first, None))
    return rows
