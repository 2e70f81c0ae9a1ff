"""What a contract is worth. Each is a worked example of the care rules."""

from datetime import date

import pytest

from commissioning.rules import term_value_pence, yearly_estimate_pence


@pytest.mark.parametrize(
    ("weekly", "one_off", "year"), [(344_40, 0, 17_908_80), (344_40, 100_00, 18_008_80), (0, 0, 0)]
)
def test_a_year_is_52_weeks_and_what_is_paid_once(weekly: int, one_off: int, year: int) -> None:
    assert yearly_estimate_pence(weekly_pence=weekly, one_off_pence=one_off) == year


@pytest.mark.parametrize(
    ("weekly", "one_off", "start", "end", "value"),
    [
        (700_00, 0, date(2025, 12, 1), date(2025, 12, 4), 300_00),
        (700_00, 0, date(2025, 12, 1), date(2026, 1, 1), 3_100_00),
        (700_00, 5_00, date(2025, 12, 1), date(2025, 12, 8), 705_00),
        (1, 0, date(2025, 12, 1), date(2025, 12, 2), 1),
    ],
)
def test_a_term_is_valued_by_days(weekly: int, one_off: int, start: date, end: date, value: int) -> None:
    assert term_value_pence(weekly_pence=weekly, one_off_pence=one_off, start=start, end=end) == value
