"""A commissioner puts a cluster on hold, or lets it go on."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clusters import actions
from clusters.forms import HoldForm
from clusters.models import Cluster, ClusterState
from commonpurse.pages import SignedIn, page
from people.models import RoleKind


@require_http_methods(["GET", "POST"])
def hold(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask why, and take the one step that fits: hold it still, or let it go on."""
    cluster = get_object_or_404(Cluster.objects.visible_to(request.user).select_related("council"), pk=pk)
    if not request.user.has_role(RoleKind.COMMISSIONER, council_id=cluster.council_id):
        raise Http404
    is_held = cluster.state == ClusterState.FROZEN
    step = actions.unfreeze_cluster if is_held else actions.freeze_cluster
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            step(cluster=cluster, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except actions.UnableToChangeState as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. Every member is told.")
            return redirect("clusters:hold", pk=pk)
    return page(
        request,
        "clusters/hold.html",
        cluster=cluster,
        is_held=is_held,
        may_change=cluster.state in (ClusterState.ACTIVE, ClusterState.FROZEN),
        events=cluster.events.order_by("-happened_at"),
        form=form,
    )
