"""Not agreeing with what one pays: a line and a reason, an owner and a day, an answer by somebody else, money back."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from budgets.actions.challenge import answer_contribution, challenge_contribution
from budgets.models import BudgetStatement, ContributionChallenge, FinancialAssessment
from budgets.queries.challenges import given_back_pence
from budgets.queries.statements import agreed_statements, statement_on
from budgets.rules.weeks import span_pence
from people.models import Notice, RoleKind, Scope, User
from plans.actions.assessment import UnableToChallenge
from plans.models import ChallengeOutcome
from reconciliation.queries.faults import faults
from tests.budgets.agreeing import allocated
from tests.budgets.makers import (
    let_lead_agree,
    make_financial,
    make_priced_plan,
    make_statement,
)
from tests.cast import NINE, ON, Cast, make_cast
from tests.guards import SEALED, assert_refused
from tests.people.makers import (
    make_authority,
    make_policy,
    make_settings,
    make_user,
    make_user_with_role,
)
from tests.visiting import answered, as_user, seen, sent

pytestmark = pytest.mark.django_db
LATE = ON + timedelta(days=3)
NOT_ONE, UPHELD = ChallengeOutcome.NOT_UPHELD, ChallengeOutcome.UPHELD


@pytest.fixture
def cast() -> Cast:
    """Ben pays 67.71 of 391.95 a week."""
    cast = make_cast()
    let_lead_agree(cast.council)
    return cast


def make_paying(cast: Cast) -> BudgetStatement:
    """Ben's budget, agreed with what he pays from today on."""
    make_financial(person=cast.ben, by=cast.priya, start_date=ON)
    return make_statement(plan=make_priced_plan(person=cast.ben), by=cast.priya, start_date=ON, at=NINE)


def say(assessment: FinancialAssessment, by: User, **more: Any) -> ContributionChallenge:
    """Their disability costs more."""
    said = {"step": "dre", "words": "My heating is 20 pounds a week", "on": ON, "at": NINE, **more}
    return challenge_contribution(assessment=assessment, by=by, **said)


def answer(
    challenge: ContributionChallenge, by: User, outcome: ChallengeOutcome, words: str = "We looked"
) -> Any:
    return answer_contribution(
        challenge=challenge, outcome=outcome, answer=words, by=by, on=LATE, at=NINE + timedelta(days=3)
    )


def test_is_asked_of_finance_by_the_day_of_policy_and_whoever_said_it_is_told(cast: Cast) -> None:
    make_policy(council=cast.council, code="challenge_answer_days", value=5, effective_date=ON)
    said = say(make_financial(person=cast.ben, by=cast.priya), cast.ben_user)
    assert (said.owner, said.due_date) == (cast.farah, ON + timedelta(days=5))
    asked = Notice.objects.get(kind="budgets_challenge_made")
    assert (asked.user, asked.about) == (cast.farah, f"/budgets/challenges/{said.pk}/")
    kept = Notice.objects.get(kind="plans_challenge_received", person=cast.ben)
    assert "Farah Khan looks at it and answers you, with reasons, by Saturday 9 May 2026" in kept.words


def test_is_asked_of_whoever_has_least_to_answer_and_never_of_who_assessed(cast: Cast) -> None:
    manager = make_user_with_role(council=cast.council, kind=RoleKind.MANAGER, name="Ruth")
    made = make_financial(person=cast.ben, by=cast.farah)
    assert say(made, cast.ben_user).owner == manager
    second = make_user_with_role(council=cast.council, kind=RoleKind.FINANCE_OFFICER, name="Femi")
    assert say(made, cast.ben_user, step="income").owner == second


def test_is_said_by_who_may_spend_for_them_once_a_line_and_of_a_line_there_is(cast: Cast) -> None:
    made = make_financial(person=cast.ben, by=cast.priya)
    with pytest.raises(UnableToChallenge):
        say(made, make_user())
    only_sees = make_authority(person=cast.ben, scopes=[Scope.SEE])
    with pytest.raises(UnableToChallenge):
        say(made, only_sees.helper)
    deputy = make_authority(person=cast.ben, scopes=[Scope.SPEND])
    assert str(deputy.pk) in say(made, deputy.helper).made_by
    with pytest.raises(UnableToChallenge, match="said so already"):
        say(made, cast.ben_user)
    with pytest.raises(UnableToChallenge, match="no line"):
        say(made, cast.ben_user, step="heating")
    with pytest.raises(UnableToChallenge, match="in your own words"):
        say(made, cast.ben_user, step="", words=" ")
    make_financial(person=cast.ben, by=cast.priya)
    with pytest.raises(UnableToChallenge, match="worked out again since"):
        say(made, cast.ben_user, step="income")


