"""A plan's way: handed in, with a manager, with the panel, agreed or sent back, given."""

from datetime import date, timedelta

import pytest

from people.models import Notice, Person
from plans.actions import (
    UnableToPlan,
    agree_plan,
    begin_version,
    give_plan,
    hand_in_plan,
    put_to_panel,
    send_back_plan,
    submit_plan,
)
from plans.models import Need, Plan, PlanKind, PlanState
from plans.queries import cost_of
from tests.people.makers import make_social_worker, make_user
from tests.plans.asking import make_ras
from tests.plans.planning import (
    NOW,
    lead_of,
    make_handed_in,
    make_led,
    make_limit,
    make_manager,
    make_need,
    make_put_to_panel,
    make_written,
)
from tests.sealed import say_in

pytestmark = pytest.mark.django_db


def steps(plan: Plan) -> list[tuple[str, str]]:
    return list(plan.steps.order_by("at", "pk").values_list("from_state", "to_state"))


def test_is_agreed_at_once_where_it_costs_no_more_than_the_lead_may_agree() -> None:
    plan = make_written()
    agreed = hand_in_plan(plan=plan, by=lead_of(plan), at=NOW)
    assert (agreed.state, agreed.agreed_by) == (PlanState.AGREED, lead_of(plan))
    assert steps(plan) == [("draft", "submitted"), ("submitted", "agreed")]


def test_is_looked_at_again_after_eight_weeks_by_policy() -> None:
    agreed = hand_in_plan(plan=(plan := make_written()), by=lead_of(plan), at=NOW)
    assert agreed.review_due_date == date(2026, 5, 4) + timedelta(days=56)


def test_goes_to_the_managers_who_are_told_where_it_costs_more() -> None:
    plan = make_written(weekly_pence=1)
    ruth = make_manager(plan)
    handed_in = hand_in_plan(plan=plan, by=lead_of(plan), at=NOW)
    assert handed_in.state == PlanState.MANAGER
    assert Notice.objects.get(user=ruth).kind == "plans_plan_waits"
    assert steps(plan) == [("draft", "submitted"), ("submitted", "manager")]


@pytest.mark.parametrize(("limit", "state"), [(391_95, PlanState.AGREED), (391_94, PlanState.MANAGER)])
def test_is_the_leads_own_up_to_the_councils_limit(limit: int, state: PlanState) -> None:
    plan = make_written(weekly_pence=391_95)
    make_limit(plan=plan, code="plan_lead_limit_weekly_pence", pence=limit)
    assert hand_in_plan(plan=plan, by=lead_of(plan), at=NOW).state == state


def test_is_not_handed_in_before_everything_is_there() -> None:
    plan = make_written(consent="", contingency=" ")
    with pytest.raises(UnableToPlan, match="What if something goes wrong; They said yes to it"):
        hand_in_plan(plan=plan, by=lead_of(plan), at=NOW)
    assert not plan.steps.exists()


def test_is_handed_in_by_its_lead_alone_and_once() -> None:
    plan = make_written(weekly_pence=100)
    for other in (make_social_worker(council=plan.person.council), make_user()):
        with pytest.raises(UnableToPlan, match="Only this person's lead"):
            hand_in_plan(plan=plan, by=other, at=NOW)
    hand_in_plan(plan=plan, by=lead_of(plan), at=NOW)
    with pytest.raises(UnableToPlan, match="Look at it again"):
        hand_in_plan(plan=plan, by=lead_of(plan), at=NOW)


def test_is_agreed_by_a_manager_and_the_lead_is_told() -> None:
    plan = make_handed_in()
    ruth = make_manager(plan)
    agreed = agree_plan(plan=plan, by=ruth, at=NOW)
    assert (agreed.state, agreed.agreed_by) == (PlanState.AGREED, ruth)
    assert Notice.objects.get(user=lead_of(plan), kind="plans_plan_agreed")


