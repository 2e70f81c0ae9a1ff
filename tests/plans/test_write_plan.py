"""Beginning a plan with what is known, and writing in it while others do."""

from datetime import timedelta

import pytest

from plans.actions import (
    UnableToPlan,
    add_need,
    agree_plan,
    begin_version,
    hand_in_plan,
    put_back_need,
    send_back_plan,
    submit_plan,
    take_out_need,
    write_needs,
    write_plan,
)
from plans.models import Edit, MetBy, Need, Plan, PlanState, RasQuestion
from plans.queries import difference_between, earlier_of
from tests.people.makers import make_social_worker, make_user
from tests.plans.assessing import answer, finish, make_assessment
from tests.plans.assessing import lead_of as leader_of
from tests.plans.assessing import make_led as make_assessed
from tests.plans.planning import (
    NOW,
    lead_of,
    make_handed_in,
    make_led,
    make_manager,
    make_need,
    make_written,
    written,
    written_of,
)
from tests.sealed import one_that_says, say_in

pytestmark = pytest.mark.django_db


def need_of(plan: Plan) -> Need:
    return plan.needs.get()


def test_carries_over_what_the_assessment_knows() -> None:
    person = make_assessed()
    assessment = make_assessment(person=person)
    answer(assessment, 1, 2)
    finish(assessment)
    plan = begin_version(person=person, by=leader_of(person), at=NOW)
    assert (plan.outcomes, plan.advocacy, plan.assessment) == ("My garden", "speaks", assessment)
    asked = RasQuestion.objects.filter(version=assessment.version).order_by("position")
    assert [need.outcome for need in plan.needs.standing()] == [question.outcome for question in asked]


def test_carries_over_the_version_before_with_every_need_known_again() -> None:
    plan = make_written(weekly_pence=10_00)
    make_need(plan=plan, words="Gone", taken_out_at=NOW)
    say_in(one_that_says(plan.needs.all(), words="Help in the kitchen"), one_off_pence=5_00)
    lead = lead_of(plan)
    hand_in_plan(plan=plan, by=lead, at=NOW)
    agree_plan(plan=plan, by=make_manager(plan), at=NOW)
    later = begin_version(person=plan.person, by=lead, at=NOW)
    carried = need_of(later)
    before = one_that_says(plan.needs.all(), words="Help in the kitchen")
    assert (later.version, later.outcomes, later.contingency) == (2, plan.outcomes, plan.contingency)
    assert (later.consent, later.consent_words, later.difference_reason) == ("", "", "")
    assert (carried.thread, carried.weekly_pence, carried.one_off_pence) == (before.thread, 10_00, 0)


def test_begins_one_version_at_a_time() -> None:
    plan = make_written()
    lead = lead_of(plan)
    assert begin_version(person=plan.person, by=lead, at=NOW) == plan
    submit_plan(plan=plan, by=lead, at=NOW)
    assert begin_version(person=plan.person, by=lead, at=NOW) == plan
    waiting = make_handed_in()
    with pytest.raises(UnableToPlan, match="Version 1 waits for a decision"):
        begin_version(person=waiting.person, by=lead_of(waiting), at=NOW)


def test_is_begun_by_the_lead_alone_and_of_nobody_who_has_died() -> None:
    person = make_led()
    with pytest.raises(UnableToPlan, match="Only this person's lead"):
        begin_version(person=person, by=make_social_worker(council=person.council), at=NOW)
    assert person.lead_professional is not None
    person.died_date = NOW.date()
    person.save(update_fields=["died_date"])
    with pytest.raises(UnableToPlan, match="died on"):
        begin_version(person=person, by=person.lead_professional, at=NOW)
    assert not person.plans.exists()


def test_keeps_every_word_as_it_is_written() -> None:
    plan = make_written()
    kept = write_plan(plan=plan, writing=written(outcomes="To dance"), by=lead_of(plan), at=NOW)
    plan.refresh_from_db()
    assert (plan.outcomes, plan.edits, kept.number) == ("To dance", 1, 1)
    assert Edit.objects.get(document=plan.pk).before == "To cook for my friends"


def test_lets_two_write_in_it_and_loses_neither_word() -> None:
    plan = make_written()
    assert plan.person.user is not None
    write_plan(plan=plan, writing=written(outcomes="To dance"), by=plan.person.user, at=NOW)
    later = NOW + timedelta(minutes=1)
    mine = written(outcomes="To sing", professional_words="She is cheerful")
    kept = write_plan(plan=plan, writing=mine, by=lead_of(plan), at=later)
    plan.refresh_from_db()
    assert (plan.outcomes, plan.professional_words) == ("To dance", "She is cheerful")
    assert [(clash.theirs, clash.mine) for clash in kept.clashes] == [("To dance", "To sing")]
    assert one_that_says(Edit.objects.filter(document=plan.pk, is_beside=True), after="To sing")


def test_lets_two_write_in_one_need_and_loses_neither_word() -> None:
    plan = make_written()
    assert plan.person.user is not None
    need = need_of(plan)
    write_needs(plan=plan, writing=written_of(need, how="Slowly"), by=plan.person.user, at=NOW)
    mine = written_of(need, how="Quickly", who="Bo")
    kept = write_needs(plan=plan, writing=mine, by=lead_of(plan), at=NOW + timedelta(minutes=1))
    assert [(clash.theirs, clash.mine) for clash in kept.clashes] == [("Slowly", "Quickly")]
    assert (need_of(plan).how, need_of(plan).who) == ("Slowly", "Bo")
    assert one_that_says(Edit.objects.filter(document=plan.pk, is_beside=True), after="Quickly")


