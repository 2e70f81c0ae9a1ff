"""Not agreeing with how it was worked out what one pays, and the answer that finance owes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.actions.agree import UnableToAgreeBudget
from budgets.actions.agree_from_plan import agree_from_plan
from budgets.actions.propose import terms_of, write_statement
from budgets.models import BudgetStatement, ContributionChallenge, FinancialAssessment, StatementState
from budgets.models.challenge import ANSWERING
from budgets.queries.challenges import assessed_since, given_back_pence
from budgets.queries.statements import agreed_statements, financial_on, statement_on
from ledger.pennies import in_pounds
from people.actions import tell, tell_user
from people.models import Person, RoleKind, Scope, User
from people.queries import Fact, acting_label, acting_refusal
from plans.actions.answers_owed import Answered, UnableToChallenge, check_open, said, write_answer
from plans.models import ChallengeOutcome, PlanState
from plans.queries import cost_of


@transaction.atomic
def challenge_contribution(
    *, assessment: FinancialAssessment, step: str, words: str, by: User, on: date, at: datetime
) -> ContributionChallenge:
    """
    Say that one does not agree with a line of what one pays, or (step "") with all of it.

    A finance officer, or a team manager where there is no other, is asked for the answer, by a day that is policy.

    :raises UnableToChallenge: `by` may not spend for the person, it was replaced, it has no such line, nothing is said,
        or the same waits for an answer already.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=assessment.person_id)
    label = acting_label(by, person, scope=Scope.SPEND, on=on)
    if label is None:
        raise UnableToChallenge(acting_refusal(by, person, scope=Scope.SPEND, on=on))
    assessment = FinancialAssessment.objects.get(pk=assessment.pk)
    _check_may_be_challenged(assessment, step)
    owner = _owner_of(assessment)
    challenge = ContributionChallenge.objects.create(
        assessment=assessment,
        step=step,
        owner=owner,
        **said(council=person.council, words=words, by=label, on=on, at=at),
    )
    _tell(challenge, "plans_challenge_received", by=label, at=at, who=str(owner or ""))
    if owner is not None:
        tell_user(
            user=owner,
            council=person.council,
            kind="budgets_challenge_made",
            key=str(challenge.pk),
            at=at,
            by=label,
            about=reverse("budgets:answer-challenge", args=[challenge.pk]),
            person=str(person),
            due_date=challenge.due_date,
        )
    return challenge


