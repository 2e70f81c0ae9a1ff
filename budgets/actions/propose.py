"""Proposing a budget for a plan: what it costs, who pays, from which money, held as the person chose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from budgets.actions.agree import UnableToAgreeBudget, add_stream, refuse_after_move
from budgets.models import (
    Allowance,
    BudgetStatement,
    Chooser,
    Delivery,
    FinancialAssessment,
    FundingStream,
    StatementPart,
    StatementState,
    StreamKind,
)
from budgets.queries import budget_on
from budgets.queries.rights import may_propose
from budgets.queries.statements import financial_on
from budgets.rules.contribution import Shares, shared_out
from ledger.pennies import in_pounds
from people.models import Person, User
from people.queries import policy_on
from plans.models import Plan, PlanState
from plans.queries import cost_of

FIRST_STREAMS = {
    StreamKind.SOCIAL_CARE: ("council", "council money"),
    StreamKind.OWN: ("own", "own contribution"),
}
BESIDE = (StreamKind.HEALTH, StreamKind.HOUSING, StreamKind.TOP_UP)


@dataclass(frozen=True, kw_only=True)
class OtherMoney:
    """What a stream beside social care pays: pence each week and once, and how it is held (`holder`: of a fund)."""

    stream: FundingStream
    weekly_pence: int = 0
    one_off_pence: int = 0
    delivery: Delivery = Delivery.COUNCIL_MANAGED
    holder: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """
    What is not in the plan or the financial assessment: the dates, other money, and what the person chose.

    `delivery` and `holder` are of the council's money and their own contribution. `one_off_pence`: what the council
    puts in once. `end_date` is exclusive.
    """

    start_date: date
    end_date: date
    chosen_date: date
    chosen_by: Chooser = Chooser.PERSON
    chosen_words: str = ""
    delivery: Delivery = Delivery.COUNCIL_MANAGED
    holder: str = ""
    one_off_pence: int = 0
    others: Sequence[OtherMoney] = ()


@transaction.atomic
def propose_budget(*, plan: Plan, terms: Terms, by: User, at: datetime) -> BudgetStatement:
    """
    Propose a budget for a plan: the figures come from the plan and the financial assessment, the rest from `terms`.

    A proposal that waits is taken back by this. No money moves yet.

    :raises UnableToAgreeBudget: somebody other than the lead professional proposes it, no financial assessment holds on
        the first day, the parts or dates do not hold together, or nobody is named who holds a fund.
    """
    plan = (
        Plan.objects.select_related("person__council")
        .select_for_update(of=["self"], no_key=True)
        .get(pk=plan.pk)
    )
    person = plan.person
    if not may_propose(by, person):
        raise UnableToAgreeBudget(
            "Only this person's social worker or their team manager can propose a budget."
        )
    _check_plan(plan)
    financial = financial_for(person=person, on=terms.start_date)
    terms = replace(terms, end_date=_end_of(person, terms))
    _check_terms(person, terms)
    plan.budget_statements.filter(state=StatementState.PROPOSED).update(state=StatementState.WITHDRAWN)
    return write_statement(plan=plan, terms=terms, financial=financial, by=by, at=at)


def write_statement(
    *, plan: Plan, terms: Terms, financial: FinancialAssessment, by: User, at: datetime
) -> BudgetStatement:
    """
    Write a proposed statement with its parts: what the plan costs, and who pays it, as an assessment says.

    :raises UnableToAgreeBudget: the plan costs nothing, or other money comes to more than it costs.
    """
    cost, person = cost_of(plan=plan), plan.person
    if not cost.weekly_pence and not _is_paid_once(terms):
        raise UnableToAgreeBudget(
            "This plan costs nothing, so it needs no budget. Say in the plan what help costs."
        )
    shares = shares_of(plan_weekly_pence=cost.weekly_pence, terms=terms, financial=financial)
    statement = BudgetStatement.objects.create(
        plan=plan,
        financial=financial,
        start_date=terms.start_date,
        end_date=terms.end_date,
        plan_weekly_pence=cost.weekly_pence,
        plan_one_off_pence=cost.one_off_pence,
        cost_weekly_pence=shares.cost_pence,
        adult_weekly_pence=shares.adult_pence,
        council_weekly_pence=shares.council_pence,
        daily_living_weekly_pence=daily_living_pence(person, financial, cost_pence=shares.cost_pence),
        indicative_weekly_pence=plan.indicative_weekly_pence,
        chosen_by=terms.chosen_by,
        chosen_date=terms.chosen_date,
        chosen_words=terms.chosen_words.strip(),
        proposed_at=at,
        proposed_by=by,
    )
    StatementPart.objects.bulk_create(_parts(statement, person, shares, terms))
    return statement


def terms_of(statement: BudgetStatement) -> Terms:
    """Give back the terms a statement was written with."""
    parts = list(statement.parts.all())
    held = next((part for part in parts if part.stream.kind not in BESIDE), None)
    return Terms(
        start_date=statement.start_date,
        end_date=statement.end_date,
        chosen_date=statement.chosen_date,
        chosen_by=Chooser(statement.chosen_by),
        chosen_words=statement.chosen_words,
        delivery=Delivery(held.delivery) if held else Delivery.COUNCIL_MANAGED,
        holder=held.holder if held else "",
        one_off_pence=sum(part.one_off_pence for part in parts if part.stream.kind not in BESIDE),
        others=[_other(part) for part in parts if part.stream.kind in BESIDE],
    )


def _is_paid_once(terms: Terms) -> bool:
    return bool(terms.one_off_pence or any(other.one_off_pence for other in terms.others))


def _other(part: StatementPart) -> OtherMoney:
    return OtherMoney(
        stream=part.stream,
        weekly_pence=part.weekly_pence,
        one_off_pence=part.one_off_pence,
        delivery=Delivery(part.delivery),
        holder=part.holder,
    )


def financial_for(*, person: Person, on: date) -> FinancialAssessment:
    """
    Give the financial assessment a budget from that day rests on.

    :raises UnableToAgreeBudget: there is none.
    """
    financial = financial_on(person=person, on=on)
    if financial is None:
        raise UnableToAgreeBudget(
            f"There is no financial assessment for {on:%-d %B %Y}. Do that first: "
            "it says what the person pays, so that they know before they agree."
        )
    return financial


def shares_of(*, plan_weekly_pence: int, terms: Terms, financial: FinancialAssessment) -> Shares:
    """
    Say who pays what the plan costs each week, once other public money and top-ups are taken off.

    :raises UnableToAgreeBudget: those come to more than the plan costs.
    """
    beside = sum(other.weekly_pence for other in terms.others)
    if beside > plan_weekly_pence:
        raise UnableToAgreeBudget(
            f"The other money comes to {in_pounds(beside)} a week, and the plan costs "
            f"{in_pounds(plan_weekly_pence)}. Put in less of it, or change the plan."
        )
    return shared_out(plan_weekly_pence - beside, weekly_pence=financial.weekly_contribution_pence)


def daily_living_pence(person: Person, financial: FinancialAssessment, *, cost_pence: int) -> int:
    """Give how much of a week's cost is for daily living: in a care home what policy says, at home nothing. Pence."""
    if financial.allowance != Allowance.PEA:
        return 0
    known = policy_on(council=person.council, code="cap_daily_living_weekly_pence", on=financial.start_date)
    return min(cost_pence, known.value) if known else 0


