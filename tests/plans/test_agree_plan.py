"""Writing a plan and the professional's word on it."""

from datetime import UTC, datetime

import pytest

from people.models import Person
from plans.actions import NeedInWords, UnableToPlan, agree_plan, draft_plan, send_back_plan, submit_plan
from plans.models import MetBy, Plan, PlanState
from tests.people.makers import make_council, make_person, make_social_worker, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
NEEDS = [NeedInWords(words="Help in the kitchen", met_by=MetBy.CLUSTER)]


def make_led_person() -> Person:
    council = make_council()
    return make_person(council=council, user=make_user(), lead=make_social_worker(council=council))


def make_submitted() -> Plan:
    person = make_led_person()
    assert person.user is not None
    plan = draft_plan(person=person, outcomes="To cook for friends", needs=NEEDS, by=person.user)
    return submit_plan(plan=plan, by=person.user, at=NOW)


def test_is_agreed_by_the_lead_professional() -> None:
    plan = make_submitted()
    assert plan.person.lead_professional is not None
    agreed = agree_plan(plan=plan, by=plan.person.lead_professional, at=NOW)
    assert (agreed.state, agreed.agreed_at, agreed.agreed_by) == (
        PlanState.AGREED,
        NOW,
        plan.person.lead_professional,
    )


def test_is_agreed_by_nobody_else() -> None:
    plan = make_submitted()
    assert plan.person.user is not None
    for other in (plan.person.user, make_social_worker(council=plan.person.council), make_user()):
        with pytest.raises(UnableToPlan, match="Only this person's lead professional"):
            agree_plan(plan=plan, by=other, at=NOW)


def test_goes_back_with_the_reason_and_comes_again() -> None:
    plan = make_submitted()
    lead = plan.person.lead_professional
    assert lead is not None
    with pytest.raises(UnableToPlan, match="Say why"):
        send_back_plan(plan=plan, reason=" ", by=lead, at=NOW)
    sent_back = send_back_plan(plan=plan, reason="Say more about mornings", by=lead, at=NOW)
    assert sent_back.state == PlanState.RETURNED
    assert submit_plan(plan=plan, by=lead, at=NOW).state == PlanState.SUBMITTED


def test_is_decided_once() -> None:
    plan = make_submitted()
    lead = plan.person.lead_professional
    assert lead is not None
    agree_plan(plan=plan, by=lead, at=NOW)
    with pytest.raises(UnableToPlan, match="Look at it again"):
        send_back_plan(plan=plan, reason="Too late", by=lead, at=NOW)


def test_keeps_earlier_versions() -> None:
    plan = make_submitted()
    assert plan.person.user is not None
    second = draft_plan(person=plan.person, outcomes="More", needs=NEEDS, by=plan.person.user)
    assert (plan.version, second.version) == (1, 2)
    assert plan.needs.count() == 1


def test_is_written_by_the_person_or_their_lead_and_names_a_need() -> None:
    person = make_led_person()
    assert person.user is not None
    with pytest.raises(UnableToPlan, match="Only the person and their lead"):
        draft_plan(person=person, outcomes="", needs=NEEDS, by=make_user())
    with pytest.raises(UnableToPlan, match="names no need"):
        draft_plan(person=person, outcomes="", needs=[], by=person.user)
    plan = draft_plan(person=person, outcomes="", needs=NEEDS, by=person.user)
    with pytest.raises(UnableToPlan, match="can hand in"):
        submit_plan(plan=plan, by=make_user(), at=NOW)
