"""Late changes worked out by day: the field's own examples (care rules 3, example 3)."""

from datetime import date
from decimal import Decimal

import pytest

from invoices.rules.late import Billed, LateChange, due_pence, due_units
from ledger.pennies import line_pence


def dec(day: int) -> date:
    """A day of December 2025."""
    return date(2025, 12, day)


def make_week(*, rate_pence: int = 700_00, units: str = "1", unit: str = "week") -> Billed:
    """The week from the first to the seventh of December."""
    amount = line_pence(Decimal(units), rate_pence)
    return Billed(day=dec(1), unit=unit, units=Decimal(units), rate_pence=rate_pence, amount_pence=amount)


def rate(pence: int, first: date | None = None, last: date | None = None) -> LateChange:
    """These days cost so much a week."""
    return LateChange(first=first, last=last, rate_pence=pence)


def ran(first: date | None = None, last: date | None = None) -> LateChange:
    """The service ran on these days alone."""
    return LateChange(first=first, last=last)


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        ([rate(400_00)], -300_00),
        ([ran(dec(2))], -100_00),
        ([ran(dec(2), dec(6)), rate(350_00)], -450_00),
        ([ran(date(2026, 1, 1))], -700_00),
    ],
    ids=["rate to 400", "start moved to 2 Dec", "2 to 6 Dec at 350", "start moved to 1 Jan"],
)
def test_example_3_puts_late_changes_right_by_the_difference(
    changes: list[LateChange], difference: int
) -> None:
    week = make_week()
    assert due_pence(week, changes) - week.amount_pence == difference


def test_costs_what_it_says_without_a_change() -> None:
    assert due_pence(make_week(units="0.4286"), []) == 300_02


def test_the_same_change_again_changes_nothing() -> None:
    for change in (rate(400_00), ran(dec(2), dec(6))):
        assert due_pence(make_week(), [change, change]) == due_pence(make_week(), [change])


def test_the_last_word_counts() -> None:
    assert due_pence(make_week(), [rate(400_00), rate(700_00)]) == 700_00
    assert due_pence(make_week(), [ran(dec(5)), ran()]) == 700_00
    assert due_pence(make_week(), [rate(400_00), rate(500_00, dec(4), dec(4))]) == 5 * 57_14 + 57_16 + 71_42


def test_changes_a_rate_from_the_middle_of_a_week_on() -> None:
    assert due_pence(make_week(), [rate(1_400_00, dec(5))]) == 4 * 100_00 + 3 * 200_00


def test_takes_a_single_day_wholly_or_not_at_all() -> None:
    hours = make_week(unit="hour", units="1.5", rate_pence=20_01)
    assert due_pence(hours, [rate(21_03)]) == 31_55
    assert due_pence(hours, [rate(21_03, dec(2))]) == 30_02
    assert due_pence(hours, [ran(dec(2))]) == 0
    assert due_units(hours, [ran(dec(2))]) == 0


def test_counts_the_units_that_were_delivered() -> None:
    assert due_units(make_week(), [ran(dec(2), dec(6)), rate(350_00)]) == Decimal("0.7143")
    assert due_units(make_week(units="2"), [rate(400_00)]) == 2
