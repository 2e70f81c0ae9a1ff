"""Our cluster from the inside: the pool as one picture, and never what another member put in."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clusters.models import Membership
from ledger.pennies import in_pounds
from people.models import PersonalSettings
from people.rules.words import day_words
from reports.rules.forecast import half_up
from tests.clusters.makers import make_member
from tests.clusters.voting import close, make_decision, vote
from tests.commissioning.leavers import NINE, make_promised, make_three
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_user
from tests.visiting import as_user, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
QUERIES = 11


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def make_ours() -> list[Membership]:
    """Three members with 1,000 pounds each in the pool, and twelve weeks at 90 pounds from 6 April."""
    members = make_three()
    make_promised(cluster=members[0].cluster, promises={member: {"council": 360_00} for member in members})
    return members


def page_of(member: Membership) -> str:
    assert member.person.user is not None
    return seen(member.person.user, reverse("reports:our-cluster", args=[member.cluster_id]))


def test_shows_the_pool_as_one_picture_with_its_words() -> None:
    said = page_of(make_ours()[0])
    assert "£3,000.00 in all: £0.00 spent, £1,080.00 promised, £1,920.00 left." in said
    assert "Nobody sees what another member put in." in said


def test_puts_the_month_beside_the_plan() -> None:
    said = page_of(make_ours()[0])
    assert "Planned: £398.58. Spent so far: £0.00." in said  # 31 days of May at 90 pounds a week
    assert "Cooking together" in said


def test_shows_what_the_year_comes_to_once_something_was_bought() -> None:
    members = make_ours()
    assert "The whole year" not in page_of(members[0])
    contract = members[0].cluster.contracts.get()
    line = make_line(service_code="SESSION", units="1", unit_rate_pence=30_00, service_date=date(2026, 5, 1))
    send(make_document(contract=contract, lines=[line]), contract=contract, on=NINE.date())
    said = page_of(members[0])
    spent_days, year_days = (NINE.date() - date(2026, 4, 6)).days, (date(2027, 4, 1) - NINE.date()).days
    forecast = 30_00 + half_up(30_00 * year_days, spent_days)
    assert f"Put in: £3,000.00. Will be spent by Wednesday 31 March 2027: {in_pounds(forecast)}." in said


def test_lists_what_was_decided_with_its_day_and_how_it_ended() -> None:
    members = make_ours()
    decision = make_decision(members)
    for member in members:
        vote(decision, member, "Yes")
    assert "Nothing yet." in page_of(members[0])
    close(decision)
    with time_machine.travel(decision.closes_at, tick=False):
        said = page_of(members[0])
    assert (
        f'<a href="{reverse("clusters:decided", args=[decision.pk])}">Shall we buy a new kettle?</a>' in said
    )
    assert day_words(timezone.localdate(decision.closes_at)) in said


def test_says_the_same_in_easy_words() -> None:
    ours = make_ours()
    PersonalSettings.objects.create(person=ours[0].person, is_easy=True)
    said = page_of(ours[0])
    assert "The pool is our money together." in said
    assert "£3,000.00 in all: £0.00 spent, £1,080.00 promised, £1,920.00 left." in said


def test_adds_nothing_up_where_so_few_are_in_the_pool() -> None:
    member = make_member()
    member.person.user = make_user()
    member.person.save(update_fields=["user"])
    said = page_of(member)
    assert "You are few at the moment." in said
    assert "£1,000.00" not in said


def test_is_not_there_for_who_is_not_in_the_pool() -> None:
    ours = make_ours()
    address = reverse("reports:our-cluster", args=[ours[0].cluster_id])
    assert seen(make_user(), address) == "404"


def test_asks_no_more_of_the_database_for_many_members(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ours = make_ours()
    for _ in range(9):
        make_member(cluster=ours[0].cluster)
    assert ours[0].person.user is not None
    visitor = as_user(ours[0].person.user)
    address = reverse("reports:our-cluster", args=[ours[0].cluster_id])
    visitor.get(address)
    with django_assert_num_queries(QUERIES):
        assert visitor.get(address).status_code == 200
