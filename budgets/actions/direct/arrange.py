"""Arranging a direct payment: which stream of a budget is paid to the person, how often, and from when."""

from datetime import date, datetime

from django.db import transaction

from budgets.models import PAID_DIRECTLY, Allocation, Delivery, PaymentArrangement, Rhythm
from people.models import Council, RoleKind, User


class UnableToArrange(Exception):
    """The direct payment cannot be arranged like this. `field`: which answer it is about, if about one."""

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


def may_pay(user: User, council: Council) -> bool:
    """Tell whether the user arranges and pays direct payments there: a finance officer."""
    return user.has_role(RoleKind.FINANCE_OFFICER, council_id=council.pk)


@transaction.atomic
def arrange_payment(
    *,
    allocation: Allocation,
    rhythm: Rhythm,
    start_date: date,
    by: User,
    at: datetime,
    weekly_pence: int | None = None,
    contingency_pence: int = 0,
) -> PaymentArrangement:
    """
    Arrange that a stream of a budget is paid to the person from a day on. Nothing is paid by this.

    Units: pence; `weekly_pence` is the part of a mixed one, each week. `contingency_pence` may stay with the person
    besides the weeks of funding that policy leaves there.

    :raises UnableToArrange: `by` is no finance officer there, the money is not held as a direct payment, the day lies
        outside the budget, or another arrangement pays it then.
    """
    part = Allocation.objects.select_related("budget__person__council", "stream").select_for_update(
        of=["self"], no_key=True
    )
    allocation = part.get(pk=allocation.pk)
    if not may_pay(by, allocation.budget.person.council):
        raise UnableToArrange("Only a finance officer of this council can arrange a direct payment.")
    _check_part(allocation, weekly_pence)
    _check_start(allocation, start_date)
    return PaymentArrangement.objects.create(
        allocation=allocation,
        rhythm=rhythm,
        weekly_pence=weekly_pence,
        contingency_pence=contingency_pence,
        start_date=start_date,
        arranged_at=at,
        arranged_by=by,
    )


@transaction.atomic
def end_arrangement(*, arrangement: PaymentArrangement, end_date: date, by: User) -> None:
    """
    Let an arrangement pay no day from `end_date` on. What was paid for later days stays until it is asked back.

    :raises UnableToArrange: `by` is no finance officer there, it has an end already, or the day is before its second.
    """
    held = PaymentArrangement.objects.select_related("allocation__budget__person__council")
    arrangement = held.select_for_update(of=["self"], no_key=True).get(pk=arrangement.pk)
    if not may_pay(by, arrangement.allocation.budget.person.council):
        raise UnableToArrange("Only a finance officer of this council can end a direct payment.")
    if arrangement.end_date is not None:
        raise UnableToArrange("It has an end already. Arrange a new one, if payments go on.")
    if end_date <= arrangement.start_date:
        raise UnableToArrange("It pays one day at least. Choose a later day.", field="end_date")
    arrangement.end_date, arrangement.ended_by = end_date, by
    arrangement.save(update_fields=["end_date", "ended_by"])


def _check_part(allocation: Allocation, weekly_pence: int | None) -> None:
    if allocation.delivery not in PAID_DIRECTLY:
        raise UnableToArrange(
            f"The {allocation.stream} of this budget is held as “{allocation.get_delivery_display()}”. Only a direct "
            "payment, or the part of a mixed one, is paid to the person."
        )
    is_mixed = allocation.delivery == Delivery.MIXED
    if is_mixed and not weekly_pence:
        raise UnableToArrange(
            "This money is held in two ways. Say how much of it is paid to the person each week.",
            field="weekly_pence",
        )
    if not is_mixed and weekly_pence is not None:
        raise UnableToArrange(
            "All of this money is a direct payment. Leave the amount a week empty.", field="weekly_pence"
        )


def _check_start(allocation: Allocation, start_date: date) -> None:
    budget = allocation.budget
    if not budget.start_date <= start_date < budget.end_date:
        raise UnableToArrange(
            f"The budget runs from {budget.start_date:%-d %B %Y} up to {budget.end_date:%-d %B %Y}. "
            "Choose a day in it.",
            field="start_date",
        )
    others = allocation.arrangements.exclude(end_date__lte=start_date)
    if others.exists():
        raise UnableToArrange(
            "This money is paid to the person then already. End that first.", field="start_date"
        )