def test_is_agreed_by_nobody_but_a_manager_once_it_is_with_them() -> None:
    plan = make_handed_in()
    for other in (lead_of(plan), make_user(), make_manager(make_handed_in())):
        with pytest.raises(UnableToPlan, match="Only a team manager of this council"):
            agree_plan(plan=plan, by=other, at=NOW)


def test_is_agreed_by_nobody_who_leads_the_person_though_they_manage() -> None:
    plan = make_handed_in()
    both = lead_of(plan)
    both.roles.create(council=plan.person.council, kind="manager")
    with pytest.raises(UnableToPlan, match="Nobody agrees their own plan"):
        agree_plan(plan=plan, by=both, at=NOW)


def test_is_not_agreed_alone_by_the_lead_where_it_costs_something() -> None:
    plan = make_written(weekly_pence=100)
    submit_plan(plan=plan, by=lead_of(plan), at=NOW)
    with pytest.raises(UnableToPlan, match="more than you may agree alone"):
        agree_plan(plan=plan, by=lead_of(plan), at=NOW)


@pytest.mark.parametrize(("weekly", "is_panels"), [(600_00, False), (600_01, True)])
def test_goes_to_the_panel_above_its_limit(weekly: int, is_panels: bool) -> None:
    plan = make_handed_in(weekly_pence=weekly)
    ruth = make_manager(plan)
    if is_panels:
        with pytest.raises(UnableToPlan, match="Put it to the panel"):
            agree_plan(plan=plan, by=ruth, at=NOW)
    else:
        assert agree_plan(plan=plan, by=ruth, at=NOW).state == PlanState.AGREED


def test_is_agreed_for_the_panel_by_a_second_manager_with_the_reason_of_the_minute() -> None:
    plan = make_handed_in(weekly_pence=700_00)
    ruth, second = make_manager(plan), make_manager(plan, name="Omar Said")
    with pytest.raises(UnableToPlan, match="Say why you put it"):
        put_to_panel(plan=plan, reason=" ", by=ruth, at=NOW)
    put_to_panel(plan=plan, reason="She needs it", by=ruth, at=NOW)
    with pytest.raises(UnableToPlan, match="A second manager"):
        agree_plan(plan=plan, by=ruth, at=NOW, reason="Minute 4")
    with pytest.raises(UnableToPlan, match="minute"):
        agree_plan(plan=plan, by=second, at=NOW, reason=" ")
    agreed = agree_plan(plan=plan, by=second, at=NOW, reason="Minute 4: as proposed")
    assert (agreed.state, agreed.agreed_by) == (PlanState.AGREED, second)
    assert plan.steps.get(to_state="agreed").reason == "Minute 4: as proposed"


def test_comes_back_from_a_manager_with_the_reason_and_goes_again() -> None:
    plan = make_handed_in()
    ruth = make_manager(plan)
    with pytest.raises(UnableToPlan, match="Say why"):
        send_back_plan(plan=plan, reason="", by=ruth, at=NOW)
    sent_back = send_back_plan(plan=plan, reason="Say more about nights", by=ruth, at=NOW)
    assert (sent_back.state, sent_back.return_reason) == (PlanState.RETURNED, "Say more about nights")
    assert Notice.objects.get(user=lead_of(plan), kind="plans_plan_returned")
    again = hand_in_plan(plan=plan, by=lead_of(plan), at=NOW + timedelta(hours=1))
    assert again.state == PlanState.MANAGER
    assert plan.steps.get(to_state="returned").reason == "Say more about nights"


def test_comes_back_from_the_panel() -> None:
    plan = make_put_to_panel()
    back = send_back_plan(plan=plan, reason="Ask two providers", by=make_manager(plan), at=NOW)
    assert back.state == PlanState.RETURNED


def test_is_not_agreed_on_a_policy_that_changed_meanwhile() -> None:
    plan = make_handed_in(weekly_pence=500_00)
    make_limit(plan=plan, code="plan_panel_limit_weekly_pence", pence=400_00)
    with pytest.raises(UnableToPlan) as refused:
        agree_plan(plan=plan, by=make_manager(plan), at=NOW)
    assert "What goes to the panel was £600.00 and is £400.00 now." in str(refused.value)
    assert "Send it back" in str(refused.value)
    plan.refresh_from_db()
    assert plan.state == PlanState.MANAGER


