"""The professional's answer to somebody who does not agree with how their budget was worked out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonpurse.pages import SignedIn, page
from people.models import Part
from plans.actions.assessment import UnableToChallenge, answer_challenge
from plans.forms.assessment import AnswerChallengeForm
from plans.models import Challenge, ChallengeOutcome
from plans.queries.assessment import how_worked_out


@require_http_methods(["GET", "POST"])
def challenge(request: SignedIn, pk: UUID) -> HttpResponse:
    """Answer a challenge, with the reasons; upheld, the budget is worked out anew."""
    shown = get_object_or_404(
        Challenge.objects.led_by(request.user).select_related(
            "question", "indicative__assessment__person__lead_professional", "indicative__assessment__carer"
        ),
        pk=pk,
    )
    assessment = shown.indicative.assessment
    request.shows(assessment.person, Part.ASSESSMENT)
    found = how_worked_out(assessment)
    line = (
        next((one for one in found.lines if one.line.question_id == shown.question_id), None)
        if found
        else None
    )
    options = list(shown.question.options.order_by("position")) if shown.question else []
    initial = {"option": line.line.own_option_id} if line else {}
    form = AnswerChallengeForm(request.POST or None, options=options, initial=initial)
    if form.is_valid():
        at = timezone.now()
        try:
            answer_challenge(
                challenge=shown,
                outcome=ChallengeOutcome(form.cleaned_data["outcome"]),
                answer=form.cleaned_data["answer"],
                option=form.chosen,
                by=request.user,
                on=timezone.localdate(at),
                at=at,
            )
        except UnableToChallenge as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. They have been told.")
            return redirect("plans:how", pk=assessment.pk)
    return page(
        request,
        "plans/assess/challenge.html",
        challenge=shown,
        assessment=assessment,
        person=assessment.person,
        line=line,
        form=form,
    )
