"""Months, as they are written and reckoned with."""

from datetime import date

import pytest

from reports.rules.months import in_url, in_words, month_before, month_from, months_back, months_in
from tests.reports.makers import APRIL, MAY


def test_reads_a_month() -> None:
    assert month_from("2026-04") == APRIL
    assert in_url(APRIL) == "2026-04"
    assert in_words(APRIL) == "April 2026"


@pytest.mark.parametrize(
    "words", ["", "2026", "2026-4", "2026-13", "2026-00", "0001-01", "26-04", "2026-04-01", "２０２６-04"]
)
def test_refuses_what_is_not_a_month(words: str) -> None:
    with pytest.raises(ValueError, match="2026-04"):
        month_from(words)


def test_goes_back_over_the_turn_of_the_year() -> None:
    assert month_before(MAY) == APRIL
    assert [in_url(month) for month in months_back(date(2026, 1, 31), 3)] == ["2026-01", "2025-12", "2025-11"]
    assert [in_url(month) for month in months_in(APRIL)] == ["2026-04"]