@transaction.atomic
def answer_contribution(
    *,
    challenge: ContributionChallenge,
    outcome: ChallengeOutcome,
    answer: str,
    by: User,
    on: date,
    at: datetime,
) -> ContributionChallenge:
    """
    Answer a challenge of what somebody pays, with the reasons, and tell them.

    Upheld (or partly), what was assessed since counts, and the budget that rested on the other is agreed anew from the
    same day: what was put down for them too much leaves their part of it, in the books.

    :raises UnableToChallenge: `by` may not answer, it is answered already, no reason is given, it is upheld and nothing
        was assessed anew, or the budget cannot be changed.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=challenge.assessment.person_id)
    held = ContributionChallenge.objects.select_related("assessment").select_for_update(
        of=("self",), no_key=True
    )
    challenge = held.get(pk=challenge.pk)
    _check_may_answer(by, challenge, person)
    given = Answered(outcome=outcome, words=answer)
    check_open(challenge, given)
    if given.is_upheld:
        challenge.led_to = _assessed_since(challenge)
        challenge.statement = _budget_anew(person, challenge.led_to, by=by, on=on, at=at)
    write_answer(challenge, given, by=by, at=at)
    _tell(challenge, "budgets_challenge_answered", by=by.label, at=at, **_answer_in_words(challenge))
    return challenge


def may_answer_challenge(user: User, challenge: ContributionChallenge) -> bool:
    """Tell whether the user may answer: a finance officer or team manager there, and not who assessed."""
    council_id = challenge.assessment.person.council_id
    return user.pk != challenge.assessment.assessed_by_id and any(
        user.has_role(kind, council_id=council_id) for kind in ANSWERING
    )


def _check_may_be_challenged(assessment: FinancialAssessment, step: str) -> None:
    if assessment.end_date == assessment.start_date:
        raise UnableToChallenge(_("This was worked out again since. Look at the new one."))
    if step and not any(line["step"] == step for line in assessment.lines):
        raise UnableToChallenge(_("That is no line of this. Choose one that is."))
    if assessment.challenges.waiting().filter(step=step).exists():
        raise UnableToChallenge(_("You have said so already. The answer is on its way."))


def _check_may_answer(by: User, challenge: ContributionChallenge, person: Person) -> None:
    if not any(by.has_role(kind, council_id=person.council_id) for kind in ANSWERING):
        raise UnableToChallenge("Only a finance officer or a team manager of this council can answer.")
    if by.pk == challenge.assessment.assessed_by_id:
        raise UnableToChallenge("You worked this out. Somebody else answers who disagrees with it.")


def _owner_of(assessment: FinancialAssessment) -> User | None:
    """Give who is asked: who has the fewest waiting, finance officers before managers, and never who assessed."""
    council = assessment.person.council_id
    for kind in (RoleKind.FINANCE_OFFICER, RoleKind.MANAGER):
        there = User.objects.filter(roles__kind=kind, roles__council=council, is_active=True)
        waiting = Count("challenges_owned", filter=Q(challenges_owned__answered_at__isnull=True))
        able = there.exclude(pk=assessment.assessed_by_id).annotate(waiting=waiting)
        found = able.order_by("waiting", "pk").first()
        if found is not None:
            return found
    return None


def _assessed_since(challenge: ContributionChallenge) -> FinancialAssessment:
    found = assessed_since(challenge)
    if found is None:
        raise UnableToChallenge("Work out first what they pay now. Then answer that they are right.")
    return found


def _budget_anew(
    person: Person, anew: FinancialAssessment, *, by: User, on: date, at: datetime
) -> BudgetStatement | None:
    """
    Agree again, with what they pay now, what holds of their budget and what is agreed to come; each as it was else.

    None where no budget holds, or its plan is not agreed.
    """
    standing = statement_on(person=person, on=on)
    if standing is None or standing.budget is None or standing.plan.state != PlanState.AGREED:
        return None
    firsts: dict[datetime, BudgetStatement] = {}  # of what was agreed together, what begins first
    for one in agreed_statements(budget=standing.budget):
        if one.agreed_at and standing.agreed_at and one.agreed_at >= standing.agreed_at:
            firsts.setdefault(one.agreed_at, one)
    made = [
        _agree_again(first, anew, by=by, at=at + timedelta(microseconds=turn))
        for turn, first in enumerate(firsts.values())
        if cost_of(plan=first.plan).weekly_pence
    ]
    return made[0] if made else None


def _agree_again(
    first: BudgetStatement, anew: FinancialAssessment, *, by: User, at: datetime
) -> BudgetStatement:
    """Agree a statement again, from its first day or the assessment's, whichever is later; paid once is paid."""
    person, start = anew.person, max(anew.start_date, first.start_date)
    terms = terms_of(first)
    others = [replace(other, one_off_pence=0) for other in terms.others]
    terms = replace(terms, start_date=start, one_off_pence=0, others=others)
    financial = financial_on(person=person, on=start) or anew
    first.plan.budget_statements.filter(state=StatementState.PROPOSED).update(state=StatementState.WITHDRAWN)
    try:
        statement = write_statement(plan=first.plan, terms=terms, financial=financial, by=by, at=at)
        agree_from_plan(statement=statement, by=by, at=at)
    except UnableToAgreeBudget as refusal:
        raise UnableToChallenge(str(refusal)) from refusal
    statement.refresh_from_db()
    return statement


def _answer_in_words(challenge: ContributionChallenge) -> dict[str, Fact]:
    """Say what became of it: what they pay a week now, and what they get back."""
    anew, back = challenge.led_to, given_back_pence(challenge)
    weekly = anew.weekly_contribution_pence if anew else None
    return {
        "outcome": ChallengeOutcome(challenge.outcome).label,
        "answer": challenge.answer,
        "is_changed": int(anew is not None),
        "weekly": in_pounds(weekly) if weekly is not None else "",
        "start_date": anew.start_date if anew else "",
        "back": in_pounds(back) if back else "",
        "is_agreed_anew": int(challenge.statement_id is not None),
    }


def _tell(challenge: ContributionChallenge, kind: str, *, by: str, at: datetime, **facts: Fact) -> None:
    step: dict[str, Any] = {
        "key": str(challenge.pk),
        "about": f"{reverse('budgets:contribution', args=[challenge.assessment_id])}#said",
        "due_date": challenge.due_date,
        **facts,
    }
    tell(person=challenge.assessment.person, kind=kind, at=at, by=by, **step)
