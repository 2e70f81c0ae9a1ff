"""My people: a professional's first page."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from clusters.actions import About, ask_professional_again, ask_to_join, enter_paper_ballot, found_cluster
from clusters.models import BallotChannel
from people.models import Person
from plans.models import Plan, PlanState
from plans.rules.reviews import Clock, ClockKind
from reports.rules.lateness import PlanStanding, all_late
from tests.budgets.makers import make_stream
from tests.cast import NINE, ON, Cast, make_cast
from tests.clusters.makers import make_cluster, make_member
from tests.clusters.voting import let_in, make_decision
from tests.people.makers import make_council, make_person, make_social_worker
from tests.plans.makers import make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
MY_PEOPLE = "/my-people/"
QUERIES = 10  # two of them for the session, two for the shell
PERSON_QUERIES = 12  # one of them writes down who looks


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def look(client: Client, cast: Cast) -> str:
    """What Priya reads."""
    client.force_login(cast.priya)
    response = client.get(MY_PEOPLE)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def due(person: Person, on: date | None) -> None:
    """Let a person's plan be looked at again on a day."""
    person.plans.update(review_due_date=on)


def test_puts_what_is_late_first_the_latest_on_top_with_the_reason(client: Client) -> None:
    cast = make_cast()
    due(cast.amina, ON - timedelta(days=3))
    due(cast.ben, ON - timedelta(days=40))
    Plan.objects.create(person=cast.ben, version=2, state=PlanState.DRAFT, is_loaded=True)
    words = look(client, cast)
    assert "40 days late" in words
    assert "The next version is begun, but not handed in." in words
    assert words.index("Ben Carter") < words.index("Amina Yusuf") < words.index("In the next 14 days")


def test_never_leaves_out_somebody_without_an_agreed_plan(client: Client) -> None:
    cast = make_cast()
    make_person(council=cast.council, name="Nobody Planned", lead=cast.priya)
    words = look(client, cast)
    assert "There is no agreed plan. Nobody has begun to write one." in words
    assert words.index("Nobody Planned") < words.index("Waiting for your agreement")


def test_shows_reviews_of_the_next_fourteen_days(client: Client) -> None:
    cast = make_cast()
    due(cast.amina, ON + timedelta(days=14))
    due(cast.ben, ON + timedelta(days=15))
    client.force_login(cast.priya)
    soon = client.get(MY_PEOPLE).context["mine"].soon
    assert [one.person for one in soon] == [cast.amina]


def test_shows_what_waits_for_their_agreement(client: Client) -> None:
    cast = make_cast()
    offer = {make_stream(council=cast.council): 50_00}
    asked = ask_to_join(
        cluster=cast.cluster, person=cast.ben, proposed=offer, by=cast.ben_user, at=timezone.now()
    )
    assert "would like to join" not in look(client, cast)
    let_in(asked)
    submitted = Plan.objects.create(person=cast.amina, version=2, state=PlanState.SUBMITTED, is_loaded=True)
    words = look(client, cast)
    assert "<bdi>Ben Carter</bdi> would like to join Elm Street neighbours" in words
    assert reverse("clusters:agree-plan", args=[asked.pk]) in words
    assert reverse("plans:decide", args=[submitted.pk]) in words


def test_shows_nobody_elses_people(client: Client) -> None:
    cast = make_cast()
    make_person(council=cast.council, name="Quinn's Person", lead=make_social_worker(council=cast.council))
    assert "Quinn" not in look(client, cast)


