"""What a contract is worth. Each is a worked example of the care rules, and those of section 3 say which."""

from datetime import date

import pytest

from commissioning.rules import term_value_pence, yearly_estimate_pence
from people.queries import value_on
from tests.people.makers import make_council


@pytest.mark.parametrize(
    ("weekly", "one_off", "year"), [(344_40, 0, 17_908_80), (344_40, 100_00, 18_008_80), (0, 0, 0)]
)
def test_example_5_a_year_is_52_weeks_and_what_is_paid_once(weekly: int, one_off: int, year: int) -> None:
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


@pytest.mark.django_db
def test_example_12_twelve_members_are_over_the_light_touch_threshold_and_eleven_under() -> None:
    council, on = make_council(), date(2026, 5, 4)
    threshold = value_on(council=council, code="light_touch_threshold_pence", on=on)
    twelve, eleven = (
        yearly_estimate_pence(weekly_pence=members * 1_063_37, one_off_pence=0) for members in (12, 11)
    )
    assert (twelve, eleven) == (663_542_88, 608_247_64)
    assert eleven < threshold <= twelve
    # What is published is what lies above these: 5,000.01 and 500.01, and not the pound itself.
    assert value_on(council=council, code="publish_contracts_over_pence", on=on) == 5_000_00
    assert value_on(council=council, code="publish_spend_over_pence", on=on) == 500_00
