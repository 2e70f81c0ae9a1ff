"""The professional's pages of an assessment: begin, write as you type, finish."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonpurse.autosave import Saved, insisted_in, is_autosave, saved_part, seen_in
from commonpurse.pages import SignedIn, page
from people.models import CarerConsent, FirstContact, Part, Person, User
from plans.actions import Writing
from plans.actions.assessment import (
    FirstWords,
    UnableToAssess,
    begin_assessment,
    finish_assessment,
    renew_questions,
    write_assessment,
)
from plans.actions.assessment.write import FACTS, stands_in
from plans.forms.assessment import AnswersForm, FindingsForm, FirstForm
from plans.models import Assessment, ByWhom, RasKind, RasQuestion
from plans.queries import ras_on
from plans.queries.allocation import consents_for
from plans.queries.assessment import (
    QUESTIONS_A_PAGE,
    answered_themselves,
    asked_in,
    assessments_of,
    how_worked_out,
)

FIRST = 1


@require_POST
def begin(request: SignedIn, pk: UUID) -> HttpResponse:
    """Begin to assess one of one's people, or somebody who cares for them; what is known is carried over."""
    person = get_object_or_404(_led(request), pk=pk)
    carer = _carer(person, request.POST.get("carer", ""))
    try:
        assessment = begin_assessment(
            person=person,
            first=_known(person, carer),
            carer=carer,
            by=request.user,
            on=timezone.localdate(),
            at=timezone.now(),
        )
    except UnableToAssess as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:person", pk=pk)
    return redirect("plans:write-assessment", pk=assessment.pk, step=FIRST)


@require_GET
def assessment(request: SignedIn, pk: UUID) -> HttpResponse:
    """Lead on to where an assessment stands: its first page while it is written, else what it came to."""
    shown = get_object_or_404(_assessments(request), pk=pk)
    if shown.is_written:
        return redirect("plans:write-assessment", pk=pk, step=FIRST)
    return redirect("plans:how", pk=pk)


