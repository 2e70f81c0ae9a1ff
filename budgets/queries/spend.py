"""What was spent of a direct payment, what is left of it with the person, and whether that is more than may stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from budgets.models import FamilyNecessity, PaymentArrangement
from budgets.queries.direct import Standing
from budgets.rules.direct import above_pence, may_stay_pence
from people.models import Person
from people.queries import value_on


@dataclass(frozen=True, kw_only=True)
class Balance:
    """
    What is left of direct payments with the person, in pence: what was paid (less what went back), less what was spent.

    `may_stay_pence`: so many `weeks` of funding, and what was set aside. `above_pence`: what there is beyond that.
    """

    paid_pence: int
    spent_pence: int
    left_pence: int
    weeks: int
    may_stay_pence: int
    above_pence: int


def balance_on(*, person: Person, payments: Sequence[Standing], on: date) -> Balance:
    """
    Work out what is left of a person's direct payments, and how that stands to policy on a day.

    :raises UnableToKnowPolicy: nobody has said for that day how many weeks of funding may stay.
    """
    arrangements = [one.arrangement for one in payments]
    paid = sum({one.paid_account: one.held_pence for one in payments}.values())
    spent_pence = max(
        (one.spent_pence for one in payments), default=0
    )  # the same on each: it is the person's
    weeks = value_on(council=person.council, code="dp_balance_weeks", on=on)
    stays = may_stay_pence(
        weekly_pence=sum(one.weekly_pence for one in payments),
        weeks=weeks,
        contingency_pence=sum(_contingency(one, on) for one in arrangements),
    )
    left = paid - spent_pence
    return Balance(
        paid_pence=paid,
        spent_pence=spent_pence,
        left_pence=left,
        weeks=weeks,
        may_stay_pence=stays,
        above_pence=above_pence(left, may_stay_pence=stays),
    )


def necessity_on(*, person: Person, on: date) -> FamilyNecessity | None:
    """Give the necessity under which a person may pay close family in their household on a day."""
    begun = person.family_necessities.filter(start_date__lte=on).exclude(end_date__lte=on)
    return begun.order_by("-start_date", "-pk").first()


def _contingency(arrangement: PaymentArrangement, on: date) -> int:
    is_running = arrangement.start_date <= on and (arrangement.end_date is None or on < arrangement.end_date)
    return arrangement.contingency_pence if is_running else 0
