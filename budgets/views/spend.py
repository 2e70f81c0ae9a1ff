"""What people spend: writing it down, asking first, and what the council answers."""

from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.actions.family import end_necessary, find_necessary
from budgets.actions.question import UnableToAskOrAnswer, answer_question, ask_about, may_answer
from budgets.actions.spend import (
    UnableToSpend,
    may_see_spends,
    see_spend,
    take_spend_back,
    write_spend,
)
from budgets.forms.spend import AnswerForm, AskForm, EndFamilyForm, FamilyForm, SpendForm
from budgets.models import FamilyNecessity, Spend, SpendAnswer, SpendQuestion
from budgets.views.direct import person_of
from commonpurse.pages import SignedIn, page
from people.models import Part, Person, Scope
from people.queries import may_act_for
from plans.models import PlanState


@require_http_methods(["GET", "POST"])
def spend(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write down what was spent."""
    somebody, now = _whom_one_acts_for(request, pk, Scope.SPEND), timezone.now()
    today = timezone.localdate(now)
    form = SpendForm(request.POST or None, request.FILES or None, initial={"spent_date": today})
    if form.is_valid():
        try:
            write_spend(
                person=somebody,
                spent=form.spent(),
                receipt=form.receipt(),
                by=request.user,
                on=today,
                at=now,
            )
        except UnableToSpend as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved. Thank you."))
            return redirect("budgets:spending", pk)
    is_mine = request.is_own(somebody)
    return page(request, "budgets/mine/spend.html", person=somebody, is_mine=is_mine, form=form)


@require_GET
def receipt(request: SignedIn, pk: UUID) -> HttpResponseBase:
    """Give a receipt back; it is only ever downloaded, never shown in a page."""
    mine = Spend.objects.visible_to(request.user).select_related("person")
    kept = get_object_or_404(mine.exclude(path=""), pk=pk)
    request.shows(kept.person, Part.BUDGET)
    response = FileResponse(
        default_storage.open(kept.path), as_attachment=True, filename=kept.name, content_type=kept.media_type
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def seen(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that the council has seen what was written down."""
    kept = get_object_or_404(Spend.objects.visible_to(request.user).select_related("person"), pk=pk)
    if not may_see_spends(request.user, kept.person):
        raise Http404
    try:
        see_spend(spend=kept, by=request.user, at=timezone.now())
    except UnableToSpend as refusal:
        messages.error(request, str(refusal))
    return redirect("budgets:spending", kept.person_id)


@require_POST
def take_back(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take back what was written by mistake."""
    kept = get_object_or_404(Spend.objects.visible_to(request.user).select_related("person"), pk=pk)
    now = timezone.now()
    if not may_act_for(request.user, kept.person, scope=Scope.SPEND, on=timezone.localdate(now)):
        raise Http404
    try:
        take_spend_back(spend=kept, by=request.user, on=timezone.localdate(now), at=now)
    except UnableToSpend as refusal:
        messages.error(request, str(refusal))
    return redirect("budgets:spending", kept.person_id)


@require_http_methods(["GET", "POST"])
def ask(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask whether the money may go to something; where the plan names it, read so at once."""
    somebody, now = _whom_one_acts_for(request, pk, Scope.SEE), timezone.now()
    plan = somebody.plans.of_adults().filter(state=PlanState.AGREED).order_by("-version").first()
    form = AskForm(request.POST or None, plan=plan) if plan else None
    if form is not None and form.is_valid():
        try:
            question = ask_about(
                person=somebody, **form.asked(), by=request.user, on=timezone.localdate(now), at=now
            )
        except UnableToAskOrAnswer as refusal:
            form.add_error(None, str(refusal))
        else:
            is_named = question.answer == SpendAnswer.PLAN
            asked = _("We have asked your social worker. You get the answer here and by letter.")
            messages.success(request, _("Yes. Your plan names it already.") if is_named else asked)
            return redirect("budgets:spending", pk)
    is_mine = request.is_own(somebody)
    return page(request, "budgets/mine/ask.html", person=somebody, is_mine=is_mine, form=form)


@require_http_methods(["GET", "POST"])
def answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Answer what somebody asked about their money."""
    people = Person.objects.visible_to(request.user)
    mine = SpendQuestion.objects.filter(person__in=people).select_related("person", "need", "plan")
    question = get_object_or_404(mine, pk=pk)
    if not may_answer(request.user, question.person):
        raise Http404
    request.shows(question.person, Part.BUDGET)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        said = SpendAnswer(form.cleaned_data["answer"])
        try:
            answer_question(
                question=question,
                answer=said,
                words=form.cleaned_data["words"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToAskOrAnswer as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("budgets:spending", question.person_id)
    return page(request, "budgets/pay/answer.html", question=question, form=form)


@require_http_methods(["GET", "POST"])
def family(request: SignedIn, pk: UUID) -> HttpResponse:
    """Record why it is necessary that close family in the same household are paid."""
    somebody = person_of(request, pk)
    if not may_answer(request.user, somebody):
        raise Http404
    form = FamilyForm(request.POST or None, initial={"start_date": timezone.localdate()})
    if form.is_valid():
        try:
            find_necessary(person=somebody, **form.cleaned_data, by=request.user, at=timezone.now())
        except UnableToSpend as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return redirect("budgets:spending", pk)
    return page(request, "budgets/pay/family.html", person=somebody, form=form)


@require_http_methods(["GET", "POST"])
def end_family(request: SignedIn, pk: UUID) -> HttpResponse:
    """End that close family in the same household are paid, and say why."""
    people = Person.objects.visible_to(request.user)
    mine = FamilyNecessity.objects.filter(person__in=people).select_related("person")
    necessity = get_object_or_404(mine, pk=pk)
    if not may_answer(request.user, necessity.person):
        raise Http404
    request.shows(necessity.person, Part.BUDGET)
    now = timezone.now()
    form = EndFamilyForm(request.POST or None, initial={"last_date": timezone.localdate(now)})
    if form.is_valid():
        try:
            end_necessary(necessity=necessity, **form.cleaned_data, by=request.user, at=now)
        except UnableToSpend as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Ended. They are told.")
            return redirect("budgets:spending", necessity.person_id)
    return page(
        request, "budgets/pay/end_family.html", necessity=necessity, person=necessity.person, form=form
    )


def _whom_one_acts_for(request: SignedIn, pk: UUID, scope: Scope) -> Person:
    somebody = person_of(request, pk)
    if not may_act_for(request.user, somebody, scope=scope, on=timezone.localdate()):
        raise Http404
    return somebody
