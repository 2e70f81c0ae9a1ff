"""Reading a care and support plan, and the professional's word on one that was handed in."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from people.queries import leads
from plans import actions
from plans.forms import PlanWordForm
from plans.models import Plan, PlanState


@require_GET
def plan(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a plan in the person's own words: what matters to them, what they need, and who helps with it."""
    shown = get_object_or_404(_plans(request), pk=pk)
    is_decider = leads(request.user, shown.person)
    return page(
        request,
        "plans/plan.html",
        plan=shown,
        needs=shown.needs.order_by("pk"),
        is_mine=shown.person == request.whose_page(),
        may_decide=is_decider and shown.state == PlanState.SUBMITTED,
    )


@require_http_methods(["GET", "POST"])
def decide(request: SignedIn, pk: UUID) -> HttpResponse:
    """Agree a plan that was handed in, or send it back with a reason the person reads."""
    shown = get_object_or_404(_plans(request).filter(person__lead_professional=request.user), pk=pk)
    form = PlanWordForm(request.POST or None)
    if form.is_valid():
        try:
            _decide(form, shown, request)
        except actions.UnableToPlan as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("plans:plan", pk=pk)
    elif shown.state != PlanState.SUBMITTED:
        form = PlanWordForm()  # nothing is asked any more, so nothing is left to answer
    return page(request, "plans/decide.html", plan=shown, needs=shown.needs.order_by("pk"), form=form)


def _plans(request: SignedIn) -> QuerySet[Plan]:
    plans = Plan.objects.visible_to(request.user)
    return plans.select_related("person__lead_professional", "agreed_by")


def _decide(form: PlanWordForm, shown: Plan, request: SignedIn) -> None:
    """Say yes or no, as the form was answered."""
    if form.is_agreed:
        actions.agree_plan(plan=shown, by=request.user, at=timezone.now())
    else:
        actions.send_back_plan(plan=shown, reason=form.cleaned_data["reason"], by=request.user)