def test_is_not_agreed_on_prices_that_changed_meanwhile() -> None:
    plan = make_handed_in(weekly_pence=500_00)
    ras = make_ras(council=plan.person.council)
    with pytest.raises(UnableToPlan, match="was 0 % and is 10 % now"):
        agree_plan(plan=plan, by=make_manager(plan), at=NOW)
    assert ras.tolerance_percent == 10


def test_is_given_once_to_the_person_who_is_told() -> None:
    plan = hand_in_plan(plan=(draft := make_written()), by=lead_of(draft), at=NOW)
    with pytest.raises(UnableToPlan, match="Only this person's lead"):
        give_plan(plan=plan, by=make_manager(plan), at=NOW)
    given = give_plan(plan=plan, by=lead_of(plan), at=NOW)
    assert (given.given_at, given.given_by) == (NOW, lead_of(plan))
    assert Notice.objects.get(person=plan.person).kind == "plans_plan_given"
    with pytest.raises(UnableToPlan, match="given already"):
        give_plan(plan=plan, by=lead_of(plan), at=NOW)


def test_is_not_given_before_it_is_agreed() -> None:
    plan = make_handed_in()
    with pytest.raises(UnableToPlan, match="With the team manager"):
        give_plan(plan=plan, by=lead_of(plan), at=NOW)


def test_is_given_to_the_carer_whose_own_plan_it_is() -> None:
    person, carer = make_led(), make_user(name="Yusuf Ali")
    lead = person.lead_professional
    assert lead is not None
    plan = begin_version(person=person, carer=carer, by=lead, at=NOW)
    assert (plan.kind, plan.carer, plan.version) == (PlanKind.CARER, carer, 1)
    make_need(plan=plan)
    written = make_written(person=person)
    say_in(
        plan,
        **{name: getattr(written, name) for name in ("outcomes", "contingency", "advice", "involved")},
        advocacy=written.advocacy,
        advocacy_words="Yes",
        consent=written.consent,
        consent_words="Yes",
    )
    agreed = hand_in_plan(plan=plan, by=lead, at=NOW)
    give_plan(plan=agreed, by=lead, at=NOW)
    assert Notice.objects.get(user=carer).kind == "plans_carer_plan_given"
    assert person.user is not None
    assert list(Plan.objects.visible_to(carer)) == [agreed]
    assert agreed not in Plan.objects.visible_to(person.user)
    assert agreed in Plan.objects.visible_to(lead)


def test_costs_what_its_standing_needs_cost() -> None:
    plan = make_written(weekly_pence=100_00)
    gone = make_need(plan=plan, weekly_pence=50_00, words="Gone")
    Need.objects.filter(pk=gone.pk).update(taken_out_at=NOW)
    assert cost_of(plan=plan).weekly_pence == 100_00


@pytest.mark.parametrize(
    ("gone", "words"), [("died_date", "died on Sunday 3 May"), ("moved_date", "moved away on Sunday 3 May")]
)
def test_is_neither_handed_in_nor_agreed_for_who_died_or_moved_and_loses_nothing(
    gone: str, words: str
) -> None:
    draft, waiting = make_written(), make_handed_in()
    Person.objects.update(**{gone: NOW.date() - timedelta(days=1)})
    with pytest.raises(UnableToPlan, match=words):
        hand_in_plan(plan=draft, by=lead_of(draft), at=NOW)
    with pytest.raises(UnableToPlan, match=words):
        agree_plan(plan=waiting, by=make_manager(waiting), at=NOW)
    draft.refresh_from_db()
    waiting.refresh_from_db()
    assert (draft.state, waiting.state) == (PlanState.DRAFT, PlanState.MANAGER)
    assert draft.outcomes
