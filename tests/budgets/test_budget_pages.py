"""The pages of budgets: from figures to an agreed budget in four, and what the person reads."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from budgets.models import Basis, BudgetStatement, Delivery, FinancialAssessment, StatementState
from budgets.queries.statements import statement_on
from people.models import Person
from plans.models import PlanState
from tests.budgets.makers import (
    let_lead_agree,
    make_financial,
    make_priced_plan,
    make_statement,
    make_stream,
)
from tests.cast import NINE, ON, Cast, make_cast
from tests.people.makers import make_person, make_policy, make_settings
from tests.plans.planning import make_manager, make_put_to_panel
from tests.visiting import answered, as_user, seen, sent

pytestmark = pytest.mark.django_db
FIGURES = {
    "start_date": f"{ON:%Y-%m-%d}",
    "basis": "full",
    "allowance": "mig",
    "income": "352.26",
    "income_source": "Pension letter of 3 April",
    "disregards": "111.65",
    "dre": "12.60",
}
MADE = {
    "start_date": f"{ON:%Y-%m-%d}",
    "last_date": "2027-03-31",
    "delivery": "council_managed",
    "chosen_by": "person",
    "chosen_date": f"{ON:%Y-%m-%d}",
}


@pytest.fixture(autouse=True)
def _on_that_day() -> object:
    with time_machine.travel(NINE, tick=False):
        yield


def make_house() -> Cast:
    """The cast of a council whose leads may agree what plans cost."""
    cast = make_cast()
    let_lead_agree(cast.council)
    return cast


def make_agreed(cast: Cast, **terms: Any) -> BudgetStatement:
    """Ben's budget, agreed with a plan that costs 391.95 a week."""
    make_financial(person=cast.ben, by=cast.priya, start_date=ON)
    plan = make_priced_plan(person=cast.ben)
    return make_statement(plan=plan, by=cast.priya, start_date=ON, at=NINE, **terms)


def test_figures_become_a_contribution_on_two_pages_with_nothing_typed_twice() -> None:
    cast = make_house()
    priya = as_user(cast.priya)
    shown = sent(priya, reverse("budgets:finances", args=[cast.ben.pk]), **FIGURES)
    assert "They pay at most <strong>£67.71</strong> a week" in shown
    assert "Pension letter of 3 April" in shown
    assert not FinancialAssessment.objects.exists()
    shown = sent(priya, reverse("budgets:finances-check", args=[cast.ben.pk]))
    assert "£67.71" in shown
    assert FinancialAssessment.objects.get().weekly_contribution_pence == 67_71
    again = " ".join(priya.get(reverse("budgets:finances", args=[cast.ben.pk])).content.decode().split())
    assert 'value="352.26"' in again
    assert 'value="Pension letter of 3 April"' in again


def test_checking_without_figures_leads_back_to_them() -> None:
    cast = make_house()
    shown = seen(cast.priya, reverse("budgets:finances-check", args=[cast.ben.pk]))
    assert shown == "302"


def test_the_figures_page_says_what_is_missing_or_below_nothing() -> None:
    cast = make_house()
    address = reverse("budgets:finances", args=[cast.ben.pk])
    assert "Say why not all figures" in answered(cast.priya, address, **{**FIGURES, "basis": "refused"})
    assert "Write an amount in pounds" in answered(cast.priya, address, **{**FIGURES, "capital": "-1"})
    wrong = {**FIGURES, "allowance": "pea"}
    assert "the home sees to the costs" in answered(cast.priya, address, **wrong)


def test_a_rate_that_is_gone_by_the_time_it_is_written_down_is_told() -> None:
    cast = make_house()
    priya = as_user(cast.priya)
    sent(priya, reverse("budgets:finances", args=[cast.ben.pk]), **FIGURES)
    Person.objects.filter(pk=cast.ben.pk).update(died_date=ON)
    shown = sent(priya, reverse("budgets:finances-check", args=[cast.ben.pk]))
    assert "They died on 4 May 2026" in shown
    assert not FinancialAssessment.objects.exists()


