"""The members' word on somebody who asks to join: yes, or no with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clusters import actions
from clusters.forms import MembersWordForm
from clusters.models import Membership
from clusters.queries import asking_to_join
from commonpurse.pages import SignedIn, page


@require_http_methods(["GET", "POST"])
def admit(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show a member who asks to join, and take the members' word. What is put in is nobody's business."""
    asked = get_object_or_404(asking_to_join(person=request.whose_page()), pk=pk)
    form = MembersWordForm(request.POST or None)
    if form.is_valid():
        try:
            _decide(form, asked, request)
        except actions.UnableToJoin as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. %(person)s can read your answer.") % {"person": asked.person})
            return redirect("reports:my-money")
    return page(request, "clusters/admit.html", asked=asked, form=form)


def _decide(form: MembersWordForm, asked: Membership, request: SignedIn) -> None:
    """Say yes or no, as the form was answered."""
    if form.is_agreed:
        actions.members_agree(membership=asked, by=request.user, at=timezone.now())
    else:
        reason = form.cleaned_data["reason"]
        actions.members_decline(membership=asked, reason=reason, by=request.user, at=timezone.now())
