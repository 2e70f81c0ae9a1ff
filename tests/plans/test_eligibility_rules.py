"""Whether needs are eligible: the three parts of the regulations, each at its edge."""

import pytest

from plans.rules.eligibility import are_needs_eligible, least_outcomes


@pytest.mark.parametrize(
    ("whose", "is_from_condition", "outcomes", "has_impact", "expected"),
    [
        ("adult", True, 2, True, True),
        ("adult", True, 1, True, False),
        ("adult", False, 10, True, False),
        ("adult", True, 10, False, False),
        ("carer", True, 1, True, True),
        ("carer", True, 0, True, False),
        ("carer", False, 8, True, False),
        ("carer", True, 8, False, False),
    ],
)
def test_needs_all_three_parts(
    whose: str, is_from_condition: bool, outcomes: int, has_impact: bool, expected: bool
) -> None:
    found = are_needs_eligible(
        whose=whose, is_from_condition=is_from_condition, outcomes=outcomes, has_impact=has_impact
    )
    assert found is expected


def test_asks_two_outcomes_of_adults_and_one_of_carers() -> None:
    assert (least_outcomes("adult"), least_outcomes("carer")) == (2, 1)
