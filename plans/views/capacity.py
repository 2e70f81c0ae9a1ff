"""What a person can decide themselves, and what was decided for them: they read it, their professional writes it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from people.models import CapacityRecord, Part, Person
from plans.actions.answers_owed import UnableToChallenge
from plans.actions.capacity import (
    UnableToJudge,
    answer_about_capacity,
    challenge_capacity,
    decide_for,
    may_challenge,
    record_capacity,
)
from plans.forms.assessment import ChallengeForm
from plans.forms.capacity import AnswerCapacityForm, BestInterestForm, CapacityForm
from plans.models import ChallengeOutcome
from plans.queries.capacity import capacity_of, challenges_of, may_judge, people_to_judge, who_decides


@require_GET
def capacity(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show what a person can and cannot decide, what was decided for them, and who does not agree."""
    person, today = _person(request, pk), timezone.localdate()
    return page(
        request,
        "plans/capacity/capacity.html",
        person=person,
        is_mine=person == request.whose_page(),
        records=capacity_of(person=person),
        on=today,
        may_judge=may_judge(request.user, person),
        may_challenge=may_challenge(request.user, person, on=today),
    )


@require_http_methods(["GET", "POST"])
def record(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write down whether a person can make a decision themselves."""
    return _record(request, _judged(request, pk), None)


@require_http_methods(["GET", "POST"])
def look_again(request: SignedIn, pk: UUID) -> HttpResponse:
    """Look again whether a person can make a decision themselves."""
    before = get_object_or_404(CapacityRecord.objects.standing(), pk=pk)
    return _record(request, _judged(request, before.person_id), before)


@require_http_methods(["GET", "POST"])
def decide(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write down what was decided in the best interests of somebody who cannot decide it."""
    lacking = get_object_or_404(CapacityRecord.objects.lacking(), pk=pk)
    person, now = _judged(request, lacking.person_id), timezone.now()
    today = timezone.localdate(now)
    form = BestInterestForm(
        request.POST or None, today=today, acting=list(who_decides(person=person, on=today))
    )
    if form.is_valid():
        try:
            decide_for(capacity=lacking, made=form.made(), by=request.user, on=today, at=now)
        except UnableToJudge as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Written down. They are told, and can read it.")
            return redirect("plans:capacity", person.pk)
    return page(request, "plans/assess/decide_for.html", person=person, record=lacking, form=form)


@require_http_methods(["GET", "POST"])
def disagree(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that one does not agree with what was written down, or decided."""
    found = get_object_or_404(CapacityRecord.objects.visible_to(request.user), pk=pk)
    person, now = _person(request, found.person_id), timezone.now()
    today = timezone.localdate(now)
    if not may_challenge(request.user, person, on=today):
        raise Http404
    form = ChallengeForm(request.POST or None)
    if form.is_valid():
        try:
            challenge_capacity(
                capacity=found, words=form.cleaned_data["words"], by=request.user, on=today, at=now
            )
        except UnableToChallenge as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sent. You get an answer with reasons."))
            return redirect("plans:capacity", person.pk)
    return page(request, "plans/capacity/disagree.html", person=person, record=found, form=form)


@require_http_methods(["GET", "POST"])
def answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Answer somebody who does not agree, with the reasons."""
    shown = get_object_or_404(challenges_of(user=request.user), pk=pk)
    person = shown.capacity.person
    request.shows(person, Part.ASSESSMENT)
    form = AnswerCapacityForm(request.POST or None)
    if form.is_valid():
        at = timezone.now()
        try:
            answer_about_capacity(
                challenge=shown,
                outcome=ChallengeOutcome(form.cleaned_data["outcome"]),
                answer=form.cleaned_data["answer"],
                by=request.user,
                on=timezone.localdate(at),
                at=at,
            )
        except UnableToChallenge as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Written down. They are told, and can read it.")
            return redirect("plans:capacity", person.pk)
    return page(request, "plans/assess/answer_capacity.html", challenge=shown, person=person, form=form)


def _record(request: SignedIn, person: Person, before: CapacityRecord | None) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    form = CapacityForm(request.POST or None, today=today, again=before)
    if form.is_valid():
        try:
            record_capacity(
                person=person, judged=form.judged(), by=request.user, on=today, at=now, again=before
            )
        except UnableToJudge as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Written down. They are told, and can read it.")
            return redirect("plans:capacity", person.pk)
    return page(request, "plans/assess/capacity.html", person=person, before=before, form=form)


def _person(request: SignedIn, pk: UUID) -> Person:
    """Give a person whose record is one's business; anybody else is not there."""
    person = get_object_or_404(people_to_judge(request.user), pk=pk)
    request.shows(person, Part.ASSESSMENT)
    return person


def _judged(request: SignedIn, pk: UUID) -> Person:
    person = _person(request, pk)
    if not may_judge(request.user, person):
        raise Http404
    return person
