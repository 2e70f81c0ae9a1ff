"""Writing a plan, with the checks that turn green at the side, and handing it in. Its needs: `needs`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commonpurse.autosave import Saved, insisted_in, is_autosave, saved_part, seen_in
from commonpurse.pages import SignedIn, page
from people.models import Part, Person, User
from people.queries import leads
from plans import actions
from plans.actions import Kept, Writing, may_write
from plans.forms import NeedsForm, PlanForm
from plans.models import Plan
from plans.queries import carers_of, checks_of, figures_of
from plans.queries.carried import own_words_in
from plans.queries.plan import PriceBook
from plans.rules.plan import is_within, missing, year_estimate
from plans.views.plan.read import plans_of


@require_POST
def begin(request: SignedIn, person: UUID) -> HttpResponse:
    """Begin the next version of somebody's plan, or of their carer's, and go and write it."""
    led = get_object_or_404(
        Person.objects.visible_to(request.user).filter(lead_professional=request.user), pk=person
    )
    carer = _carer(request.POST.get("carer", ""), led)
    try:
        begun = actions.begin_version(person=led, carer=carer, by=request.user, at=timezone.now())
    except actions.UnableToPlan as refusal:
        return page(request, "plans/cannot_begin.html", status=409, person=led, refusal=str(refusal))
    return redirect("plans:write", pk=begun.pk)


@require_http_methods(["GET", "POST"])
def write(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write a plan, saved as it is written: the person's words left, the professional's right."""
    shown = written_by_lead(request, pk)
    if request.method == "GET" and not may_write(shown, request.user):
        return redirect("plans:plan", pk=pk)
    if "HX-Request" in request.headers:  # the checks at the side, once something was saved
        return page(request, "plans/_checks.html", plan=shown, **beside(shown))
    form = PlanForm(request.POST if request.method == "POST" else None, plan=shown)
    saved = Saved(number=shown.edits)
    if request.method == "POST":
        at = timezone.now()
        form.is_valid()
        saved = saved_by(
            shown,
            at,
            lambda: actions.write_plan(plan=shown, writing=writing_in(form, request), by=request.user, at=at),
        )
        if is_autosave(request):
            return saved_part(request, saved)
        if not (saved.refusal or saved.clashes or form.errors):
            return redirect("plans:hand-in" if "hand_in" in request.POST else "plans:needs", pk=pk)
    return page(
        request,
        "plans/write.html",
        plan=shown,
        form=form,
        saved=saved,
        theirs=own_words_in(shown),
        **beside(shown),
    )


@require_http_methods(["GET", "POST"])
def hand_in(request: SignedIn, pk: UUID) -> HttpResponse:
    """Check everything, see who gets it, and hand the plan in."""
    shown = written_by_lead(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            actions.hand_in_plan(plan=shown, by=request.user, at=timezone.now())
        except actions.UnableToPlan as problem:
            refusal = str(problem)
        else:
            return redirect("plans:plan", pk=pk)
    return page(request, "plans/hand_in.html", plan=shown, refusal=refusal, **beside(shown))


def written_by_lead(request: SignedIn, pk: UUID) -> Plan:
    """Give a plan to its lead professional; where it waits or is agreed, what they send is refused in words."""
    shown = get_object_or_404(plans_of(request).filter(person__lead_professional=request.user), pk=pk)
    if not leads(request.user, shown.person):
        raise Http404
    request.shows(shown.person, Part.PLAN)
    return shown


def _carer(sent: str, person: Person) -> User | None:
    """Give the carer that was chosen; none for the person's own plan."""
    if not sent:
        return None
    for carer in carers_of(person=person, on=timezone.localdate()):
        if str(carer.pk) == sent:
            return carer
    raise Http404


def writing_in(form: PlanForm | NeedsForm, request: SignedIn) -> Writing:
    """Give what was written so far, with what its writer has seen and what they insist on."""
    return Writing(sent=form.sent(), seen=seen_in(request), insist=insisted_in(request), labels=form.labels())


def saved_by(shown: Plan, at: datetime, keep: Callable[[], Kept]) -> Saved:
    """Keep what was written, and say how it stands, or why it cannot be kept."""
    try:
        kept = keep()
    except actions.UnableToPlan as refusal:
        return Saved(number=shown.edits, refusal=str(refusal))
    return Saved(number=kept.seen, at=at, clashes=kept.clashes)


def beside(shown: Plan, *, book: PriceBook | None = None) -> dict[str, Any]:
    """Give what stands at the side: the checks with their evidence, the cost, and who gets the plan."""
    needs = list(shown.needs.standing())
    figures = figures_of(plan=shown, needs=needs, on=timezone.localdate(), book=book)
    found = checks_of(plan=shown, needs=needs, figures=figures)
    return {
        "checks": found,
        "open_count": len(missing(found)),
        "figures": figures,
        "year_pence": year_estimate(
            weekly_pence=figures["weekly_pence"], one_off_pence=figures["one_off_pence"]
        ),
        "is_leads_own": is_within(
            weekly_pence=figures["weekly_pence"],
            one_off_pence=figures["one_off_pence"],
            limit_weekly_pence=figures["lead_limit_weekly_pence"],
        ),
    }
