"""Tidying what was said to providers' systems: old messages and kept answers go, money and history never do."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from invoices.models import Delivery, DeliveryAttempt, DeliveryState, IdempotentRequest
from people.models import Council
from people.queries.policy import values_on

LOG_DAYS, ANSWER_DAYS = "webhook_log_days", "kept_answers_days"
AT_A_TIME = 5_000  # so that no transaction is long, however much there is


class Tidied(NamedTuple):
    """How many messages and how many answers are gone."""

    messages: int
    answers: int


def tidy(*, council: Council, on: date, at: datetime) -> Tidied:
    """
    Take away what systems of a council's providers were told and answered longer ago than its policy keeps it.

    What still waits to be delivered stays, and so does all that was told of: invoices, visits, answers about lines.

    :raises UnableToKnowPolicy: the council's policy does not say how long.
    """
    kept = values_on(council=council, codes=[LOG_DAYS, ANSWER_DAYS], on=on)
    messages = Delivery.objects.filter(
        endpoint__provider__council=council, made_at__lt=at - timedelta(days=kept[LOG_DAYS])
    ).exclude(state=DeliveryState.WAITING)
    answers = IdempotentRequest.objects.filter(
        system_key__provider__council=council, answered_at__lt=at - timedelta(days=kept[ANSWER_DAYS])
    )
    return Tidied(_in_parts(messages, _forget_messages), _in_parts(answers, _forget_answers))


def _in_parts(rows: QuerySet[Any], forget: Callable[[list[Any]], None]) -> int:
    """Take rows away, the oldest first, some at a time; gives how many."""
    count = 0
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME]):
        forget(ids)
        count += len(ids)
    return count


@transaction.atomic
def _forget_messages(ids: list[Any]) -> None:
    DeliveryAttempt.objects.filter(delivery__in=ids).delete()
    Delivery.objects.filter(pk__in=ids).delete()


@transaction.atomic
def _forget_answers(ids: list[Any]) -> None:
    IdempotentRequest.objects.filter(pk__in=ids).delete()
