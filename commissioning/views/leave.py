"""Leaving a cluster: the figure first, how it is made up, what is waited for; then the button."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clusters.models import Membership, MembershipState
from clusters.queries import agreement_in_force, newest_time_in
from commissioning.actions.leave import UnableToLeave
from commissioning.actions.leave import leave as leave_for_good
from commissioning.forms.leave import LeaveForm
from commissioning.queries.leaving import days_to_leave, exit_preview
from commissioning.queries.left import account_of_exit
from commonpurse.pages import SignedIn, page


@require_http_methods(["GET", "POST"])
def leave(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what somebody takes with them if they leave on a day they choose, and let them leave by one button."""
    membership, today = _membership(request, pk), timezone.localdate()
    if membership.state != MembershipState.ACTIVE:
        account = account_of_exit(membership=membership, on=today)
        return page(request, "commissioning/left.html", membership=membership, account=account)
    agreement = agreement_in_force(cluster=membership.cluster)
    days = days_to_leave(membership=membership, agreement=agreement, on=today)
    form = LeaveForm(request.POST or None, first=days.first, last=days.last)
    if form.is_valid() and form.is_sure:
        try:
            leave_for_good(membership=membership, on=form.chosen, by=request.user, at=timezone.now())
        except UnableToLeave as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("commissioning:leave", pk=pk)
    return page(
        request,
        "commissioning/leave.html",
        membership=membership,
        form=form,
        preview=exit_preview(membership=membership, on=form.chosen),
        agreement=agreement,
    )


def _membership(request: SignedIn, pk: UUID) -> Membership:
    """Give the newest time in this cluster of the person whose page this is; there is none for a stranger."""
    person = request.whose_page()
    found = newest_time_in(cluster=pk, person=person) if person is not None else None
    if found is None:
        raise Http404
    return found
