"""Working out what somebody can pay: the figures, check your answers, and the page the person reads."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budgets.actions import UnableToAssess, assess_finances, lines_of, may_assess, work_out
from budgets.actions.challenge import challenge_contribution
from budgets.forms import FinancesForm
from budgets.forms.challenge import NotRightForm
from budgets.forms.finances import answers_of, facts_of
from budgets.models import ContributionChallenge, FinancialAssessment
from budgets.queries.challenges import challenges_of
from budgets.queries.rights import may_propose
from budgets.queries.statements import financial_on, is_stated
from budgets.queries.working import working_lines, working_of
from commonpurse.pages import SignedIn, page
from people.models import Part, Person, Scope, User
from people.queries import may_act_for, policy_on
from people.rules.words import day_words
from plans.actions.assessment import UnableToChallenge
from plans.models import PlanState
from plans.queries import cost_of


@require_http_methods(["GET", "POST"])
def finances(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask for the figures; those of the assessment that holds stand there already."""
    person = _person(request, pk)
    today = timezone.localdate()
    kept = request.session.get(_key(person))
    begin = kept or answers_of(financial_on(person=person, on=today), on=today)
    return _figures(request, person, begin)


@require_http_methods(["GET", "POST"])
def again(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask for the figures of somebody who does not agree, from the same day; those they speak of stand there."""
    answered = ContributionChallenge.objects.answered_in(request.user).waiting()
    challenge = get_object_or_404(answered.select_related("assessment"), pk=pk)
    person = _person(request, challenge.assessment.person_id)
    begin = answers_of(challenge.assessment, on=challenge.assessment.start_date)
    return _figures(request, person, begin, challenge=challenge)


@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what it comes to, line by line; then write it down."""
    person = _person(request, pk)
    kept = request.session.get(_key(person))
    if kept is None:
        return redirect("budgets:finances", pk=pk)
    facts = facts_of(kept)
    refused = ""
    try:
        if request.method == "POST":
            made = assess_finances(person=person, facts=facts, by=request.user)
            del request.session[_key(person)]
            if kept.get("challenge"):
                return redirect("budgets:answer-challenge", pk=kept["challenge"])
            return _after(made, request.user)
        worked = work_out(person=person, facts=facts)
    except UnableToAssess as refusal:
        worked, refused = [], str(refusal)
    return page(
        request,
        "budgets/finances_check.html",
        person=person,
        facts=facts,
        worked=[
            (start, working_lines(lines_of(facts, found, rates), allowance=facts.allowance), found)
            for start, found, rates in worked
        ],
        refused=refused,
    )


@require_http_methods(["GET", "POST"])
def contribution(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what somebody can pay and every line it comes from, and let them say which line is not right and why."""
    assessments = FinancialAssessment.objects.visible_to(request.user)
    shown = get_object_or_404(
        assessments.select_related("person__council", "person__lead_professional"), pk=pk
    )
    person, on = shown.person, timezone.localdate()
    request.shows(person, Part.BUDGET)
    may_say = may_act_for(request.user, person, scope=Scope.SPEND, on=on)
    if request.method == "POST" and not may_say:
        raise Http404
    form = NotRightForm(request.POST or None, lines=working_of(shown))
    if form.is_valid() and _says_not_right(request, shown, form):
        return redirect("budgets:contribution", pk=pk)
    is_replaced = shown.start_date == shown.end_date
    answer_by = policy_on(council=person.council, code="challenge_answer_days", on=on)
    return page(
        request,
        "budgets/contribution.html",
        assessment=shown,
        person=person,
        lines=working_of(shown),
        is_mine=request.is_own(person),
        answer_days=answer_by.value if answer_by else None,
        is_replaced=is_replaced,
        counts_now=financial_on(person=person, on=max(on, shown.start_date)) if is_replaced else None,
        may_say=may_say and not is_replaced,
        challenges=challenges_of(shown),
        form=form,
        on=on,
    )


def _says_not_right(request: SignedIn, shown: FinancialAssessment, form: NotRightForm) -> bool:
    """Write down that a line is not right; where that cannot be, the form says why."""
    at = timezone.now()
    try:
        made = challenge_contribution(
            assessment=shown,
            step=form.chosen,
            words=form.cleaned_data["words"],
            by=request.user,
            on=timezone.localdate(at),
            at=at,
        )
    except UnableToChallenge as refusal:
        form.add_error(None, str(refusal))
        return False
    told = _("We have written it down. You get an answer by %(day)s.")
    messages.success(request, told % {"day": day_words(made.due_date)})
    return True


def _figures(
    request: SignedIn,
    person: Person,
    begin: dict[str, Any],
    *,
    challenge: ContributionChallenge | None = None,
) -> HttpResponse:
    """Ask for figures and keep them until they are checked, with what they answer where that is why they are asked."""
    form = FinancesForm(request.POST or None, initial=begin)
    if form.is_valid():
        try:
            work_out(person=person, facts=facts_of(form.answers()))
        except UnableToAssess as refusal:
            form.add_error(None, str(refusal))
        else:
            why = {"challenge": str(challenge.pk)} if challenge else {}
            request.session[_key(person)] = form.answers() | why
            return redirect("budgets:finances-check", pk=person.pk)
    return page(request, "budgets/finances.html", person=person, form=form, challenge=challenge)


def _after(made: FinancialAssessment, user: User) -> HttpResponse:
    """Lead on to the budget that waits for this; where none does, to what was written down."""
    plan = made.person.plans.of_adults().order_by("-version").first()
    is_ready = plan is not None and plan.state == PlanState.AGREED and may_propose(user, made.person)
    if plan is not None and is_ready and any(cost_of(plan=plan)) and not is_stated(plan=plan):
        return redirect("budgets:make", pk=plan.pk)
    return redirect("budgets:contribution", pk=made.pk)


def _person(request: SignedIn, pk: UUID) -> Person:
    """Give somebody whose figures the user may write down."""
    people = Person.objects.visible_to(request.user).select_related("council", "lead_professional")
    person = get_object_or_404(people, pk=pk)
    if not may_assess(request.user, person):
        raise Http404
    request.shows(person, Part.BUDGET)
    return person


def _key(person: Person) -> str:
    return f"finances-{person.pk}"
