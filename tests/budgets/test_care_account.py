"""Care accounts: what counts, month by month, corrected and kept; and the person's page."""

from datetime import date
from typing import Any

import pytest

from budgets.actions.care_account import meter, meter_council
from budgets.models import Allowance, CareAccountEntry
from budgets.queries.care_account import care_account_of
from budgets.rules.care_account import counted_weekly_pence, weeks_to_cap
from people.models import Council, Person, User
from tests.budgets.makers import make_financial, make_priced_plan, make_statement
from tests.guards import assert_refused
from tests.people.makers import YEAR_START, make_council, make_person, make_policy, make_social_worker
from tests.plans.makers import AGREED_AT
from tests.visiting import seen

pytestmark = pytest.mark.django_db
APRIL_30 = date(2026, 4, 30)


def make_resident() -> tuple[Council, Person, User]:
    """Somebody in a care home at 700 a week, of which 200 is daily living; they pay all of it themselves."""
    council = make_council()
    priya = make_social_worker(council=council)
    person = make_person(council=council, lead=priya)
    make_financial(person=person, by=priya, allowance=Allowance.PEA, capital_pence=50_000_00, dre_pence=0)
    make_statement(plan=make_priced_plan(person=person, weekly_pence=700_00), by=priya)
    return council, person, priya


def do_meter(person: Person, through: date) -> list[tuple[int, bool]]:
    """Meter up to a day."""
    made = meter(person=person, through=through, at=AGREED_AT, by="system:tests")
    return [(entry.pence, entry.is_correction) for entry in made]


def test_example_10_counts_what_is_paid_for_care_and_not_for_daily_living() -> None:
    weekly = counted_weekly_pence(adult_weekly_pence=700_00, daily_living_weekly_pence=200_00)
    assert weekly == 500_00
    assert weeks_to_cap(cap_pence=86_000_00, counted_pence=0, weekly_pence=weekly) == 172
    assert weeks_to_cap(cap_pence=86_000_00, counted_pence=1, weekly_pence=weekly) == 172
    assert weeks_to_cap(cap_pence=86_000_01, counted_pence=0, weekly_pence=weekly) == 173
    assert weeks_to_cap(cap_pence=1, counted_pence=2, weekly_pence=weekly) == 0
    assert weeks_to_cap(cap_pence=1, counted_pence=0, weekly_pence=0) is None
    assert counted_weekly_pence(adult_weekly_pence=150_00, daily_living_weekly_pence=200_00) == 0


def test_meters_each_day_once_and_says_when_the_cap_would_be_reached() -> None:
    _, person, _ = make_resident()
    assert do_meter(person, date(2026, 4, 28)) == [(4 * 500_00, False)]
    assert do_meter(person, date(2026, 4, 28)) == []
    assert do_meter(person, date(2026, 5, 5)) == [(500_00, False)]
    account = care_account_of(person=person, on=date(2026, 5, 6))
    assert (account.counted_pence, account.weekly_pence, account.weeks) == (2_500_00, 500_00, 167)
    assert [(year.start_date, year.pence) for year in account.years] == [(YEAR_START, 2_500_00)]
    assert not account.is_in_force
    assert account.kept_years == 99


def test_corrects_what_changed_since_in_a_row_of_its_own() -> None:
    _, person, priya = make_resident()
    do_meter(person, date(2026, 4, 28))
    plan = make_priced_plan(person=person, weekly_pence=800_00)
    make_statement(plan=plan, by=priya, start_date=date(2026, 4, 15))
    assert do_meter(person, date(2026, 5, 5)) == [(2 * 100_00, True), (600_00, False)]
    assert care_account_of(person=person, on=date(2026, 5, 6)).counted_pence == 2_800_00


def test_meters_a_council_up_to_the_end_of_last_month_and_says_whether_the_cap_was_law() -> None:
    council, person, _ = make_resident()
    make_policy(council=council, code="cap_in_force", value=1, effective_date=YEAR_START)
    terms: dict[str, Any] = {"council": council, "at": AGREED_AT, "by": "system:tests"}
    assert meter_council(**terms, on=date(2026, 5, 20)) == 1
    assert meter_council(**terms, on=date(2026, 5, 31)) == 0
    entry = CareAccountEntry.objects.get()
    assert (entry.person, entry.last_date, entry.is_in_force) == (person, APRIL_30, True)


def test_the_professional_reads_it_too_and_a_stranger_does_not() -> None:
    _, person, priya = make_resident()
    do_meter(person, APRIL_30)
    address = f"/budgets/care-account/{person.pk}/"
    assert "We keep this for 99 years." in seen(priya, address)
    assert seen(make_social_worker(council=make_council()), address) == "404"


def test_postgresql_keeps_every_row_and_counts_no_day_twice() -> None:
    _, person, _ = make_resident()
    do_meter(person, APRIL_30)
    assert_refused("UPDATE budgets_careaccountentry SET pence = 1", match="is kept")
    assert_refused(
        "INSERT INTO budgets_careaccountentry (person_id, first_date, last_date, pence, is_correction, is_in_force,"
        " made_at, made_by) SELECT person_id, last_date, last_date + 9, 1, false, false, made_at, made_by"
        " FROM budgets_careaccountentry",
        match="counts_no_day_twice",
    )