@require_http_methods(["GET", "POST"])
def write(request: SignedIn, pk: UUID, step: int) -> HttpResponse:
    """Write one page of an assessment: the first conversation, then some questions a page. It saves itself."""
    shown = get_object_or_404(_assessments(request), pk=pk)
    request.shows(shown.person, Part.ASSESSMENT)
    questions = asked_in(shown)
    last = FIRST + -(-len(questions) // QUESTIONS_A_PAGE)
    step = min(max(step, FIRST), last)
    own = answered_themselves(shown)
    here = questions[(step - FIRST - 1) * QUESTIONS_A_PAGE :][:QUESTIONS_A_PAGE] if step > FIRST else []
    form = _form(request, shown, here, own=set(own))
    saved = Saved(number=shown.edits, at=_local(shown.saved_at))
    if request.method == "POST":
        saved = _save(request, shown, form)
        if is_autosave(request):
            return saved_part(request, saved)
        if not saved.clashes and not saved.refusal:
            return _on(pk, step, last)
    template = "plans/assess/first.html" if step == FIRST else "plans/assess/questions.html"
    return page(
        request,
        template,
        assessment=shown,
        person=shown.person,
        form=form,
        rows=[(row, own.get(row.question.pk)) for row in form.rows()]
        if isinstance(form, AnswersForm)
        else [],
        saved=saved,
        step=step,
        last=last + 1,
    )


@require_http_methods(["GET", "POST"])
def finish(request: SignedIn, pk: UUID) -> HttpResponse:
    """Finish an assessment: say what was found, and show what it comes to."""
    shown = get_object_or_404(_assessments(request), pk=pk)
    request.shows(shown.person, Part.ASSESSMENT)
    today = timezone.localdate()
    consents = consents_for(person=shown.person, on=today) if shown.kind == RasKind.ADULT else []
    form = FindingsForm(request.POST or None, kind=shown.kind, consents=consents, initial=_found(shown))
    if form.is_valid():
        try:
            finish_assessment(
                assessment=shown, findings=form.findings(), by=request.user, on=today, at=timezone.now()
            )
        except UnableToAssess as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("plans:how", pk=pk)
    questions = asked_in(shown)
    return page(
        request,
        "plans/assess/finish.html",
        assessment=shown,
        person=shown.person,
        form=form,
        rows=_compared(shown, questions),
        consents=consents,
        has_new_questions=_has_new_questions(shown, today),
        before=how_worked_out(shown),
        last=FIRST + -(-len(questions) // QUESTIONS_A_PAGE),
    )


@require_POST
def renew(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take an assessment on to the questions that the council asks now."""
    shown = get_object_or_404(_assessments(request), pk=pk)
    try:
        renew_questions(assessment=shown, by=request.user, on=timezone.localdate(), at=timezone.now())
    except UnableToAssess as refusal:
        messages.error(request, str(refusal))
    return redirect("plans:assessment", pk=pk)


def _has_new_questions(shown: Assessment, today: date) -> bool:
    """Tell whether the council asks other questions by now than this assessment does."""
    version = ras_on(council=shown.person.council, kind=shown.kind, on=today)
    return version is not None and version != shown.version


def _led(request: SignedIn) -> QuerySet[Person]:
    return Person.objects.visible_to(request.user).filter(lead_professional=request.user)


def _assessments(request: SignedIn) -> QuerySet[Assessment]:
    """Give the assessments of the people one leads."""
    return Assessment.objects.filter(person__in=_led(request)).select_related(
        "person__lead_professional", "person__council", "version", "carer"
    )


def _carer(person: Person, ref: str) -> User | None:
    """Give the carer whom it is about, of those who are known as this person's; none: it is about the person."""
    if not ref:
        return None
    known = CarerConsent.objects.filter(person=person).values("carer")
    helping = person.authorities.filter(kind="carer").values("helper")
    carers = User.objects.filter(pk__in=known) | User.objects.filter(pk__in=helping)
    return get_object_or_404(carers.distinct(), pk=ref)


def _known(person: Person, carer: User | None) -> FirstWords:
    """
    Give what the last assessment of the same knew, so that nobody is asked twice; else what was said first.

    What somebody wrote in their plan since then is what matters to them. What a person said is not put into the mouth
    of their carer.
    """
    last = next((one for one in assessments_of(person) if one.carer == carer), None)
    if last is not None:
        known = FirstWords(**{fact: getattr(last, fact) for fact in FACTS})
    else:
        known = _said_first(person) if carer is None else FirstWords()
    if carer is not None:
        return known
    plan = person.plans.of_adults().order_by("-version").first()
    is_newer = plan is not None and (last is None or plan.pk > last.pk)  # ids are in the order of time
    return replace(known, what_matters=plan.outcomes) if plan and is_newer and plan.outcomes else known


def _said_first(person: Person) -> FirstWords:
    """Give what was said in the first conversation; nothing where nobody wrote it down."""
    said = FirstContact.objects.filter(person=person).first()
    if said is None:
        return FirstWords()
    return FirstWords(
        what_matters=said.words,
        language=said.language,
        communication=said.communication,
        contact=said.contact,
    )


def _form(
    request: SignedIn, shown: Assessment, questions: list[RasQuestion], *, own: set[UUID]
) -> FirstForm | AnswersForm:
    stands, sent = stands_in(shown), request.POST if request.method == "POST" else None
    if not questions:
        return FirstForm(sent, initial=stands)
    ids = {question.pk for question in questions}
    return AnswersForm(
        sent,
        initial=stands,
        questions=questions,
        sides={ByWhom.PROFESSIONAL: ids, ByWhom.OWN: ids - own},
    )


def _save(request: SignedIn, shown: Assessment, form: FirstForm | AnswersForm) -> Saved:
    """Keep what was sent, and say how it stands."""
    at = timezone.now()
    if not form.is_valid():
        return Saved(number=seen_in(request), refusal=first_error(form))
    writing = Writing(
        sent=form.sent(), seen=seen_in(request), insist=insisted_in(request), labels=form.labels()
    )
    try:
        kept = write_assessment(
            assessment=shown, writing=writing, by=request.user, on=timezone.localdate(at), at=at
        )
    except UnableToAssess as refusal:
        return Saved(number=seen_in(request), refusal=str(refusal))
    return Saved(number=kept.seen, at=_local(at), clashes=kept.clashes)


def first_error(form: Any) -> str:
    """Give the first thing that has to be put right in a form."""
    return str(next(iter(form.errors.values()))[0])


def _on(pk: UUID, step: int, last: int) -> HttpResponse:
    if step < last:
        return redirect("plans:write-assessment", pk=pk, step=step + 1)
    return redirect("plans:finish-assessment", pk=pk)


def _local(at: datetime | None) -> datetime | None:
    return timezone.localtime(at) if at else None


def _found(shown: Assessment) -> dict[str, str]:
    """Give what was found the last time, where it was finished before."""
    words = {True: "yes", False: "no"}
    return {
        name: words[value]
        for name, value in (("is_from_condition", shown.is_from_condition), ("has_impact", shown.has_impact))
        if value is not None
    }


def _compared(shown: Assessment, questions: list[RasQuestion]) -> list[tuple[RasQuestion, Any, Any]]:
    """Give every question with both answers side by side."""
    answers = {(one.question_id, one.by_whom): one.option for one in shown.answers.select_related("option")}
    return [
        (question, answers.get((question.pk, ByWhom.OWN)), answers.get((question.pk, ByWhom.PROFESSIONAL)))
        for question in questions
    ]
