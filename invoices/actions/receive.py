"""Receiving a document from a provider's system once, however often it is sent."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.db import transaction

from invoices.actions.once import check_same, claim, keep_answer
from invoices.actions.take_in import take_in_here
from invoices.models import Invoice, Operation
from invoices.queries.intake import first_answer
from invoices.queries.outcomes import Outcome, outcome_of
from invoices.rules import Document
from ledger.actions import with_retries
from providers.models import SystemKey


class Received(NamedTuple):
    """The invoice that stands, the answer to give, and whether the same was answered before."""

    invoice: Invoice
    answer: str
    is_replay: bool


@with_retries
@transaction.atomic
def receive(
    *,
    document: Document,
    system_key: SystemKey,
    idempotency_key: str,
    write_answer: Callable[[Outcome], str],
    on: date,
) -> Received:
    """
    Take in a document under an Idempotency-Key, and keep the answer with its effect.

    The same key with the same document, and the same document under another key, get the first answer again,
    letter for letter; nothing happens twice. A refusal keeps nothing, so its key can be used again.

    :raises UnableToReceive: `KeyUsedOtherwise` or `StillWorking`.
    :raises UnableToTakeIn: the document is refused whole (see `take_in`).
    """
    stands = claim(system_key, idempotency_key)
    if stands is not None:
        check_same(stands, operation=Operation.SEND_INVOICE, body_hash=document.body_hash)
        assert stands.invoice is not None  # PostgreSQL holds that: it was sent by itself
        return Received(stands.invoice, stands.answer, is_replay=True)
    taken = take_in_here(document=document, provider=system_key.provider, on=on, by=system_key.label)
    kept = None if taken.is_first else first_answer(invoice=taken.invoice)
    answer = kept or write_answer(taken.outcome or outcome_of(taken.invoice))
    keep_answer(
        system_key,
        idempotency_key,
        operation=Operation.SEND_INVOICE,
        body_hash=document.body_hash,
        invoice=taken.invoice,
        answer=answer,
    )
    return Received(taken.invoice, answer, is_replay=not taken.is_first)
