"""Changing a council's policy: from today or a later day, never the past, with no gap and no overlap."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from people.actions import UnableToChangePolicy, change_policy, end_policy, withdraw_policy
from people.models import PolicyUnit, PolicyValue
from people.queries import (
    UnableToKnowPolicy,
    policies_in_force,
    policy_history,
    policy_on,
    value_on,
    values_on,
)
from people.rules.policy import KNOWN, THEMES, is_within, known_policy, value_words, words_of_policy
from tests.people.changing import PEA, change, day, make_ada, make_settled_council
from tests.people.makers import make_council, make_policy

pytestmark = pytest.mark.django_db


def test_is_one_question_to_the_database(django_assert_num_queries: object) -> None:
    council = make_council()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert value_on(council=council, code=PEA, on=date(2025, 4, 1)) == 30_65
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(policies_in_force(council=council, on=day(0))) == len(KNOWN)


def test_a_gap_is_said_in_plain_words() -> None:
    council = make_council()
    assert policy_on(council=council, code=PEA, on=date(2025, 3, 31)) is None
    with pytest.raises(
        UnableToKnowPolicy,
        match=r"has not written down what holds for “Personal expenses allowance, a week” on Monday 31 March 2025",
    ):
        values_on(council=council, codes=["tariff_step_pence", PEA], on=date(2025, 3, 31))


def test_every_value_we_know_has_a_number_with_its_source_from_the_beginning() -> None:
    council = make_council()
    held = policies_in_force(council=council, on=timezone.localdate())
    assert set(held) == {known.code for known in KNOWN}
    for known in KNOWN:
        assert held[known.code].unit == known.unit
        assert is_within(known, held[known.code].value), known.code
        assert len(held[known.code].source) > 10


def test_of_the_council_comes_before_what_holds_everywhere() -> None:
    council, other = make_council(), make_council()
    make_policy(council=council, code=PEA, value=40_00, effective_date=date(2026, 1, 1))
    assert value_on(council=council, code=PEA, on=date(2025, 12, 31)) == 30_65
    assert value_on(council=council, code=PEA, on=date(2026, 1, 1)) == 40_00
    assert value_on(council=other, code=PEA, on=date(2026, 1, 1)) == 30_65


def test_another_value_holds_from_its_day_and_the_one_before_until_then() -> None:
    council = make_settled_council()
    first = change(council, 31_00)
    second = change(council, 32_00, in_days=10)
    first.refresh_from_db()
    assert (first.until_date, first.last_date, second.until_date) == (day(10), day(9), None)
    assert value_on(council=council, code=PEA, on=day(-1)) == 30_65
    assert value_on(council=council, code=PEA, on=day(9)) == 31_00
    assert value_on(council=council, code=PEA, on=day(10)) == 32_00
    assert [row.value for row in policy_history(council=council, code=PEA)] == [32_00, 31_00, 30_65]


def test_never_changes_a_day_gone_by() -> None:
    council = make_settled_council()
    with pytest.raises(UnableToChangePolicy, match="What held before stays as it was") as refusal:
        change(council, 31_00, in_days=-1)
    assert refusal.value.field == "effective_date"


def test_two_values_never_hold_on_the_same_day() -> None:
    council = make_settled_council()
    change(council, 31_00, in_days=5)
    for in_days in (0, 4, 5):
        with pytest.raises(UnableToChangePolicy, match="two cannot hold on the same day"):
            change(council, 32_00, in_days=in_days)
    assert change(council, 32_00, in_days=6).value == 32_00


def test_takes_back_what_has_not_begun_and_the_one_before_goes_on() -> None:
    council = make_settled_council()
    first, second = change(council, 31_00), change(council, 32_00, in_days=5)
    ada = make_ada(council)
    withdraw_policy(value=second, by=ada, at=timezone.now())
    first.refresh_from_db()
    assert first.until_date is None
    assert value_on(council=council, code=PEA, on=day(5)) == 31_00
    for begun in (first, second):
        with pytest.raises(UnableToChangePolicy, match="begun or was taken back"):
            withdraw_policy(value=begun, by=ada, at=timezone.now())
    assert change(council, 33_00, in_days=5).value == 33_00


def test_goes_back_to_what_holds_everywhere() -> None:
    council = make_settled_council()
    ours = change(council, 31_00)
    ada = make_ada(council)
    with pytest.raises(UnableToChangePolicy, match="Choose a later day"):
        end_policy(value=ours, until_date=day(0), by=ada, at=timezone.now())
    end_policy(value=ours, until_date=day(3), by=ada, at=timezone.now())
    assert value_on(council=council, code=PEA, on=day(2)) == 31_00
    assert value_on(council=council, code=PEA, on=day(3)) == 30_65
    with pytest.raises(UnableToChangePolicy, match="ends already"):
        end_policy(value=ours, until_date=day(4), by=ada, at=timezone.now())
    assert change(council, 34_00, in_days=20).value == 34_00  # what holds everywhere fills the days between


def test_leaves_no_day_without_a_value() -> None:
    council = make_settled_council()
    PolicyValue.objects.filter(council=None, code=PEA).update(until_date=day(8))
    ours = change(council, 31_00)
    ada = make_ada(council)
    with pytest.raises(UnableToChangePolicy, match="Nothing would hold from"):
        end_policy(value=ours, until_date=day(4), by=ada, at=timezone.now())
    PolicyValue.objects.filter(pk=ours.pk).update(until_date=day(4))
    with pytest.raises(UnableToChangePolicy, match="Nothing would hold from"):
        change(council, 32_00, in_days=9)
    assert change(council, 32_00, in_days=8).value == 32_00


@pytest.mark.parametrize(
    ("code", "value"), [("dp_review_months", 13), ("dp_review_months", 0), ("smallest_group", 4)]
)
def test_keeps_within_what_the_law_allows(code: str, value: int) -> None:
    with pytest.raises(UnableToChangePolicy, match="Write a value between them") as refusal:
        change(make_council(), value, code=code)
    assert refusal.value.field == "value"


def test_says_where_it_comes_from_and_is_known() -> None:
    council = make_council()
    with pytest.raises(UnableToChangePolicy, match="know no policy"):
        change(council, 1, code="else")
    with pytest.raises(UnableToChangePolicy, match="Say where this value comes from"):
        change_policy(
            council=council,
            code=PEA,
            value=1,
            source=" ",
            effective_date=day(0),
            by=make_ada(council),
            at=timezone.now(),
        )


def test_is_for_who_administers_this_council() -> None:
    council = make_council()
    ours = change(council, 31_00, in_days=2)
    ada_elsewhere = make_ada(make_council())
    for refused in (withdraw_policy, end_policy):
        more = {"until_date": day(4)} if refused is end_policy else {}
        with pytest.raises(UnableToChangePolicy, match="Only those who administer"):
            refused(value=ours, by=ada_elsewhere, at=timezone.now(), **more)
    with pytest.raises(UnableToChangePolicy, match="Only those who administer"):
        change_policy(
            council=council,
            code=PEA,
            value=1,
            source="x",
            effective_date=day(9),
            by=ada_elsewhere,
            at=timezone.now(),
        )


def test_what_holds_everywhere_is_not_a_council_s_to_end() -> None:
    everywhere = PolicyValue.objects.get(council=None, code=PEA)
    with pytest.raises(UnableToChangePolicy, match="holds everywhere"):
        withdraw_policy(value=everywhere, by=make_ada(make_council()), at=timezone.now())


@settings(max_examples=25, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(-3, 30), st.integers(1, 90_00)), min_size=1, max_size=5))
def test_stays_whatever_is_written_down_for_the_future(changes: list[tuple[int, int]]) -> None:
    council = make_settled_council()
    days = [day(-back) for back in (1, 2, 30, 200)]
    before = [policy_on(council=council, code=PEA, on=on) for on in days]
    ahead = {each: value_on(council=council, code=PEA, on=day(each)) for each in range(31)}
    for in_days, pence in changes:
        try:
            with transaction.atomic():
                change(council, pence, in_days=in_days)
        except (UnableToChangePolicy, IntegrityError):
            continue
        ahead |= dict.fromkeys(range(in_days, 31), pence)
    assert [policy_on(council=council, code=PEA, on=on) for on in days] == before
    assert {each: value_on(council=council, code=PEA, on=day(each)) for each in range(31)} == ahead


def test_says_values_with_their_units() -> None:
    said = [("pence", 30_65), ("days", 28), ("weeks", 1), ("percent", 60), ("number", 4), ("years", 99)]
    assert [value_words("number", value, code="cap_in_force") for value in (0, 1)] == ["No", "Yes"]
    assert [value_words(unit, value) for unit, value in said] == [
        "£30.65",
        "28 days",
        "1 week",
        "60%",
        "4",
        "99 years",
    ]


def test_knows_each_code_once_under_a_theme() -> None:
    assert len({known.code for known in KNOWN}) == len(KNOWN)
    assert {known.theme for known in KNOWN} == set(THEMES)
    assert {known.unit for known in KNOWN} <= set(PolicyUnit.values)
    assert known_policy("else") is None
    assert words_of_policy("else") == "else"
    assert words_of_policy(PEA) == "Personal expenses allowance, a week"


def test_bounds_are_allowed_themselves() -> None:
    known = known_policy("dp_review_months")
    assert known is not None
    assert [is_within(known, value) for value in (0, 1, 12, 13)] == [False, True, True, False]
