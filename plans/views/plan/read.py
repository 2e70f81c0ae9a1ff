"""Reading a care and support plan, its versions, and what differs between them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from people.models import Part, Person, RoleKind
from people.queries import leads
from plans.actions import may_write
from plans.models import Plan, PlanKind, PlanQuerySet, PlanState
from plans.queries import (
    carers_of,
    difference_between,
    earlier_of,
    onward_of,
    plan_in_words,
    steps_of,
)
from plans.views.plan.files import file_of


def plans_of(request: SignedIn) -> PlanQuerySet:
    """Give the plans whoever asks may see, each with whom it is of and who decided."""
    plans = Plan.objects.visible_to(request.user)
    return plans.select_related("person__council", "person__lead_professional", "carer", "agreed_by")


@require_GET
def plan(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a plan: what matters, what is needed and who helps, the week, what if, and when it is looked at again."""
    shown = get_object_or_404(plans_of(request), pk=pk)
    request.shows(shown.person, Part.PLAN)
    is_lead = leads(request.user, shown.person)
    is_mine = shown.carer == request.user or (not shown.carer and request.is_own(shown.person))
    return page(
        request,
        "plans/plan.html",
        plan=shown,
        is_mine=is_mine,
        is_lead=is_lead,
        may_decide=(is_lead and shown.state == PlanState.SUBMITTED) or _is_managers(request, shown),
        may_write=is_lead and may_write(shown, request.user),
        may_give=is_lead and shown.state == PlanState.AGREED and shown.given_at is None,
        steps=steps_of(plan=shown),
        onward=onward_of(plan=shown, user=request.user, on=timezone.localdate()),
        has_earlier=shown.version > 1,
        file=file_of(shown, request),
        **plan_in_words(shown),
    )


def _is_managers(request: SignedIn, shown: Plan) -> bool:
    """Tell whether a team manager reads what waits for one."""
    waits = shown.state in (PlanState.MANAGER, PlanState.PANEL)
    return waits and request.user.has_role(RoleKind.MANAGER, council_id=shown.person.council_id)


@require_GET
def versions(request: SignedIn, person: UUID) -> HttpResponse:
    """Show a professional every version of somebody's plans, and where the next one begins."""
    led = get_object_or_404(
        Person.objects.visible_to(request.user).filter(lead_professional=request.user), pk=person
    )
    request.shows(led, Part.PLAN)
    found = list(plans_of(request).filter(person=led).order_by("kind", "-version"))
    return page(
        request,
        "plans/versions.html",
        person=led,
        adult=[one for one in found if one.kind == PlanKind.ADULT],
        carers=[
            (carer, [one for one in found if one.carer_id == carer.pk])
            for carer in carers_of(person=led, on=timezone.localdate())
        ],
    )


@require_GET
def changes(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what differs from the version before: needs added, taken out and changed, costs, words."""
    shown = get_object_or_404(plans_of(request), pk=pk)
    request.shows(shown.person, Part.PLAN)
    earlier = earlier_of(plan=shown)
    return page(
        request,
        "plans/changes.html",
        plan=shown,
        earlier=earlier,
        difference=difference_between(earlier, shown) if earlier else None,
        is_mine=shown.carer == request.user or (not shown.carer and request.is_own(shown.person)),
    )
