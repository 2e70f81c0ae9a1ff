"""Doing what a provider's system writes once, however often it is sent."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction

from commonpurse.written_often import WrittenOften
from invoices.models import IdempotentRequest, Invoice, Operation
from invoices.queries.intake import earlier_request, hold_request
from ledger.actions import with_retries
from providers.models import SystemKey

WRITE_REQUEST = WrittenOften(
    IdempotentRequest, "system_key_id", "key", "operation", "body_hash", "invoice_id", "answer"
)


class UnableToReceive(Exception):
    """The request cannot be answered under its Idempotency-Key. `code`: which rule."""

    code = "refused"


class KeyUsedOtherwise(UnableToReceive):
    """The same Idempotency-Key came with something else before."""

    code = "idempotency_key_used_otherwise"


class StillWorking(UnableToReceive):
    """The same request is being dealt with at this moment. `wait_seconds`: when to ask again."""

    code = "still_working"
    wait_seconds = 1


class Answered(NamedTuple):
    """The answer to give, letter for letter, and whether it was given before."""

    answer: str
    is_replay: bool


@with_retries
@transaction.atomic
def once(
    *,
    system_key: SystemKey,
    idempotency_key: str,
    operation: Operation,
    body_hash: bytes,
    act: Callable[[], str],
) -> Answered:
    """
    Do something under an Idempotency-Key and keep its answer with its effect, in one transaction.

    The same key with the same body gets the first answer again. What `act` raises keeps nothing, so the key can be used
    again.

    :raises UnableToReceive: `KeyUsedOtherwise` or `StillWorking`.
    """
    stands = claim(system_key, idempotency_key)
    if stands is not None:
        check_same(stands, operation=operation, body_hash=body_hash)
        return Answered(stands.answer, is_replay=True)
    answer = act()
    keep_answer(system_key, idempotency_key, operation=operation, body_hash=body_hash, answer=answer)
    return Answered(answer, is_replay=False)


def claim(system_key: SystemKey, idempotency_key: str) -> IdempotentRequest | None:
    """
    Let nobody else work under this key until the transaction ends; gives what was answered under it before.

    :raises StillWorking: somebody does already; they are not waited for.
    """
    if not hold_request(system_key_id=system_key.pk, key=idempotency_key):
        raise StillWorking("We are dealing with this very request. Ask again in a second.")
    return earlier_request(system_key_id=system_key.pk, key=idempotency_key)


def keep_answer(
    system_key: SystemKey,
    idempotency_key: str,
    *,
    operation: Operation,
    body_hash: bytes,
    answer: str,
    invoice: Invoice | None = None,
) -> None:
    """Keep what is answered under a key, in the transaction of its effect. `invoice`: for one sent by itself."""
    WRITE_REQUEST(
        [
            {
                "system_key_id": system_key.pk,
                "key": idempotency_key,
                "operation": operation,
                "body_hash": body_hash,
                "invoice_id": invoice and invoice.pk,
                "answer": answer,
            }
        ]
    )


def check_same(stands: IdempotentRequest, *, operation: Operation, body_hash: bytes) -> None:
    """
    See that a key that was used before came with the same.

    :raises KeyUsedOtherwise: it came with something else.
    """
    if stands.operation != operation or bytes(stands.body_hash) != body_hash:
        raise KeyUsedOtherwise(
            "This Idempotency-Key came with something else before. Give everything you send a key of its own."
        )
