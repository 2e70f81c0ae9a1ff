"""Money and dates as people read them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from commonpurse.templatetags.house import day, moment, month, normal, pounds


@pytest.mark.parametrize(
    ("pence", "words"), [(0, "£0.00"), (123456789, "£1,234,567.89"), (-5, "-£0.05"), (None, "")]
)
def test_writes_pounds(pence: int | None, words: str) -> None:
    assert pounds(pence) == words


def test_writes_days_and_months() -> None:
    assert day(date(2026, 5, 4)) == "Monday 4 May 2026"
    assert month(date(2026, 5, 4)) == "May 2026"
    assert day(None) == month(None) == ""


def test_writes_moments_by_our_clock_with_no_full_stop_of_their_own() -> None:
    assert moment(datetime(2026, 5, 11, 16, tzinfo=UTC)) == "Monday 11 May 2026 at 5pm"


@pytest.mark.parametrize(
    ("units", "words"), [("1.5000", "1.5"), ("20.0000", "20"), ("100", "100"), ("0.2500", "0.25")]
)
def test_writes_units_without_idle_noughts(units: str, words: str) -> None:
    assert normal(Decimal(units)) == words
