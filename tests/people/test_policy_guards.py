"""What PostgreSQL holds about policy against everybody, psql included: no overlap, and no change of the past."""

from datetime import date

import pytest
from django.utils import timezone

from people.models import Council, PolicyValue
from people.queries import value_on
from tests.guards import assert_refused
from tests.people.changing import LONG_AGO, PEA, change, day, make_settled_council
from tests.people.makers import make_council, make_policy

pytestmark = pytest.mark.django_db

INSERT = (
    "INSERT INTO people_policyvalue (council_id, code, value, unit, effective_date, until_date, source)"
    " VALUES (%s, %s, 1, 'pence', %s, %s, 'x')"
)


def test_lets_no_two_rows_of_a_council_overlap() -> None:
    council = make_settled_council()
    change(council, 31_00, in_days=5)
    for first, until in ((4, 6), (5, None), (9, 10)):
        assert_refused(
            INSERT,
            council.pk,
            PEA,
            day(first),
            until and day(until),
            match="people_policy_never_overlaps",
        )
    assert_refused(INSERT, None, PEA, day(5), None, match="people_policy_never_overlaps")


def test_lets_no_new_row_change_a_day_gone_by() -> None:
    council = make_settled_council()
    for until in (None, day(-1), day(0)):
        assert_refused(INSERT, council.pk, PEA, day(-2), until, match="begins today or later")


def test_lets_a_new_row_fill_days_on_which_nothing_held() -> None:
    council = make_settled_council()
    PolicyValue.objects.create(
        council=council,
        code=PEA,
        value=1,
        unit="pence",
        effective_date=date(2024, 1, 1),
        until_date=date(2025, 4, 1),
        source="x",
    )
    assert value_on(council=council, code=PEA, on=date(2025, 3, 31)) == 1


def test_lets_a_council_bring_its_past_along_on_its_first_day_only() -> None:
    council = make_council()
    make_policy(council=council, code=PEA, value=1, effective_date=date(2025, 5, 1), until_date=day(-5))
    Council.objects.filter(pk=council.pk).update(registered_at=LONG_AGO)
    assert_refused(INSERT, council.pk, PEA, day(-2), None, match="begins today or later")


@pytest.mark.parametrize(
    "changed",
    ["value = 1", "code = 'else'", "source = 'else'", "effective_date = '2026-01-01'", "unit = 'days'"],
)
def test_lets_nobody_edit_a_row(changed: str) -> None:
    row = change(make_settled_council(), 31_00, in_days=5)
    assert_refused(f"UPDATE people_policyvalue SET {changed} WHERE id = %s", row.pk, match="only ended")


def test_lets_a_row_end_today_or_later() -> None:
    council = make_settled_council()
    everywhere = PolicyValue.objects.get(council=None, code=PEA)
    end = "UPDATE people_policyvalue SET until_date = %s WHERE id = %s"
    assert_refused(end, day(-1), everywhere.pk, match="ends today or later")
    row = change(council, 31_00)
    PolicyValue.objects.filter(pk=row.pk).update(until_date=day(4))
    PolicyValue.objects.filter(pk=row.pk).update(until_date=day(1))
    PolicyValue.objects.filter(pk=everywhere.pk).update(until_date=day(0))


def test_lets_no_row_that_ended_go_on() -> None:
    council = make_council()
    row = make_policy(council=council, code=PEA, effective_date=date(2026, 1, 1), until_date=day(-1))
    Council.objects.filter(pk=council.pk).update(registered_at=LONG_AGO)
    for until in (None, day(3)):
        assert_refused(
            "UPDATE people_policyvalue SET until_date = %s WHERE id = %s",
            until,
            row.pk,
            match="ends today or later",
        )


def test_lets_a_row_be_withdrawn_only_before_it_begins_and_by_somebody() -> None:
    council = make_settled_council()
    begun, planned = change(council, 31_00), change(council, 32_00, in_days=5)
    withdraw = "UPDATE people_policyvalue SET withdrawn_at = now(), withdrawn_by = 'user:1' WHERE id = %s"
    assert_refused(withdraw, begun.pk, match="ends today or later")
    assert_refused(
        "UPDATE people_policyvalue SET withdrawn_at = now() WHERE id = %s",
        planned.pk,
        match="who_withdrew",
    )
    PolicyValue.objects.filter(pk=planned.pk).update(withdrawn_at=timezone.now(), withdrawn_by="user:1")
    assert_refused(
        "UPDATE people_policyvalue SET withdrawn_at = NULL, withdrawn_by = '' WHERE id = %s",
        planned.pk,
        match="only ended",
    )