def test_asks_the_same_number_of_questions_however_many_people(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = make_cast()
    client.force_login(cast.priya)
    with django_assert_num_queries(QUERIES):
        client.get(MY_PEOPLE)
    for number in range(200):
        make_plan(person=make_person(council=cast.council, name=f"Person {number}", lead=cast.priya))
    with django_assert_num_queries(QUERIES):
        client.get(MY_PEOPLE)


@pytest.mark.parametrize(
    ("days", "days_late"), [(0, None), (1, 1), (365, 365)], ids=["on the day", "a day after", "a year after"]
)
def test_counts_from_the_day_after(days: int, days_late: int | None) -> None:
    clock = Clock(kind=ClockKind.YEARLY, due_date=ON)
    standing = PlanStanding(clocks=[clock], has_agreed_plan=True, newest_state="agreed")
    late = all_late(standing, ON + timedelta(days=days))
    assert [one.days for one in late] == ([days_late] if days_late else [])


def test_names_all_that_is_late_the_latest_first() -> None:
    clocks = [
        Clock(kind=ClockKind.DIRECT_PAYMENT, due_date=ON - timedelta(days=2)),
        Clock(kind=ClockKind.CALLED, due_date=ON - timedelta(days=1), why="A stay in hospital: since Monday"),
    ]
    standing = PlanStanding(
        clocks=clocks,
        has_agreed_plan=False,
        newest_state="returned",
        return_reason="Say more",
        challenge_due_dates=[ON - timedelta(days=9), ON],
        again_by_dates=[ON - timedelta(days=5), ON],
    )
    late = all_late(standing, ON)
    assert [(one.days, one.why) for one in late] == [
        (None, "There is no agreed plan. The next version was sent back: Say more"),
        (9, "Nobody has answered it."),
        (5, "Nobody has finished it."),
        (2, "The next version was sent back: Say more"),
        (1, "A stay in hospital: since Monday"),
    ]


def test_shows_a_person_with_money_plan_and_clusters(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.priya)
    words = client.get(reverse("reports:person", args=[cast.amina.pk])).content.decode()
    assert "£12,000.00" in words
    assert "Elm Street neighbours" in words


def test_asks_the_same_number_of_questions_about_a_person_however_many_clusters(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = make_cast()
    client.force_login(cast.priya)
    address = reverse("reports:person", args=[cast.amina.pk])
    with django_assert_num_queries(PERSON_QUERIES):
        client.get(address)
    for number in range(3):
        cluster = make_cluster(council=cast.council, name=f"Cluster {number}")
        make_member(cluster=cluster, person=cast.amina, pledged={"council": 10_00}, joined_date=ON)
    with django_assert_num_queries(PERSON_QUERIES):
        client.get(address)


def test_says_of_founders_that_their_cluster_is_still_forming(client: Client) -> None:
    cast = make_cast()
    cluster = found_cluster(
        council=cast.council,
        about=About(name="Harbour walkers"),
        founders=[cast.ben],
        by=cast.priya,
        at=timezone.now(),
    )
    words = look(client, cast)
    assert "Ben Carter</bdi> would like to help begin Harbour walkers" in words
    assert "The cluster is still forming: it begins once its founders have signed." in words
    assert "The members have agreed" not in words
    one = client.get(reverse("clusters:agree-plan", args=[cluster.memberships.get().pk])).content.decode()
    assert "would like to help begin" in one


def test_speaks_of_somebody_elses_money_as_theirs(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.priya)
    words = client.get(reverse("reports:person", args=[cast.amina.pk])).content.decode()
    assert "Paid for what they have had" in words
    assert "In my pool" not in words


def test_shows_what_has_changed_for_a_member_and_waits_for_a_word_again(client: Client) -> None:
    cast = make_cast()
    why = "They put in £40.00 more from their council money."
    ask_professional_again(membership=cast.membership, why=why, at=timezone.now(), by="user:1")
    words = look(client, cast)
    assert "please look again" in words
    assert why in words
    assert reverse("clusters:agree-plan", args=[cast.membership.pk]) in words


def test_leads_to_the_votes_one_enters_ballots_for_and_a_colleague_to_those_half_entered(
    client: Client,
) -> None:
    cast = make_cast()
    members = [cast.membership, *(make_member(cluster=cast.cluster) for _ in range(2))]
    decision = make_decision(members, at=timezone.now() - timedelta(hours=1))
    address = reverse("clusters:papers", args=[decision.pk])
    assert address in look(client, cast)

    quinn = make_social_worker(council=cast.council)
    client.force_login(quinn)
    assert address not in client.get(MY_PEOPLE).content.decode()
    enter_paper_ballot(
        entry=decision.roll.get(membership=cast.membership),
        options=[decision.options.get(label="Yes").pk],
        channel=BallotChannel.PAPER,
        by=cast.priya,
        at=timezone.now(),
    )
    assert address in client.get(MY_PEOPLE).content.decode()
    client.force_login(make_social_worker(council=make_council()))
    assert address not in client.get(MY_PEOPLE).content.decode()