def test_a_budget_is_made_and_agreed_with_its_plan_on_two_pages() -> None:
    cast = make_house()
    make_financial(person=cast.ben, by=cast.priya, start_date=ON)
    nhs = make_stream(council=cast.council, code="health")
    plan = make_priced_plan(person=cast.ben, weekly_pence=454_00)
    priya = as_user(cast.priya)
    said = {**MADE, "health-weekly": "50", "health-delivery": "isf", "health-holder": "Kind Hands"}
    shown = sent(priya, reverse("budgets:make", args=[plan.pk]), **said)
    assert "£404.00 a week" in shown
    assert "The plan and its budget are agreed together" in shown
    statement = BudgetStatement.objects.get()
    shown = sent(priya, reverse("budgets:agree", args=[statement.pk]), do="agree")
    plan.refresh_from_db()
    assert plan.state == PlanState.AGREED
    assert statement_on(person=cast.ben, on=ON) == statement
    assert statement.parts.get(stream=nhs).delivery == Delivery.ISF
    assert "Kind Hands holds it in a fund" in shown


def test_the_making_page_says_what_is_wrong_and_begins_with_what_stands() -> None:
    cast = make_house()
    plan = make_priced_plan(person=cast.ben)
    address = reverse("budgets:make", args=[plan.pk])
    assert "There is no financial assessment" in answered(cast.priya, address, **MADE)
    make_agreed(cast, delivery=Delivery.ISF, holder="Kind Hands")
    shown = seen(cast.priya, address)
    assert 'value="Kind Hands"' in shown


def test_a_proposal_is_taken_back_or_refused_in_plain_words() -> None:
    cast = make_house()
    make_financial(person=cast.ben, by=cast.priya, start_date=ON)
    plan = make_priced_plan(person=cast.ben)
    waiting = make_statement(plan=plan, by=cast.priya, start_date=ON, is_agreed=False, at=NINE)
    address = reverse("budgets:agree", args=[waiting.pk])
    make_financial(person=cast.ben, by=cast.priya, start_date=ON, income_pence=400_00)
    assert "was worked out anew" in answered(cast.priya, address, do="agree")
    assert "Make the budget" in answered(cast.priya, address, do="take-back")
    waiting.refresh_from_db()
    assert waiting.state == StatementState.WITHDRAWN
    assert seen(cast.priya, address) == "404"


def test_somebody_reads_who_pays_and_what_each_money_may_pay_for() -> None:
    cast = make_house()
    make_policy(
        council=cast.council, code="mig_weekly_pence", value=170_30, effective_date=ON + timedelta(days=9)
    )
    statement = make_agreed(cast)
    shown = seen(cast.ben_user, reverse("budgets:mine"))
    for words in (
        "costs <strong>£391.95</strong> a week. You pay <strong>£67.71</strong>",
        "Agreed by <bdi>Priya Shah</bdi>",
        "It may pay for what your care and support plan says",
        "From Wednesday 13 May 2026 you pay £57.71 a week.",
        "You chose this on Wednesday 1 April 2026",
    ):
        assert words in shown
    assert "You pay <strong>£67.71</strong>" in seen(
        cast.ben_user, reverse("budgets:statement", args=[statement.pk])
    )


def test_somebody_without_a_statement_is_told_so() -> None:
    cast = make_house()
    assert "It has not been written down in parts yet" in seen(cast.ben_user, reverse("budgets:mine"))
    make_settings(person=cast.ben, is_easy=True)
    assert "This is not written down yet." in seen(cast.ben_user, reverse("budgets:mine"))


def test_a_proposal_says_that_nothing_is_agreed() -> None:
    cast = make_house()
    make_financial(person=cast.ben, by=cast.priya, start_date=ON)
    plan = make_priced_plan(person=cast.ben)
    make_statement(plan=plan, by=cast.priya, start_date=ON, is_agreed=False, at=NINE)
    assert "This is a proposal. Nothing is agreed yet" in seen(cast.ben_user, reverse("budgets:mine"))


