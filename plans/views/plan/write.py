"""Writing a plan: the plan itself, its needs one by one, and the checks that turn green at the side."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commonpurse.autosave import Saved, insisted_in, is_autosave, saved_part, seen_in
from commonpurse.pages import SignedIn, page
from people.models import Part, Person, User
from people.queries import leads
from plans import actions
from plans.actions import Kept, Writing, may_write
from plans.forms import NeedForm, NewNeedForm, PlanForm
from plans.models import Need, Plan
from plans.queries import carers_of, checks_of, figures_of, prices_on
from plans.rules.plan import is_within, missing, year_estimate
from plans.views.plan.read import need_in, plans_of


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
    shown = _written(request, pk)
    if request.method == "GET" and not may_write(shown, request.user):
        return redirect("plans:plan", pk=pk)
    if "HX-Request" in request.headers:  # the checks at the side, once something was saved
        return page(request, "plans/_checks.html", plan=shown, **_beside(shown))
    form = PlanForm(request.POST if request.method == "POST" else None, plan=shown)
    saved = Saved(number=shown.edits)
    if request.method == "POST":
        at = timezone.now()
        form.is_valid()
        saved = _saved(
            shown,
            at,
            lambda: actions.write_plan(plan=shown, writing=_writing(form, request), by=request.user, at=at),
        )
        if is_autosave(request):
            return saved_part(request, saved)
        if not (saved.refusal or saved.clashes or form.errors):
            return redirect(_after(request, shown, None))
    return page(
        request,
        "plans/write.html",
        plan=shown,
        form=form,
        saved=saved,
        **_beside(shown),
    )


@require_http_methods(["GET", "POST"])
def need(request: SignedIn, pk: UUID, need: UUID) -> HttpResponse:
    """Write one need of a plan, saved as it is written: who meets it, how, when, and what it costs."""
    shown = _written(request, pk)
    one = need_in(shown, need)
    if request.method == "GET" and not may_write(shown, request.user):
        return redirect("plans:plan", pk=pk)
    _version, prices = prices_on(council=shown.person.council, kind=shown.kind, on=timezone.localdate())
    form = NeedForm(request.POST if request.method == "POST" else None, need=one, prices=prices)
    saved = Saved(number=shown.edits)
    if request.method == "POST":
        at = timezone.now()
        form.is_valid()
        saved = _saved(
            shown,
            at,
            lambda: actions.write_need(need=one, writing=_writing(form, request), by=request.user, at=at),
        )
        if is_autosave(request):
            return saved_part(request, saved)
        if not (saved.refusal or saved.clashes or form.errors):
            return redirect(_after(request, shown, one))
    return page(
        request,
        "plans/need.html",
        plan=shown,
        need=one,
        form=form,
        saved=saved,
        following=_following(shown, one),
    )


@require_POST
def add_need(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put one more need into a plan, and go and write it."""
    shown = _written(request, pk)
    form = NewNeedForm(request.POST)
    if not form.is_valid():
        return redirect("plans:write", pk=pk)
    try:
        added = actions.add_need(
            plan=shown, words=form.cleaned_data["words"], by=request.user, at=timezone.now()
        )
    except actions.UnableToPlan:
        return redirect("plans:plan", pk=pk)
    return redirect("plans:need", pk=pk, need=added.pk)


@require_POST
def take_out(request: SignedIn, pk: UUID, need: UUID) -> HttpResponse:
    """Take a need out of a plan, or put it back: its words are kept."""
    one = need_in(_written(request, pk), need)
    try:
        if "back" in request.POST:
            actions.put_back_need(need=one, by=request.user)
        else:
            actions.take_out_need(need=one, by=request.user, at=timezone.now())
    except actions.UnableToPlan:
        return redirect("plans:plan", pk=pk)
    return redirect("plans:write", pk=pk)


@require_http_methods(["GET", "POST"])
def hand_in(request: SignedIn, pk: UUID) -> HttpResponse:
    """Check everything, see who gets it, and hand the plan in."""
    shown = _written(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            actions.hand_in_plan(plan=shown, by=request.user, at=timezone.now())
        except actions.UnableToPlan as problem:
            refusal = str(problem)
        else:
            return redirect("plans:plan", pk=pk)
    return page(request, "plans/hand_in.html", plan=shown, refusal=refusal, **_beside(shown))


def _written(request: SignedIn, pk: UUID) -> Plan:
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


def _writing(form: PlanForm | NeedForm, request: SignedIn) -> Writing:
    """Give what was written so far, with what its writer has seen and what they insist on."""
    return Writing(sent=form.sent(), seen=seen_in(request), insist=insisted_in(request), labels=form.labels())


def _saved(shown: Plan, at: datetime, keep: Callable[[], Kept]) -> Saved:
    """Keep what was written, and say how it stands, or why it cannot be kept."""
    try:
        kept = keep()
    except actions.UnableToPlan as refusal:
        return Saved(number=shown.edits, refusal=str(refusal))
    return Saved(number=kept.seen, at=at, clashes=kept.clashes)


def _after(request: SignedIn, shown: Plan, here: Need | None) -> str:
    """Give the page after this one: the next need, or what the button that was pressed says."""
    following = _following(shown, here)
    if "next" in request.POST and following is not None:
        return reverse("plans:need", args=[shown.pk, following.pk])
    if "hand_in" in request.POST or ("next" in request.POST and here is not None):
        return reverse("plans:hand-in", args=[shown.pk])
    return reverse("plans:write", args=[shown.pk])


def _following(shown: Plan, here: Need | None) -> Need | None:
    """Give the need after this one; the first where none is open."""
    needs = list(shown.needs.standing())
    place = next((number for number, one in enumerate(needs, 1) if one == here), 0)
    return needs[place] if place < len(needs) and (here is None or here in needs) else None


def _beside(shown: Plan) -> dict[str, Any]:
    """Give what stands at the side: the needs, the checks with their evidence, the cost, and who gets the plan."""
    needs = list(shown.needs.standing())
    figures = figures_of(plan=shown, needs=needs, on=timezone.localdate())
    found = checks_of(plan=shown, needs=needs, figures=figures)
    return {
        "needs": needs,
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
