"""Working out what somebody can pay: the figures, check your answers, and the page the person reads."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from budgets.actions import UnableToAssess, assess_finances, lines_of, may_assess, work_out
from budgets.forms import FinancesForm
from budgets.forms.finances import answers_of, facts_of
from budgets.models import FinancialAssessment
from budgets.queries.statements import financial_on
from budgets.queries.working import working_lines, working_of
from commonpurse.pages import SignedIn, page
from people.models import Part, Person
from people.queries import policy_on


@require_http_methods(["GET", "POST"])
def finances(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask for the figures; those of the assessment that holds stand there already."""
    person = _person(request, pk)
    today = timezone.localdate()
    kept = request.session.get(_key(person))
    begin = kept or answers_of(financial_on(person=person, on=today), on=today)
    form = FinancesForm(request.POST or None, initial=begin)
    if form.is_valid():
        try:
            work_out(person=person, facts=facts_of(form.answers()))
        except UnableToAssess as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[_key(person)] = form.answers()
            return redirect("budgets:finances-check", pk=pk)
    return page(request, "budgets/finances.html", person=person, form=form)


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
            return redirect("budgets:contribution", pk=made.pk)
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


@require_GET
def contribution(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what somebody can pay and every line it comes from, where each was read, and how to have it looked at."""
    assessments = FinancialAssessment.objects.visible_to(request.user)
    shown = get_object_or_404(
        assessments.select_related("person__council", "person__lead_professional"), pk=pk
    )
    request.shows(shown.person, Part.BUDGET)
    answer_by = policy_on(council=shown.person.council, code="challenge_answer_days", on=timezone.localdate())
    return page(
        request,
        "budgets/contribution.html",
        assessment=shown,
        person=shown.person,
        lines=working_of(shown),
        is_mine=shown.person == request.whose_page(),
        answer_days=answer_by.value if answer_by else None,
    )


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