def test_somebody_reads_every_line_of_what_they_pay_and_how_to_challenge_it() -> None:
    cast = make_house()
    found = make_financial(person=cast.ben, by=cast.priya, start_date=ON)
    address = reverse("budgets:contribution", args=[found.pk])
    shown = seen(cast.ben_user, address)
    for words in (
        "£352.26",
        "-£111.65",
        "Pension letter of 3 April",
        "What you keep to live on",
        "within 14 days",
    ):
        assert words in shown
    make_settings(person=cast.ben, is_easy=True)
    easy = seen(cast.ben_user, address)
    assert "You get an answer in 14 days." in easy
    assert "£352.26" in easy


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"basis": Basis.REFUSED, "reason": "You said no on 3 March"}, "You pay all that your help costs"),
        ({"basis": Basis.EXEMPT, "reason": "After hospital"}, "You pay nothing towards your help"),
        ({"capital_pence": 30_000_00}, "All that your help costs"),
    ],
)
def test_somebody_reads_why_they_pay_all_or_nothing(facts: dict[str, Any], words: str) -> None:
    cast = make_house()
    found = make_financial(person=cast.ben, by=cast.priya, start_date=ON, **facts)
    shown = seen(cast.ben_user, reverse("budgets:contribution", args=[found.pk]))
    assert words in shown
    assert found.reason in shown
    make_settings(person=cast.ben, is_easy=True)
    assert words in seen(cast.ben_user, reverse("budgets:contribution", args=[found.pk]))


def test_my_money_says_what_each_kind_may_pay_for_and_leads_on() -> None:
    cast = make_house()
    shown = seen(cast.ben_user, reverse("reports:my-money"))
    assert "It may pay for what your care and support plan says" in shown
    assert reverse("budgets:mine") in shown
    make_settings(person=cast.ben, is_easy=True)
    assert "This money is for the help in your plan." in seen(cast.ben_user, reverse("reports:my-money"))


def test_the_professional_finds_the_way_from_the_persons_page() -> None:
    cast = make_house()
    shown = seen(cast.priya, reverse("reports:person", args=[cast.ben.pk]))
    for name in ("budgets:of", "budgets:finances"):
        assert reverse(name, args=[cast.ben.pk]) in shown
    assert reverse("budgets:make", args=[cast.plan.pk]) in shown
    assert reverse("budgets:make", args=[cast.plan.pk]) not in seen(
        cast.carol, reverse("reports:person", args=[cast.ben.pk])
    )


def test_the_panels_reason_is_kept_when_plan_and_budget_are_agreed_together() -> None:
    cast = make_cast()
    plan = make_put_to_panel(person=make_person(council=cast.council, lead=cast.priya))
    make_financial(person=plan.person, by=cast.priya, start_date=ON)
    statement = make_statement(plan=plan, by=cast.priya, is_agreed=False, start_date=ON, at=NINE)
    second = make_manager(plan, name="Omar Said")
    address = reverse("budgets:agree", args=[statement.pk])
    assert address in seen(second, reverse("plans:plan", args=[plan.pk]))
    assert "Write the reason from the panel" in answered(second, address, do="agree")
    assert "<strong>" in answered(second, address, do="agree", reason="Minute 4")
    assert plan.steps.get(to_state=PlanState.AGREED).reason == "Minute 4"


def test_leads_from_an_agreed_plan_to_figures_and_on_to_the_budget() -> None:
    cast = make_house()
    plan = make_priced_plan(person=cast.ben, state=PlanState.AGREED)
    finances = reverse("budgets:finances", args=[cast.ben.pk])
    assert finances in seen(cast.priya, reverse("plans:plan", args=[plan.pk]))
    assert finances not in seen(cast.ben_user, reverse("plans:plan", args=[plan.pk]))
    priya = as_user(cast.priya)
    sent(priya, finances, **FIGURES)
    assert "Make the budget" in sent(priya, reverse("budgets:finances-check", args=[cast.ben.pk]))
    said = {**MADE, "health-delivery": "council_managed"}
    shown = sent(priya, reverse("budgets:make", args=[plan.pk]), **said)
    assert "Agreeing the budget moves the money." in shown
    statement = BudgetStatement.objects.get()
    agree = reverse("budgets:agree", args=[statement.pk])
    assert agree in seen(cast.farah, reverse("plans:plan", args=[plan.pk]))
    assert reverse("clusters:ask-for", args=[cast.ben.pk]) in sent(priya, agree, do="agree")
