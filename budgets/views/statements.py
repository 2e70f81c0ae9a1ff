"""Making a budget for a plan, agreeing it, and the statement the person reads."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from budgets.actions import (
    UnableToAgreeBudget,
    agree_from_plan,
    propose_budget,
    take_back_proposal,
    terms_of,
)
from budgets.actions.propose import BESIDE
from budgets.forms import AgreeForm, MakeForm
from budgets.forms.make import answers_of
from budgets.models import BudgetStatement, BudgetStatementQuerySet, StatementState
from budgets.queries import budget_on
from budgets.queries.care_account import basis_of
from budgets.queries.rights import may_propose, may_settle
from budgets.queries.statements import WITH_PARTS, financial_on, following, latest_of
from budgets.queries.working import parts_of
from commonpurse.pages import SignedIn, page
from people.models import Part, Person
from people.queries import leads
from plans.models import Plan, PlanState
from plans.queries import cost_of


@require_http_methods(["GET", "POST"])
def make(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask for what neither the plan nor the financial assessment says, and propose the budget."""
    plans = Plan.objects.visible_to(request.user).select_related(
        "person__council", "person__lead_professional"
    )
    plan = get_object_or_404(plans, pk=pk)
    if not may_propose(request.user, plan.person):
        raise Http404
    request.shows(plan.person, Part.BUDGET)
    today = timezone.localdate()
    streams = plan.person.council.streams.filter(kind__in=BESIDE).order_by("kind", "code")
    form = MakeForm(request.POST or None, initial=_begin(plan), streams=streams)
    if form.is_valid():
        try:
            made = propose_budget(plan=plan, terms=form.terms(), by=request.user, at=timezone.now())
        except UnableToAgreeBudget as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("budgets:agree", pk=made.pk)
    return page(
        request,
        "budgets/make.html",
        plan=plan,
        person=plan.person,
        cost=cost_of(plan=plan),
        financial=financial_on(person=plan.person, on=today),
        form=form,
    )


@require_http_methods(["GET", "POST"])
def agree(request: SignedIn, pk: UUID) -> HttpResponse:
    """Check who pays what, against the first estimate; then agree the budget, and the plan with it, or take it back."""
    statement = get_object_or_404(_statements(request), pk=pk, state=StatementState.PROPOSED)
    if not may_settle(request.user, statement):
        raise Http404
    request.shows(statement.plan.person, Part.BUDGET)
    form = AgreeForm(request.POST or None, is_panels=statement.plan.state == PlanState.PANEL)
    if form.is_valid():
        try:
            if form.takes_back:
                take_back_proposal(statement=statement, by=request.user)
                return redirect("budgets:make", pk=statement.plan_id)
            agree_from_plan(
                statement=statement, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
            )
        except UnableToAgreeBudget as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("budgets:statement", pk=pk)
    return page(
        request,
        "budgets/agree.html",
        statement=statement,
        person=statement.plan.person,
        parts=parts_of(statement),
        standing=budget_on(person=statement.plan.person, on=statement.start_date),
        form=form,
    )


@require_GET
def statement(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one statement of a budget."""
    shown = get_object_or_404(_statements(request), pk=pk)
    return _show(request, shown.plan.person, shown)


@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """Show how one's own budget is made up."""
    person = request.whose_page()
    if person is None:
        raise Http404
    return _show(request, person, latest_of(person=person, on=timezone.localdate()))


@require_GET
def of(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show how somebody's budget is made up."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    return _show(request, person, latest_of(person=person, on=timezone.localdate()))


def _show(request: SignedIn, person: Person, shown: BudgetStatement | None) -> HttpResponse:
    request.shows(person, Part.BUDGET)
    return page(
        request,
        "budgets/statement.html",
        person=person,
        statement=shown,
        parts=parts_of(shown) if shown else [],
        later=following(statement=shown) if shown and shown.budget_id else [],
        is_mine=request.is_own(person),
        came=basis_of(person=person) if shown is None else None,
        is_lead=leads(request.user, person),
    )


def _statements(request: SignedIn) -> BudgetStatementQuerySet:
    return (
        BudgetStatement.objects.visible_to(request.user)
        .select_related(
            "plan__person__council", "plan__person__lead_professional", "financial", "budget", "agreed_by"
        )
        .prefetch_related(WITH_PARTS)
    )


def _begin(plan: Plan) -> dict[str, object]:
    """Give the answers to begin with: those of the statement that holds, or the council's year."""
    today, council = timezone.localdate(), plan.person.council
    last = latest_of(person=plan.person, on=today)
    standing = budget_on(person=plan.person, on=today)
    end = standing.end_date if standing else council.year_end_date
    return answers_of(terms_of(last) if last else None, start_date=today, end_date=end, on=today)
