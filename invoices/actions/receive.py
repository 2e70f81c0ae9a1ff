"""Receiving a document from a provider's system once, however often it is sent."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction

from invoices.actions.take_in import take_in
from invoices.models import IdempotentRequest, Invoice
from invoices.rules import Document
from ledger.actions import with_retries
from providers.models import SystemKey


class UnableToReceive(Exception):
    """The request cannot be answered under its Idempotency-Key. `code`: which rule."""

    code = "refused"


class KeyUsedOtherwise(UnableToReceive):
    """The same Idempotency-Key came with another document before."""

    code = "idempotency_key_used_otherwise"


class StillWorking(UnableToReceive):
    """The same request is being dealt with at this moment. `wait_seconds`: when to ask again."""

    code = "still_working"
    wait_seconds = 1


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
    write_answer: Callable[[Invoice], str],
    on: date,
) -> Received:
    """
    Take in a document under an Idempotency-Key, and keep the answer with its effect.

    The same key with the same document, and the same document under another key, get the first answer again,
    letter for letter; nothing happens twice. A refusal keeps nothing, so its key can be used again.

    :raises UnableToReceive: `KeyUsedOtherwise` or `StillWorking`.
    :raises UnableToTakeIn: the document is refused whole (see `take_in`).
    """
    _claim(system_key, idempotency_key)
    earlier = IdempotentRequest.objects.filter(system_key=system_key, key=idempotency_key)
    stands = earlier.select_related("invoice").first()
    if stands is not None:
        return _again(document, stands)
    taken = take_in(document=document, provider=system_key.provider, on=on, by=system_key.label)
    answer = (None if taken.is_first else _first_answer(taken.invoice)) or write_answer(taken.invoice)
    IdempotentRequest.objects.create(
        system_key=system_key,
        key=idempotency_key,
        body_hash=document.body_hash,
        invoice=taken.invoice,
        answer=answer,
    )
    return Received(taken.invoice, answer, is_replay=not taken.is_first)


def _claim(system_key: SystemKey, idempotency_key: str) -> None:
    """Let nobody else work under this key until the transaction ends; do not wait for who does already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 12))",
            [f"{system_key.pk}:{idempotency_key}"],
        )
        [is_ours] = cursor.fetchone()
    if not is_ours:
        raise StillWorking("We are dealing with this very request. Ask again in a second.")


def _again(document: Document, stands: IdempotentRequest) -> Received:
    """Answer a key that was used before: the same document gets the same answer, another is refused."""
    if bytes(stands.body_hash) != document.body_hash:
        raise KeyUsedOtherwise(
            "This Idempotency-Key came with another document before. Give each document a key of its own."
        )
    return Received(stands.invoice, stands.answer, is_replay=True)


def _first_answer(invoice: Invoice) -> str | None:
    """Give what was answered when the invoice came in; none where it did not come by REST."""
    requests = IdempotentRequest.objects.filter(invoice=invoice).order_by("answered_at", "id")
    return requests.values_list("answer", flat=True).first()
