"""Saying one's side of a question that is about oneself."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clusters.actions.be_heard import UnableToBeHeard, be_heard
from clusters.forms.heard import HeardForm
from clusters.models import Decision, DecisionKind, DecisionState
from clusters.queries import agreement_in_force
from commonpurse.pages import SignedIn, page


@require_http_methods(["GET", "POST"])
def heard(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show the question, what the agreement says, and take what the member says to it."""
    decision = _about_me(request, pk)
    said = decision.hearings.order_by("-pk").first()
    form = HeardForm(request.POST or None, initial={"words": said.words if said else ""})
    if form.is_valid():
        try:
            be_heard(decision=decision, words=form.cleaned_data["words"], by=request.user, at=timezone.now())
        except UnableToBeHeard as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("clusters:decision", pk=pk)
    return page(
        request,
        "clusters/decisions/heard.html",
        decision=decision,
        is_open=decision.state == DecisionState.OPEN,
        agreement=agreement_in_force(cluster=decision.cluster),
        form=form,
    )


def _about_me(request: SignedIn, pk: UUID) -> Decision:
    """Give the decision about the person whose page this is; any other is not there."""
    person = request.whose_page()
    if person is None:
        raise Http404
    mine = person.memberships.values("pk")
    found = (
        Decision.objects.filter(pk=pk, kind=DecisionKind.REMOVE, subject_id__in=mine)
        .select_related("cluster__council")
        .first()
    )
    if found is None:
        raise Http404
    return found
