"""The word on a plan: the lead professional's, a team manager's, the panel's; and giving it to the person."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonpurse.pages import SignedIn, page
from people.models import Part, RoleKind
from plans import actions
from plans.forms import AGREE, PANEL, PlanWordForm
from plans.models import Need, Plan, PlanQuerySet, PlanState, PlanStep
from plans.queries import (
    checks_of,
    figures_in,
    figures_of,
    plan_in_words,
    steps_of,
    waiting_for,
)
from plans.rules.figures import what_changed
from plans.rules.plan import is_within
from plans.views.plan.read import plans_of


@require_GET
def to_agree(request: SignedIn) -> HttpResponse:
    """Show a team manager the plans that wait for their word, the oldest first, and those that wait for the panel's."""
    if not request.user.has_role(RoleKind.MANAGER):
        raise Http404
    waiting = waiting_for(user=request.user, at=timezone.now())
    for one in waiting:  # what each costs, and why the panel is asked, stands on it
        request.shows(one.plan.person, Part.PLAN)
    return page(request, "plans/to_agree.html", waiting=waiting)


@require_http_methods(["GET", "POST"])
def decide(request: SignedIn, pk: UUID) -> HttpResponse:
    """Agree a plan that was handed in, put it to the panel, or send it back with a reason the person reads."""
    shown = get_object_or_404(_decided_by(request), pk=pk)
    request.shows(shown.person, Part.PLAN)
    waits, steps, needs = _waits_for(shown, request), steps_of(plan=shown), list(shown.needs.standing())
    held = _held_against(shown, needs, steps) if waits else {}
    form = PlanWordForm(
        request.POST or None,
        is_for_panel=held.get("is_for_panel", False),
        is_panels=shown.state == PlanState.PANEL,
    )
    if form.is_valid():
        try:
            _decide(form, shown, request)
        except actions.UnableToPlan as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("plans:plan", pk=pk)
    elif not waits:
        form = PlanWordForm()  # nothing is asked any more, so nothing is left to answer
    return page(
        request,
        "plans/decide.html",
        plan=shown,
        form=form,
        waits=waits,
        steps=steps,
        **held,
        **plan_in_words(shown, needs=needs),
    )


def _held_against(shown: Plan, needs: Sequence[Need], steps: Sequence[PlanStep]) -> dict[str, Any]:
    """Give what a waiting plan is held against: its checks, what changed since, and whether it is the panel's."""
    figures = figures_of(plan=shown, needs=needs, on=timezone.localdate())
    then = figures_in(steps) if shown.state != PlanState.SUBMITTED else None
    limit = figures["panel_limit_weekly_pence"]
    is_above = limit is not None and not is_within(
        weekly_pence=figures["weekly_pence"],
        one_off_pence=figures["one_off_pence"],
        limit_weekly_pence=limit,
    )
    return {
        "checks": checks_of(plan=shown, needs=needs, figures=figures),
        "changed": what_changed(then, figures) if then else [],
        "is_for_panel": shown.state == PlanState.MANAGER and is_above,
    }


@require_POST
def give(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give an agreed plan to whom it is of."""
    shown = get_object_or_404(plans_of(request).filter(person__lead_professional=request.user), pk=pk)
    try:
        actions.give_plan(plan=shown, by=request.user, at=timezone.now())
    except actions.UnableToPlan as refusal:
        return page(request, "plans/cannot_give.html", status=409, plan=shown, refusal=str(refusal))
    return redirect("plans:plan", pk=pk)


def _decided_by(request: SignedIn) -> PlanQuerySet:
    """Give the plans whoever asks may ever decide on: of whom they lead, and as a manager all of their council."""
    managed = [role.council_id for role in request.user.roles.all() if role.kind == RoleKind.MANAGER]
    return plans_of(request).filter(
        Q(person__lead_professional=request.user) | Q(person__council__in=managed)
    )


def _waits_for(shown: Plan, request: SignedIn) -> bool:
    """Tell whether it is this one's turn."""
    if shown.state == PlanState.SUBMITTED:
        return shown.person.lead_professional_id == request.user.pk
    is_manager = request.user.has_role(RoleKind.MANAGER, council_id=shown.person.council_id)
    return is_manager and shown.state in (PlanState.MANAGER, PlanState.PANEL)


def _decide(form: PlanWordForm, shown: Plan, request: SignedIn) -> None:
    """Say what was answered."""
    reason = form.cleaned_data["reason"]
    if form.said == AGREE:
        actions.agree_plan(plan=shown, by=request.user, at=timezone.now(), reason=reason)
    elif form.said == PANEL:
        actions.put_to_panel(plan=shown, reason=reason, by=request.user, at=timezone.now())
    else:
        actions.send_back_plan(plan=shown, reason=reason, by=request.user, at=timezone.now())