def test_stands_with_reasons_and_the_way_on_is_said(cast: Cast) -> None:
    statement = make_paying(cast)
    said = answer(say(statement.financial, cast.ben_user), cast.farah, NOT_ONE, "The bills say 12.60")
    assert (said.led_to, said.statement) == (None, None)
    told = Notice.objects.get(kind="budgets_challenge_answered", person=cast.ben).words
    assert "It stays as it was" in told
    assert "The bills say 12.60" in told
    assert "ombudsman" in told
    assert statement_on(person=cast.ben, on=ON) == statement


def test_is_answered_once_with_reasons_by_somebody_else_who_may(cast: Cast) -> None:
    said = say(make_financial(person=cast.ben, by=cast.farah), cast.ben_user)
    for by, match in ((cast.farah, "Somebody else answers"), (cast.priya, "Only a finance officer")):
        with pytest.raises(UnableToChallenge, match=match):
            answer(said, by, NOT_ONE)
    manager = make_user_with_role(council=cast.council, kind=RoleKind.MANAGER, name="Ruth")
    with pytest.raises(UnableToChallenge, match="Give your reasons"):
        answer(said, manager, NOT_ONE, " ")
    with pytest.raises(UnableToChallenge, match="Work out first"):
        answer(said, manager, UPHELD)
    answer(said, manager, NOT_ONE)
    with pytest.raises(UnableToChallenge, match="answered already"):
        answer(said, manager, NOT_ONE)


def test_upheld_the_budget_is_agreed_anew_and_what_was_too_much_is_given_back(cast: Cast) -> None:
    statement = make_paying(cast)
    assert statement.budget is not None
    said = say(statement.financial, cast.ben_user)
    anew = make_financial(person=cast.ben, by=cast.farah, start_date=ON, dre_pence=20_00)
    before = allocated(statement.budget)
    said = answer(said, cast.farah, UPHELD)
    after = allocated(statement.budget)
    assert said.led_to == anew
    assert said.statement == statement_on(person=cast.ben, on=ON)
    assert said.statement.adult_weekly_pence == 67_71 - 7_40
    gave_back = before["own"] - after["own"]
    days = {"first": ON, "last": statement.budget.end_date - timedelta(days=1)}
    week = statement.budget.start_date
    assert gave_back == span_pence(67_71, **days, week_from=week) - span_pence(60_31, **days, week_from=week)
    told = Notice.objects.get(kind="budgets_challenge_answered", person=cast.ben).words
    assert "you pay at most £60.31 a week" in told
    assert f"£{gave_back / 100:.2f} less for you" in told
    assert list(faults(council=cast.council)) == []
    shown = seen(cast.ben_user, reverse("budgets:contribution", args=[statement.financial_id]))
    assert "does not count any more" in shown
    assert reverse("budgets:contribution", args=[anew.pk]) in shown
    assert "Send it" not in shown
    assert f"£{gave_back / 100:.2f} less for you" in shown


def test_upheld_what_is_agreed_to_come_comes_all_the_same(cast: Cast) -> None:
    """From July on a dearer plan is agreed; whatever is put right today, it begins."""
    today, july = make_paying(cast), date(2026, 7, 1)
    assert today.budget is not None
    make_statement(
        plan=make_priced_plan(person=cast.ben, weekly_pence=500_00),
        by=cast.priya,
        start_date=july,
        at=NINE + timedelta(days=1),
    )
    before = allocated(today.budget)
    said = say(today.financial, cast.ben_user)
    make_financial(person=cast.ben, by=cast.farah, start_date=ON, dre_pence=20_00)
    said = answer(said, cast.farah, UPHELD)
    now, later = (statement_on(person=cast.ben, on=day) for day in (ON, july))
    assert now is not None
    assert later is not None
    assert (now.plan_weekly_pence, now.adult_weekly_pence) == (391_95, 60_31)
    assert (later.plan_weekly_pence, later.adult_weekly_pence) == (500_00, 60_31)
    assert given_back_pence(said) == before["own"] - allocated(today.budget)["own"] > 0


def test_upheld_with_no_budget_yet_only_what_they_pay_changes(cast: Cast) -> None:
    said = say(make_financial(person=cast.ben, by=cast.priya), cast.ben_user, step="")
    make_financial(person=cast.ben, by=cast.farah, dre_pence=20_00)
    said = answer(said, cast.farah, ChallengeOutcome.PARTLY)
    assert said.statement is None
    told = Notice.objects.get(kind="budgets_challenge_answered", person=cast.ben).words
    assert "makes your budget again with you" in told