def test_writes_who_meets_a_need_how_when_and_at_what_cost() -> None:
    plan = make_written()
    write_needs(
        plan=plan,
        writing=written_of(
            need_of(plan),
            met_by="service",
            who="Kind Help",
            days="1,3",
            parts="evening,morning",
            kind="PA-HOUR",
            unit="hour",
            units_weekly_hundredths="250",
            unit_pence="2001",
            one_off_pence="500",
            is_eligible="",
        ),
        by=lead_of(plan),
        at=NOW,
    )
    need = need_of(plan)
    assert (need.met_by, need.who, need.days, need.parts) == (
        MetBy.SERVICE,
        "Kind Help",
        [1, 3],
        ["morning", "evening"],
    )
    assert (need.weekly_pence, need.one_off_pence, need.is_eligible) == (50_03, 5_00, False)


def test_costs_nothing_where_nobody_is_paid() -> None:
    plan = make_written(weekly_pence=10_00)
    write_needs(plan=plan, writing=written_of(need_of(plan), met_by="family"), by=lead_of(plan), at=NOW)
    need = need_of(plan)
    assert (need.weekly_pence, need.unit_pence, need.kind) == (0, 0, "")


def test_takes_no_number_that_is_none() -> None:
    plan = make_written(weekly_pence=10_00)
    for number in ("-1", "1.5", "many"):
        with pytest.raises(UnableToPlan, match="is not a whole number"):
            write_needs(
                plan=plan,
                writing=written_of(need_of(plan), unit_pence=number),
                by=lead_of(plan),
                at=NOW,
            )


def test_is_written_by_nobody_else_and_not_once_it_is_with_a_manager() -> None:
    draft, waiting = make_written(), make_handed_in()
    with pytest.raises(UnableToPlan, match="Only the person and their lead"):
        write_plan(plan=draft, writing=written(outcomes="x"), by=make_user(), at=NOW)
    for act in (
        lambda: write_plan(plan=waiting, writing=written(outcomes="x"), by=lead_of(waiting), at=NOW),
        lambda: add_need(plan=waiting, words="x", by=lead_of(waiting), at=NOW),
        lambda: take_out_need(need=need_of(waiting), by=lead_of(waiting), at=NOW),
    ):
        with pytest.raises(UnableToPlan, match="nothing more is written in it"):
            act()


def test_is_the_leads_to_complete_once_the_person_handed_it_in() -> None:
    plan = make_written()
    assert plan.person.user is not None
    submit_plan(plan=plan, by=plan.person.user, at=NOW)
    write_plan(plan=plan, writing=written(professional_words="Yes"), by=lead_of(plan), at=NOW)
    with pytest.raises(UnableToPlan, match="nothing more is written"):
        write_plan(plan=plan, writing=written(outcomes="Else"), by=plan.person.user, at=NOW)


def test_puts_a_need_in_and_takes_it_out_with_its_words_kept() -> None:
    plan = make_written()
    added = add_need(plan=plan, words="  Swimming ", by=lead_of(plan), at=NOW)
    assert [need.words for need in plan.needs.standing()] == ["Help in the kitchen", "Swimming"]
    take_out_need(need=added, by=lead_of(plan), at=NOW)
    assert [need.words for need in plan.needs.standing()] == ["Help in the kitchen"]
    put_back_need(need=added, by=lead_of(plan))
    assert plan.needs.standing().count() == 2
    with pytest.raises(UnableToPlan, match="Say in a few words"):
        add_need(plan=plan, words=" ", by=lead_of(plan), at=NOW)


def test_is_read_beside_the_version_agreed_last() -> None:
    plan = make_handed_in()
    ruth, lead = make_manager(plan), lead_of(plan)
    agree_plan(plan=plan, by=ruth, at=NOW)
    second = begin_version(person=plan.person, by=lead, at=NOW)
    write_plan(plan=second, writing=written(outcomes="To dance"), by=lead, at=NOW)
    add_need(plan=second, words="Dancing", by=lead, at=NOW)
    second.refresh_from_db()
    earlier = earlier_of(plan=second)
    assert earlier == plan
    found = difference_between(plan, second)
    assert [change.what for change in found.words] == ["What matters"]
    assert ([need.words for need in found.added], found.changed, found.removed) == (["Dancing"], [], [])
    assert earlier_of(plan=plan) is None


def test_says_the_reason_it_came_back_for_every_time() -> None:
    plan = make_handed_in()
    ruth, lead = make_manager(plan), lead_of(plan)
    send_back_plan(plan=plan, reason="First", by=ruth, at=NOW)
    hand_in_plan(plan=plan, by=lead, at=NOW + timedelta(hours=1))
    send_back_plan(plan=plan, reason="Second", by=ruth, at=NOW + timedelta(hours=2))
    sent_back = plan.steps.filter(to_state=PlanState.RETURNED).order_by("at")
    assert [step.reason for step in sent_back] == ["First", "Second"]
