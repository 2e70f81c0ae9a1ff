"""What waits for a commissioner: oldest first, with value, cluster and age, however many there are."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.models import Council, User
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_request
from tests.people.makers import make_commissioner, make_council, make_social_worker
from tests.providers.makers import make_location, make_provider
from tests.visiting import as_user, seen

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 5, 6, 10, tzinfo=UTC)
WAITING = reverse("commissioning:waiting")


def make_waiting(council: Council, *, weekly_pence: int = 0, by: User | None = None) -> None:
    """A request of a cluster with one member."""
    cluster = make_cluster(council=council)
    make_member(cluster=cluster, pledged={"council": 50_000_00})
    make_request(cluster=cluster, weekly_pence=weekly_pence, by=by)


def waits_for(user: User) -> str:
    """The page as it is two days after the requests of the makers."""
    with time_machine.travel(TODAY, tick=False):
        return seen(user, WAITING)


def test_shows_value_cluster_and_age() -> None:
    council = make_council()
    make_waiting(council, weekly_pence=344_40)
    said = waits_for(make_commissioner(council=council))
    assert "Care together for Elm Street neighbours" in said
    assert "<strong>£17,908.80</strong> a year" in said
    assert "waits for <strong>2 days</strong>" in said


def test_says_what_this_commissioner_cannot_approve() -> None:
    council = make_council()
    carol = make_commissioner(council=council, approval_limit_pence=15_000_00)
    make_waiting(council, weekly_pence=344_40)
    assert "above what you may approve alone" in waits_for(carol)
    other = make_council()
    dan = make_commissioner(council=other)
    make_waiting(other, by=dan)
    assert "a colleague has to decide" in waits_for(dan)


def test_shows_nothing_of_another_council() -> None:
    make_waiting(make_council())
    assert "No contract waits for approval." in waits_for(make_commissioner(council=make_council()))


def test_names_contracts_that_end_soon_and_providers_to_look_at() -> None:
    council = make_council()
    make_location(location_id="1-5", rating="Inadequate")
    poor = make_provider(council=council, name="Poor Care", cqc_location_id="1-5")
    lost = make_provider(council=council, name="Lost Care", cqc_location_id="1-404")
    cluster = make_cluster(council=council)
    make_contract(cluster=cluster, provider=poor, ref="K-SOON", end_date=date(2026, 8, 4))
    make_contract(cluster=cluster, provider=lost, ref="K-LATER", end_date=date(2026, 8, 5))
    make_contract(cluster=cluster, ref="K-GONE", start_date=date(2026, 4, 1), end_date=date(2026, 5, 6))
    said = waits_for(make_commissioner(council=council))
    assert "K-SOON" in said
    assert "K-LATER" not in said
    assert "K-GONE" not in said
    assert "Poor Care: Inadequate, 15 January 2026" in said
    assert "Lost Care: Not in the regulator&#x27;s directory" in said


def test_asks_no_more_of_the_database_for_many_than_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    council = make_council()
    carol, asker = make_commissioner(council=council), make_social_worker(council=council)
    client = as_user(carol)
    make_waiting(council, by=asker)
    with django_assert_num_queries(QUERIES):
        client.get(WAITING)
    for _ in range(5):
        make_waiting(council, by=asker)
    with django_assert_num_queries(QUERIES):
        client.get(WAITING)


QUERIES = 7