def test_postgresql_holds_who_answers_and_what_it_led_to(cast: Cast) -> None:
    made = make_financial(person=cast.ben, by=cast.priya)
    said = say(made, cast.ben_user)
    given = f"UPDATE budgets_contributionchallenge SET outcome = 'upheld', answer = '{SEALED}', answered_at = now(),"
    given += " {} WHERE id = %s"
    whole = "answered_by_id = '{}', led_to_id = '{}'"
    anew = make_financial(person=cast.ben, by=cast.farah)
    others = make_financial(person=cast.amina, by=cast.priya)
    for by, led_to, rule in (
        (cast.priya, anew, "does not answer that they do not agree"),
        (cast.farah, others, "assessed since, for the same person"),
        (cast.farah, made, "assessed since, for the same person"),
    ):
        assert_refused(given.format(whole.format(by.pk, led_to.pk)), said.pk, match=rule)
    statement = make_statement(plan=make_priced_plan(person=cast.amina), by=cast.priya, is_agreed=False)
    wrong = f"{whole.format(cast.farah.pk, anew.pk)}, statement_id = '{statement.pk}'"
    assert_refused(given.format(wrong), said.pk, match="agreed, and the same person")
    assert_refused(
        f"UPDATE budgets_contributionchallenge SET words = '{SEALED}' WHERE id = %s",
        said.pk,
        match="only answered",
    )
    answer(said, cast.farah, NOT_ONE)
    assert_refused(given.format(whole.format(cast.farah.pk, anew.pk)), said.pk, match="only answered")


def test_on_the_pages_a_line_is_said_not_to_be_right_and_answered_from_the_same_day(cast: Cast) -> None:
    with time_machine.travel(NINE, tick=False):
        statement = make_paying(cast)
        here = reverse("budgets:contribution", args=[statement.financial_id])
        assert "Choose a line" in answered(cast.ben_user, here, words="No")
        shown = answered(cast.ben_user, here, step="dre", words="My heating is 20 pounds")
        assert "You get an answer by Monday 18 May 2026" in shown
        assert "Farah Khan</bdi> answers by Monday 18 May 2026" in shown
        said = ContributionChallenge.objects.get()
        assert "You are asked" in seen(cast.farah, reverse("budgets:challenges"))
        assert "Not agreed" not in seen(cast.carol, reverse("budgets:challenges"))
        page = reverse("budgets:answer-challenge", args=[said.pk])
        assert "First work out what they pay" in seen(cast.farah, page)
        farah = as_user(cast.farah)
        figures = {"start_date": f"{ON}", "basis": "full", "allowance": "mig", "income": "352.26"}
        again = reverse("budgets:work-out-again", args=[said.pk])
        assert "My heating is 20 pounds" in farah.get(again).content.decode()
        sent(farah, again, **figures, disregards="111.65", dre="20")
        assert "at most <strong>£60.31" in sent(farah, reverse("budgets:finances-check", args=[cast.ben.pk]))
        assert "given back" in sent(farah, page, outcome="upheld", answer="You are right about the heating.")
        said.refresh_from_db()
        assert said.statement is not None


def test_an_answer_that_is_late_is_said_to_both_sides(cast: Cast) -> None:
    made = make_financial(person=cast.ben, by=cast.priya)
    say(made, cast.ben_user)
    with time_machine.travel(NINE + timedelta(days=15), tick=False):
        assert "1 should have been answered already" in seen(cast.farah, reverse("budgets:challenges"))
        here = reverse("budgets:contribution", args=[made.pk])
        assert "should have come by Monday 18 May 2026" in seen(cast.ben_user, here)
        make_settings(person=cast.ben, is_easy=True)
        assert "The answer is late." in seen(cast.ben_user, here)


def test_what_was_written_last_counts_where_two_budgets_are_agreed_in_one_moment(cast: Cast) -> None:
    first = make_paying(cast)
    make_financial(person=cast.ben, by=cast.priya, start_date=ON, dre_pence=20_00)
    second = make_statement(plan=first.plan, by=cast.priya, start_date=ON, at=NINE)
    assert first.budget is not None
    assert [one.pk for one in agreed_statements(budget=first.budget)] == [first.pk, second.pk]
    assert statement_on(person=cast.ben, on=ON) == second
