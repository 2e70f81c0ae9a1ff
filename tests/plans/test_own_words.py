"""A person's own part of their plan: written by them first, and what their professional goes on from."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from people.models import AuthorityKind, Notice, Person, Scope
from plans.actions import UnableToPlan, Writing, begin_version, submit_plan, write_own_words, write_plan
from plans.actions.plan.own import OwnWritten
from plans.models import Assessment, ByWhom, Edit, Plan, PlanState
from plans.queries.carried import own_words_in
from tests.people.makers import make_authority, make_person, make_settings, make_user
from tests.plans.assessing import NINE, ON, answer, finish, lead_of, make_assessment, make_led, user_of
from tests.plans.makers import make_plan
from tests.visiting import act_for, as_user, seen, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
MINE = "/plans/mine/"
GARDEN = "I want my garden back."


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def write(person: Person, words: str = GARDEN, *, seen: int = 0, in_plan: Plan | None = None) -> OwnWritten:
    """They write what matters to them."""
    return write_own_words(
        person=person,
        writing=Writing(sent={"outcomes": words}, seen=seen),
        document=in_plan.pk if in_plan else None,
        by=user_of(person),
        on=ON,
        at=NINE,
    )


def write_as_lead(plan: Plan, words: str, *, seen: int = 0) -> None:
    writing = Writing(sent={"outcomes": words}, seen=seen)
    write_plan(plan=plan, writing=writing, by=lead_of(plan.person), at=NINE)


def test_begins_the_plan_that_the_professional_goes_on_from() -> None:
    person = make_led()
    written = write(person)
    plan = begin_version(person=person, by=lead_of(person), at=NINE)
    assert plan == written.plan
    assert plan.outcomes == GARDEN
    told = Notice.objects.get(user=lead_of(person), kind="plans_own_words")
    assert told.about == reverse("plans:write", args=[plan.pk])
    write(person, "And my bees.", seen=written.kept.seen, in_plan=plan)
    assert Notice.objects.filter(kind="plans_own_words").count() == 1
    page = seen(lead_of(person), reverse("plans:write", args=[plan.pk]))
    assert "These are their own words" in page
    assert "And my bees." in page


def test_is_shown_as_theirs_also_once_the_professional_changed_it() -> None:
    person = make_led()
    plan = write(person).plan
    assert plan is not None
    write_as_lead(plan, "The garden.", seen=1)
    plan.refresh_from_db()
    said = own_words_in(plan)["outcomes"]
    assert (said.words, said.by, said.stands) == (GARDEN, user_of(person), False)
    assert "This has been changed since." in seen(lead_of(person), reverse("plans:write", args=[plan.pk]))


def test_needs_begin_with_what_they_answered_themselves() -> None:
    person = make_led()
    assessment = make_assessment(person=person)
    for by_whom in (ByWhom.PROFESSIONAL, ByWhom.OWN):
        answer(assessment, 2, 2, by_whom=by_whom)
    for own in assessment.answers.filter(by_whom=ByWhom.OWN):
        own.words = "I fall at night."
        own.save()
    finish(assessment)
    plan = begin_version(person=person, by=lead_of(person), at=NINE)
    assert {(need.words, need.wanted) for need in plan.needs.all()} == {("I fall at night.",) * 2}


def test_begins_with_the_plan_that_holds_which_stays_as_it_is() -> None:
    person = make_led()
    agreed = make_plan(person=person)
    assert write(person, agreed.outcomes).plan is None  # nothing is new, so nothing is begun
    written = write(person)
    assert written.plan is not None
    assert (written.plan.version, written.plan.outcomes) == (2, GARDEN)
    assert [need.words for need in written.plan.needs.all()] == ["Help in the kitchen"]
    agreed.refresh_from_db()
    assert (agreed.outcomes, agreed.state) == ("To keep cooking for my friends", PlanState.AGREED)


def test_two_who_write_at_once_lose_neither_word() -> None:
    person = make_led()
    plan = begin_version(person=person, by=lead_of(person), at=NINE)
    write_as_lead(plan, "Her garden matters.")
    [clash] = write(person, in_plan=plan).kept.clashes
    assert (clash.theirs, clash.mine, clash.by) == ("Her garden matters.", GARDEN, lead_of(person))
    assert Edit.objects.get(is_beside=True).after == GARDEN


def test_has_seen_nothing_of_a_plan_that_began_meanwhile() -> None:
    person = make_led()
    before = make_plan(person=person)
    plan = begin_version(person=person, by=lead_of(person), at=NINE)
    write_as_lead(plan, "Her garden matters.")
    assert write(person, seen=9, in_plan=before).kept.clashes


def test_is_written_by_nobody_else_and_not_while_it_waits() -> None:
    person = make_led()
    other = make_user()
    with pytest.raises(UnableToPlan, match="Only the person themselves"):
        write_own_words(
            person=person,
            writing=Writing(sent={"outcomes": "x"}, seen=0),
            document=None,
            by=other,
            on=ON,
            at=NINE,
        )
    plan = write(person).plan
    assert plan is not None
    submit_plan(plan=make_need_in(plan), by=user_of(person), at=NINE)
    with pytest.raises(UnableToPlan, match="waits for a yes"):
        write(person, "More", in_plan=plan)
    assert "waits for a yes" in seen(user_of(person), MINE)
    Person.objects.filter(pk=person.pk).update(moved_date=ON)
    person.refresh_from_db()
    with pytest.raises(UnableToPlan, match="Your new council"):
        write(person, "More", in_plan=plan)


def make_need_in(plan: Plan) -> Plan:
    """The same plan with a need, so that it can be handed in."""
    sent(as_user(user_of(plan.person)), reverse("plans:own-need"), words="The weeds")
    assert plan.needs.get().words == "The weeds"
    return plan


def test_an_assessment_that_is_finished_later_is_carried_into_it() -> None:
    person = make_led()
    plan = write(person).plan
    assert plan is not None
    assessment = make_assessment(person=person)
    answer(assessment, 1, 2)
    finish(assessment)
    plan.refresh_from_db()
    assert (plan.assessment, plan.outcomes, plan.advocacy) == (assessment, GARDEN, "speaks")
    assert plan.needs.count() == 2


def test_an_assessment_begins_with_what_was_written_in_the_plan_but_not_a_carers(client: Client) -> None:
    person = make_led()
    write(person)
    client.force_login(lead_of(person))
    client.post(reverse("plans:begin-assessment", args=[person.pk]))
    assert Assessment.objects.get().what_matters == GARDEN


def test_saves_itself_and_names_the_plan_that_it_began(client: Client) -> None:
    person = make_led()
    client.force_login(user_of(person))
    answer = client.post(MINE, {"outcomes": GARDEN, "seen": "0"}, headers={"X-Autosave": "1"})
    plan = person.plans.get()
    assert plan.outcomes == GARDEN
    assert f'name="document" value="{plan.pk}"' in answer.content.decode()
    assert GARDEN in client.get(MINE).content.decode()


@pytest.mark.parametrize("is_easy", [False, True])
def test_reads_in_both_words_and_takes_a_need(is_easy: bool) -> None:
    person = make_led()
    make_settings(person=person, is_easy=is_easy)
    client = as_user(user_of(person))
    assert "What matters to you?" in seen(user_of(person), MINE)
    assert "Say in a few words what you need help with." in sent(client, reverse("plans:own-need"), words=" ")
    page = sent(client, reverse("plans:own-need"), words="The weeds")
    assert "The weeds" in page
    assert person.plans.get().needs.get().words == "The weeds"


def test_a_helper_writes_it_as_far_as_they_may(client: Client) -> None:
    person = make_led()
    sees = make_authority(person=person, kind=AuthorityKind.CARER)
    agrees = make_authority(person=person, scopes=[Scope.AGREE], start_date=ON - timedelta(days=1))
    for authority, stands in ((sees, 0), (agrees, 1)):
        client.force_login(authority.helper)
        act_for(client, authority)
        page = client.get(MINE).content.decode()
        assert ("does not go as far as this" in page) == (not stands)
        client.post(MINE, {"outcomes": GARDEN, "seen": "0"})
        assert person.plans.count() == stands
    assert own_words_in(person.plans.get())["outcomes"].by == agrees.helper


def test_is_there_only_for_somebody_who_draws_on_care() -> None:
    person = make_led()
    assert seen(lead_of(person), MINE) == "404"
    assert seen(user_of(make_person(user=make_user())), MINE) != "404"
