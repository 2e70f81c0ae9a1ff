"""A person's (or carer's) own pages: answer the questions, see how the budget was worked out, do not agree."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.autosave import Saved, insisted_in, is_autosave, saved_part, seen_in
from commonpurse.pages import SignedIn, page, settings_in_use
from people.models import Part
from people.queries import leads
from people.rules.words import day_words
from plans.actions import Writing
from plans.actions.assessment import UnableToAssess, UnableToChallenge, answer_own, make_challenge
from plans.actions.assessment.write import stands_in
from plans.forms.assessment import AnswersForm, ChallengeForm
from plans.models import Assessment, ByWhom, IndicativeBudget, IndicativeLine
from plans.queries.assessment import agreed_plan_of, answer_owed_by, asked_in, how_worked_out
from plans.views.assessment.write import first_error


@require_http_methods(["GET", "POST"])
def answers(request: SignedIn, pk: UUID) -> HttpResponse:
    """Answer the questions of one's assessment in one's own words. It saves itself."""
    shown = get_object_or_404(_own(request), pk=pk)
    request.shows(shown.person, Part.ASSESSMENT)
    likes = settings_in_use(request)
    questions = asked_in(shown)
    form = AnswersForm(
        request.POST if request.method == "POST" else None,
        initial=stands_in(shown),
        questions=questions,
        sides={ByWhom.OWN: {question.pk for question in questions}},
        is_own=True,
        is_easy=bool(likes and likes.is_easy),
    )
    saved = Saved(number=shown.edits, at=timezone.localtime(shown.saved_at) if shown.saved_at else None)
    if request.method == "POST":
        saved = _save(request, shown, form)
        if is_autosave(request):
            return saved_part(request, saved)
        if not saved.clashes and not saved.refusal:
            messages.success(request, _("Saved. You can come back and change it until we finish."))
            return redirect("plans:own-answers", pk=pk)
    return page(
        request, "plans/assessment/answers.html", assessment=shown, form=form, rows=form.rows(), saved=saved
    )


@require_GET
def how(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show how a budget was worked out: question, answer, points, pounds, line by line."""
    shown = get_object_or_404(
        Assessment.objects.visible_to(request.user).select_related("person__lead_professional", "carer"),
        pk=pk,
    )
    request.shows(shown.person, Part.ASSESSMENT)
    return page(
        request,
        "plans/assessment/how.html",
        assessment=shown,
        person=shown.person,
        how=how_worked_out(shown),
        plan=agreed_plan_of(shown),
        on=timezone.localdate(),
        is_own=_own(request).filter(pk=pk).exists(),
        is_led=leads(request.user, shown.person),
    )


@require_http_methods(["GET", "POST"])
def challenge_line(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that one does not agree with one line."""
    lines = IndicativeLine.objects.filter(indicative__assessment__in=_own(request))
    whole = lines.select_related(
        "question",
        "option",
        "indicative__assessment__person__lead_professional",
        "indicative__assessment__person__council",
    )
    line = get_object_or_404(whole, pk=pk)
    return _challenge(request, line.indicative, line)


@require_http_methods(["GET", "POST"])
def challenge_whole(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that one does not agree with all of it, or with something that no line says."""
    budgets = IndicativeBudget.objects.filter(assessment__in=_own(request))
    return _challenge(
        request,
        get_object_or_404(
            budgets.select_related("assessment__person__lead_professional", "assessment__person__council"),
            pk=pk,
        ),
        None,
    )


def _own(request: SignedIn) -> QuerySet[Assessment]:
    """Give the assessments in which whoever asks speaks for themselves, or for somebody they help."""
    return Assessment.objects.answered_by(request.user).select_related(
        "person__lead_professional", "person__council", "carer", "version"
    )


def _save(request: SignedIn, shown: Assessment, form: AnswersForm) -> Saved:
    at = timezone.now()
    if not form.is_valid():
        return Saved(number=seen_in(request), refusal=first_error(form))
    writing = Writing(
        sent=form.sent(), seen=seen_in(request), insist=insisted_in(request), labels=form.labels()
    )
    try:
        kept = answer_own(
            assessment=shown, writing=writing, by=request.user, on=timezone.localdate(at), at=at
        )
    except UnableToAssess as refusal:
        return Saved(number=seen_in(request), refusal=str(refusal))
    return Saved(number=kept.seen, at=timezone.localtime(at), clashes=kept.clashes)


def _challenge(request: SignedIn, indicative: IndicativeBudget, line: IndicativeLine | None) -> HttpResponse:
    form = ChallengeForm(request.POST or None)
    assessment = indicative.assessment
    request.shows(assessment.person, Part.ASSESSMENT)
    if form.is_valid():
        at = timezone.now()
        try:
            made = make_challenge(
                indicative=indicative,
                question=line.question if line else None,
                words=form.cleaned_data["words"],
                by=request.user,
                on=timezone.localdate(at),
                at=at,
            )
        except UnableToChallenge as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("We have written it down. You get an answer by %(day)s.")
            messages.success(request, words % {"day": day_words(made.due_date)})
            place = f"line-{line.question_id}" if line else "all-of-it"
            return redirect(f"{reverse('plans:how', args=[assessment.pk])}#{place}")
    return page(
        request,
        "plans/assessment/challenge.html",
        assessment=assessment,
        person=assessment.person,
        due_date=answer_owed_by(council=assessment.person.council, on=timezone.localdate()),
        line=line,
        form=form,
    )
