"""My care: the single view of a person, on one page."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from budgets.models import Delivery, StatementPart
from budgets.queries.streams import streams_on
from clusters.models import DecisionKind
from people.models import AuthorityKind, Part, Person, Reading, RoleKind, Scope
from plans.actions import call_for_review, send_back_plan, submit_plan
from plans.models import PlanState, RasKind, ReviewReason
from reports.queries.single_view import single_view
from reports.rules.coming import Coming, Step, in_order
from tests.access.moves import make_moves
from tests.access.paid import make_paid
from tests.budgets.makers import (
    make_financial,
    make_priced_plan,
    make_proposal,
    make_statement,
)
from tests.cast import NINE, ON, Cast, make_cast
from tests.clusters.makers import make_cluster, make_member
from tests.clusters.voting import make_decision
from tests.people.makers import (
    make_authority,
    make_council,
    make_person,
    make_settings,
    make_social_worker,
    make_user,
    make_user_with_role,
)
from tests.plans.asking import make_ras
from tests.plans.assessing import challenge_line, make_assessment, make_indicative, user_of
from tests.plans.makers import make_plan
from tests.sealed import say_in
from tests.visiting import seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
MY_CARE = "/my-care/"
QUERIES = 11  # three of them for who asks


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def kinds(person: Person) -> list[str]:
    """What comes next for somebody, in order, as they see it."""
    return [step.kind for step in single_view(person=person, reader=person.user, at=NINE).coming]


def care_of(person: Person) -> str:
    """Where others read the page of a person."""
    return reverse("reports:care-of", args=[person.pk])


def test_stands_on_one_page() -> None:
    cast = make_cast()
    words = seen(cast.amina_user, MY_CARE)
    lead = cast.priya
    for what in (
        f"{lead}</bdi></strong> is your social worker",
        f'href="mailto:{lead.email}"',
        "Your plan was agreed on Wednesday 1 April 2026",
        "We look at your plan again by Wednesday 27 May 2026",
        "Your money is agreed until Thursday 4 March 2027",
        "<strong>£12,000.00</strong> from",
        "Council money",
        "Health money",
        "£11,000.00 is left of all of it",
        "Elm Street neighbours",
        reverse("people:looked"),
        reverse("budgets:of", args=[cast.amina.pk]),
    ):
        assert what in words, what


def test_says_each_stream_as_its_person_chose_it() -> None:
    cast = make_cast()
    person = make_person(council=cast.council, lead=cast.priya, user=make_user())
    plan = make_priced_plan(person=person)
    make_financial(person=person, by=cast.priya)
    make_statement(plan=plan, by=cast.priya, delivery=Delivery.ISF, holder="Daryeel Co-operative")
    budget = streams_on(person=person, on=ON)
    assert budget is not None
    said = {part.stream.name: part.weekly_pence for part in StatementPart.objects.select_related("stream")}
    assert {stream.name: stream.weekly_pence for stream in budget.streams} == said
    assert budget.weekly_pence == 391_95
    assert not any(stream.is_spread for stream in budget.streams)
    assert "Daryeel Co-operative holds it in a fund for you" in seen(user_of(person), MY_CARE)


def test_spreads_evenly_what_no_statement_says_by_the_week() -> None:
    cast = make_cast()
    budget = streams_on(person=cast.ben, on=ON)
    assert budget is not None
    [stream] = budget.streams
    assert (stream.annual_pence, stream.weekly_pence, stream.is_spread) == (950_40, 18_22, True)


def test_says_what_comes_next_and_by_when() -> None:
    cast = make_cast()
    make_proposal(plan=cast.plan, by=cast.priya, on=ON, at=NINE)
    make_paid(cast)
    make_moves(cast, make_cast(name="Awayshire Council"))
    make_ras(council=cast.council)
    challenge_line(make_indicative(person=cast.ben))
    make_assessment(person=cast.ben)
    make_plan(person=cast.ben, state=PlanState.MANAGER)
    call_for_review(
        person=cast.ben, reason=ReviewReason.CONCERN, words="I fell.", by=cast.ben_user, on=ON, at=NINE
    )
    assert kinds(cast.ben) == [
        *(Coming.ANSWERS, Coming.LETTERS, Coming.ASKED_BACK, Coming.PLAN_WAITS, Coming.QUESTION),
        *(Coming.PROPOSAL, Coming.REVIEW, Coming.REVIEW, Coming.MOVE, Coming.CHALLENGE, Coming.PAYING),
        *(Coming.REVIEW, Coming.REVIEW, Coming.ENDS),
    ]
    words = seen(cast.ben_user, MY_CARE)
    for what in (
        "Your council asks £10.00 back",
        "A team manager of your council reads it now.",
        "you asked whether you can spend £80.00 on: A raised bed",
        "I fall more often",
        "My heating is more than that.",
        "I fell.",
        "You move to Awayshire Council",
    ):
        assert what in words, what
    make_settings(person=cast.ben, is_easy=True)
    easy = seen(cast.ben_user, MY_CARE)
    assert "Nothing is taken before" in easy
    assert "You move to Awayshire Council" in easy


def test_leads_to_a_vote_and_gives_the_reason_a_plan_came_back() -> None:
    cast = make_cast()
    asked = make_decision([cast.membership], kind=DecisionKind.WIND_DOWN, at=NINE)
    plan = make_plan(person=cast.amina, state=PlanState.DRAFT)
    assert Coming.DRAFT in kinds(cast.amina)
    submit_plan(plan=plan, by=cast.priya, at=NINE)
    send_back_plan(plan=plan, reason="Say more about mornings", by=cast.priya, at=NINE)
    words = seen(cast.amina_user, MY_CARE)
    assert reverse("clusters:decision", args=[asked.pk]) in words
    assert "Say more about mornings" in words
    assert "Your plan was agreed on Wednesday 1 April 2026" in words
    assert "A new version is on its way: Sent back." in words


def test_says_a_day_that_has_passed() -> None:
    cast = make_cast()
    cast.amina.plans.update(review_due_date=ON - timedelta(days=1))
    assert "This day has passed. We are sorry." in seen(cast.amina_user, MY_CARE)


def test_carries_over_what_was_said_once() -> None:
    cast = make_cast()
    make_ras(council=cast.council)
    say_in(make_assessment(person=cast.ben), contact="By text, after ten", communication="")
    words = seen(cast.ben_user, MY_CARE)
    assert "By text, after ten" in words
    assert "Somali" in words
    assert "Nothing is written here yet" not in words


def test_keeps_what_a_carer_said_for_the_carer() -> None:
    cast = make_cast()
    make_ras(council=cast.council, kind=RasKind.CARER)
    carer = make_user(name="Maryam Yusuf")
    say_in(make_assessment(person=cast.ben, carer=carer), contact="Only at work")
    view = single_view(person=cast.ben, reader=cast.ben_user, at=NINE)
    assert not view.assessments
    assert not view.talking.is_known
    assert Coming.ANSWERS not in [step.kind for step in view.coming]


def test_names_a_manager_while_nobody_leads() -> None:
    person = make_person(council=make_council(), user=make_user())
    assert "Nobody is named for you yet." in seen(user_of(person), MY_CARE)
    ruth = make_user_with_role(council=person.council, kind=RoleKind.MANAGER, name="Ruth Stone")
    words = seen(user_of(person), MY_CARE)
    assert "Ruth Stone" in words
    assert f'href="mailto:{ruth.email}"' in words


@pytest.mark.parametrize(
    ("is_easy", "first"), [(False, "You talk about what matters"), (True, "You talk about")]
)
def test_says_what_happens_first_where_nothing_has_begun(is_easy: bool, first: str) -> None:
    person = make_person(council=make_council(), user=make_user())
    make_settings(person=person, is_easy=is_easy)
    words = seen(user_of(person), MY_CARE)
    assert "What happens first" in words
    assert first in words
    assert kinds(person) == []


def test_tells_who_has_moved_where_to_ask_now() -> None:
    cast = make_cast()
    moves = make_moves(cast, make_cast(name="Awayshire Council"))
    Person.objects.filter(pk=moves.gone.pk).update(moved_date=ON)
    words = seen(user_of(moves.gone), MY_CARE)
    assert "Awayshire Council looks after you." in words
    assert "We look at your plan again by" not in words
    came = seen(cast.priya, care_of(moves.arrival.person))
    assert "You came from Awayshire Council" in came


def test_leads_who_moved_with_one_login_to_what_stands_with_the_council_before() -> None:
    before = make_person(council=make_council(name="Beforeshire Council"), user=make_user())
    Person.objects.filter(pk=before.pk).update(moved_date=ON - timedelta(days=3))
    user = user_of(before)
    make_person(council=make_council(), user=user)
    assert "See what stands for you with Beforeshire Council" in seen(user, MY_CARE)
    there = seen(user, care_of(before))
    assert "as they read it" not in there
    assert "See what stands for you with Testshire Council" in there


def test_is_read_by_who_plans_with_them_and_by_helpers_and_that_is_written_down() -> None:
    cast = make_cast()
    carer = make_authority(person=cast.ben, kind=AuthorityKind.CARER).helper
    ruth = make_user_with_role(council=cast.council, kind=RoleKind.MANAGER, name="Ruth Stone")
    for reader in (carer, ruth, cast.priya):
        words = seen(reader, care_of(cast.ben))
        assert "This is the page of <bdi>Ben Carter</bdi>, as they read it." in words
        assert reverse("people:letters") not in words.split("<main")[1]
        assert {one.part for one in Reading.objects.filter(reader=reader)} == {
            *(Part.MONEY, Part.PLAN, Part.ASSESSMENT, Part.REVIEWS, Part.CLUSTERS, Part.HELPERS)
        }
    assert "The care of Ben Carter" in seen(cast.priya, care_of(cast.ben))
    assert care_of(cast.ben) in seen(cast.priya, reverse("reports:person", args=[cast.ben.pk]))


def test_is_not_there_for_strangers_and_for_who_gets_letters_alone() -> None:
    cast = make_cast()
    letters = make_authority(person=cast.ben, scopes=[Scope.LETTERS]).helper
    other = make_social_worker(council=cast.council, name="Quinn Other")
    for reader in (letters, other, cast.farah, cast.carol, cast.amina_user):
        assert seen(reader, care_of(cast.ben)) == "404"
    assert seen(cast.carol, MY_CARE) == "404"


def test_asks_the_same_number_of_questions_however_much_there_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast = make_cast()
    client.force_login(cast.amina_user)
    with django_assert_num_queries(QUERIES):
        client.get(MY_CARE)
    fill(cast)
    with django_assert_num_queries(QUERIES):
        client.get(MY_CARE)


def fill(cast: Cast) -> None:
    """More of everything for Amina."""
    for number in range(3):
        cluster = make_cluster(council=cast.council, name=f"Cluster {number}")
        make_member(cluster=cluster, person=cast.amina, pledged={"council": 10_00}, joined_date=ON)
        make_authority(person=cast.amina, helper=make_user(name=f"Helper {number}"))
    make_ras(council=cast.council)
    challenge_line(make_indicative(person=cast.amina))


def test_puts_first_what_one_can_do_then_what_waits_then_the_days() -> None:
    late, soon = (Step(kind=Coming.REVIEW, day=date(2026, month, 1)) for month in (2, 6))
    waits, vote = Step(kind=Coming.PLAN_WAITS), Step(kind=Coming.VOTE, day=date(2026, 7, 1))
    assert in_order([soon, waits, late, vote]) == [vote, waits, late, soon]
