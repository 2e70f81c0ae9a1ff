"""What people do not agree with in what they pay: finance's list of it, and the answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from budgets.actions import may_assess
from budgets.actions.challenge import answer_contribution, may_answer_challenge
from budgets.forms.challenge import AnswerForm
from budgets.models import ContributionChallenge
from budgets.models.challenge import ANSWERING
from budgets.queries.challenges import assessed_since, to_answer
from budgets.queries.working import line_words, working_of
from commonpurse.pages import SignedIn, page
from people.models import Part
from plans.actions.assessment import UnableToChallenge


@require_GET
def challenges(request: SignedIn) -> HttpResponse:
    """List what people do not agree with and finance has to answer, by the day it is owed."""
    if not any(request.user.has_role(kind) for kind in ANSWERING):
        raise Http404
    on = timezone.localdate()
    return page(request, "budgets/pay/challenges.html", found=to_answer(user=request.user, on=on), on=on)


@require_http_methods(["GET", "POST"])
def answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Answer somebody who does not agree with what they pay: it stays, or what was worked out anew counts."""
    mine = ContributionChallenge.objects.answered_in(request.user).select_related(
        "assessment__person__council",
        "assessment__person__lead_professional",
        "assessment__assessed_by",
        "owner",
        "answered_by",
    )
    shown = get_object_or_404(mine, pk=pk)
    assessment = shown.assessment
    request.shows(assessment.person, Part.BUDGET)
    form, now = AnswerForm(request.POST or None), timezone.now()
    if form.is_valid():
        said = form.cleaned_data
        try:
            answer_contribution(challenge=shown, **said, by=request.user, on=timezone.localdate(now), at=now)
        except UnableToChallenge as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. They have been told.")
            return redirect("budgets:challenges")
    return page(
        request,
        "budgets/pay/answer_challenge.html",
        challenge=shown,
        assessment=assessment,
        person=assessment.person,
        line=line_words(shown.step, assessment.allowance) if shown.step else "",
        lines=working_of(assessment),
        anew=assessed_since(shown),
        may_answer=may_answer_challenge(request.user, shown),
        may_assess=may_assess(request.user, assessment.person),
        form=form,
    )
