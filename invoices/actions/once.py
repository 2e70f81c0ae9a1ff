"""Doing what a provider's system writes once, however often it is sent."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import connection, transaction

from invoices.models import IdempotentRequest, Operation
from ledger.actions import with_retries
from providers.models import SystemKey


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
    IdempotentRequest.objects.create(
        system_key=system_key,
        key=idempotency_key,
        operation=operation,
        body_hash=body_hash,
        answer=answer,
    )
    return Answered(answer, is_replay=False)


def claim(system_key: SystemKey, idempotency_key: str) -> IdempotentRequest | None:
    """
    Let nobody else work under this key until the transaction ends; gives what was answered under it before.

    :raises StillWorking: somebody does already; they are not waited for.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 12))",
            [f"{system_key.pk}:{idempotency_key}"],
        )
        [is_ours] = cursor.fetchone()
    if not is_ours:
        raise StillWorking("We are dealing with this very request. Ask again in a second.")
    earlier = IdempotentRequest.objects.filter(system_key=system_key, key=idempotency_key)
    return earlier.select_related("invoice").first()


def check_same(stands: IdempotentRequest, *, operation: Operation, body_hash: bytes) -> None:
    """
    See that a key that was used before came with the same.

    :raises KeyUsedOtherwise: it came with something else.
    """
    if stands.operation != operation or bytes(stands.body_hash) != body_hash:
        raise KeyUsedOtherwise(
            "This Idempotency-Key came with something else before. Give everything you send a key of its own."
        )