def _check_plan(plan: Plan) -> None:
    if plan.state == PlanState.RETURNED:
        raise UnableToAgreeBudget("This plan was sent back. Change it and hand it in, then make its budget.")
    if plan.person.plans.filter(version__gt=plan.version, state=PlanState.AGREED).exists():
        raise UnableToAgreeBudget("A newer version of this plan is agreed. Make the budget from that one.")


def _check_terms(person: Person, terms: Terms) -> None:
    if terms.end_date <= terms.start_date:
        raise UnableToAgreeBudget("The budget ends before it starts. Check the two dates.")
    if person.died_date is not None and person.died_date <= terms.start_date:
        raise UnableToAgreeBudget(
            f"They died on {person.died_date:%-d %B %Y}. No budget can begin after that."
        )
    refuse_after_move(person, terms.start_date)
    if terms.chosen_by != Chooser.PERSON and not terms.chosen_words.strip():
        raise UnableToAgreeBudget("Say who chose for them, and why. The person reads it.")
    held = [(terms.delivery, terms.holder), *((other.delivery, other.holder) for other in terms.others)]
    if any(delivery == Delivery.ISF and not holder.strip() for delivery, holder in held):
        raise UnableToAgreeBudget("Say who holds the individual service fund.")
    for other in terms.others:
        _check_other(person, other)


def _check_other(person: Person, other: OtherMoney) -> None:
    if other.stream.council_id != person.council_id:
        raise UnableToAgreeBudget("A source of money belongs to another council. Choose one of your own.")
    if other.stream.kind not in BESIDE:
        raise UnableToAgreeBudget(
            "What the council and the person pay is worked out. Only other money is named."
        )
    if min(other.weekly_pence, other.one_off_pence) < 0:
        raise UnableToAgreeBudget("A source of money cannot put in less than nothing. Check the amounts.")
    if other.stream.kind == StreamKind.HOUSING and other.weekly_pence:
        raise UnableToAgreeBudget("A housing or equipment grant is paid once. Put it under “once”.")


def _end_of(person: Person, terms: Terms) -> date:
    """Say when it ends: with the budget that is there already, where there is one, else as asked."""
    standing = budget_on(person=person, on=terms.start_date)
    return standing.end_date if standing else terms.end_date


def _parts(statement: BudgetStatement, person: Person, shares: Shares, terms: Terms) -> list[StatementPart]:
    """Give the parts: the council's, the person's own, and every other that puts something in."""
    paid = {
        StreamKind.SOCIAL_CARE: (shares.council_pence, terms.one_off_pence),
        StreamKind.OWN: (shares.adult_pence, 0),
    }
    held = [
        OtherMoney(
            stream=_stream_of(person, kind),
            weekly_pence=weekly,
            one_off_pence=once,
            delivery=terms.delivery,
            holder=terms.holder,
        )
        for kind, (weekly, once) in paid.items()
        if weekly or once
    ]
    others = [other for other in terms.others if other.weekly_pence or other.one_off_pence]
    return [
        StatementPart(
            statement=statement,
            stream=one.stream,
            weekly_pence=one.weekly_pence,
            one_off_pence=one.one_off_pence,
            delivery=one.delivery,
            holder=one.holder.strip() if one.delivery == Delivery.ISF else "",
        )
        for one in [*held, *others]
    ]


def _stream_of(person: Person, kind: StreamKind) -> FundingStream:
    """Give the council's stream of a kind; the first one is named where there is none yet."""
    code, name = FIRST_STREAMS[kind]
    found = person.council.streams.filter(kind=kind).order_by("code").first()
    return found or add_stream(council=person.council, code=code, name=name, kind=kind)
