"""The professional's word on a pooling: what it means for the person's plan and money, then yes or no."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clusters import actions
from clusters.forms import PlanAgreementForm
from clusters.models import AskedAgain, ClusterState, Membership, MembershipState, PlanAgreement
from clusters.queries import agreement_in_force, money_in_pool, offers_from
from clusters.queries.agreement import IS_SIGNED
from clusters.queries.lines import lines_of
from commonpurse.pages import SignedIn, page
from people.models import Part
from plans.models import Plan, PlanState

STANDS = (ClusterState.AGREED, ClusterState.ACTIVE)


@require_http_methods(["GET", "POST"])
def agree_plan(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show one pooling beside the plan; agree with a note, or send it back with a reason the person reads."""
    membership = get_object_or_404(
        Membership.objects.visible_to(request.user)
        .filter(person__lead_professional=request.user)
        .select_related("person", "cluster__council")
        .annotate(is_signed=IS_SIGNED),
        pk=pk,
    )
    request.shows(membership.person, Part.PLAN, Part.CLUSTERS)
    today, plan = timezone.localdate(), _agreed_plan(membership)
    has_joined = membership.joined_date is not None
    offered = {} if has_joined else _offered(membership)
    asked_again = _asked_again(membership) if has_joined else []  # only what a member changes is asked again
    waits = membership.state == MembershipState.MEMBERS_AGREED or bool(asked_again)
    is_signed = membership.is_signed  # type: ignore[attr-defined]  # asked along above
    form = PlanAgreementForm(
        request.POST or None,
        plan=plan,
        today=today,
        goes=membership.left_date is not None,
        can_begin=not has_joined and membership.cluster.state in STANDS and is_signed,
    )
    if plan is not None and form.is_valid():
        try:
            _decide(form, membership, plan, request)
        except actions.UnableToAgreePlan as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("clusters:agree-plan", pk=pk)
    agreement = agreement_in_force(cluster=membership.cluster)
    return page(
        request,
        "clusters/agree_plan.html",
        membership=membership,
        waits=waits,
        asked_again=asked_again,
        in_pool=money_in_pool(membership=membership) if has_joined else [],
        decision=None if waits else _decision(membership),
        plan=plan,
        offers=offers_from(person=membership.person, offered=offered, on=today) if offered else [],
        has_offer=bool(offered),
        lines=lines_of(agreement) if agreement else {},
        form=form,
    )


def _decide(form: PlanAgreementForm, membership: Membership, plan: Plan, request: SignedIn) -> None:
    """Say yes or no, as the form was answered."""
    by, at = request.user, timezone.now()
    if form.is_agreed:
        actions.agree_plan(membership=membership, plan=plan, by=by, at=at, **form.terms())
    else:
        actions.decline_plan(membership=membership, plan=plan, note=form.cleaned_data["note"], by=by, at=at)


def _agreed_plan(membership: Membership) -> Plan | None:
    """Give the person's newest agreed plan with its needs; pooling stands on nothing less."""
    agreed = membership.person.plans.of_adults().filter(state=PlanState.AGREED).order_by("-version")
    return agreed.prefetch_related("needs").first()


def _asked_again(membership: Membership) -> list[AskedAgain]:
    """Give what was asked again of the professional and waits for an answer."""
    return list(membership.asked_again.filter(answer__isnull=True).order_by("asked_at"))


def _decision(membership: Membership) -> PlanAgreement | None:
    """Give the professional's newest word."""
    return membership.plan_agreements.select_related("need", "decided_by").order_by("-decided_at").first()


def _offered(membership: Membership) -> dict[str, int]:
    """Give what they offered, in pence by stream code."""
    return dict(membership.proposed_pledges.values_list("stream__code", "amount_pence"))
