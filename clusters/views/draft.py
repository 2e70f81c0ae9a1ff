"""Writing the agreement, one question a page. Every answer is kept at once; nothing binds until it is signed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clusters import actions
from clusters.forms import AgreementStep, answers_from, form_of, missing_in, steps_of
from clusters.models import AgreementDraft, Membership
from clusters.queries import agreement_in_force
from clusters.queries.lines import away_for, example_for
from clusters.queries.versions import open_draft
from clusters.views.agreement import part_of
from commonpurse.pages import SignedIn, page
from plans.rules import kind_of


@require_POST
def write(request: SignedIn, pk: UUID) -> HttpResponse:
    """Begin to write, or go on where it was left."""
    mine = part_of(request, pk)
    try:
        draft = actions.begin_draft(cluster=mine.cluster, by=request.user, at=timezone.now())
    except actions.UnableToDraft as refusal:
        messages.error(request, str(refusal))
        return redirect("clusters:agreement", pk=pk)
    missing = missing_in(draft.answers)
    if missing:
        return redirect("clusters:write-step", pk=pk, step=missing[0].key)
    return redirect("clusters:write-check", pk=pk)


@require_http_methods(["GET", "POST"])
def question(request: SignedIn, pk: UUID, step: str) -> HttpResponse:
    """Ask one question, with what each answer would mean in pounds where it is about money."""
    mine = part_of(request, pk)
    draft = open_draft(cluster=mine.cluster)
    if draft is None:
        return redirect("clusters:agreement", pk=pk)
    steps = steps_of(draft.answers)
    here = next((each for each in steps if each.key == step), None)
    if here is None:
        raise Http404
    form = form_of(here, request.POST if request.method == "POST" else None, draft.answers)
    if form.is_valid():
        try:
            draft = actions.save_draft(
                draft=draft, answers=answers_from(here, form), by=request.user, at=timezone.now()
            )
        except actions.UnableToDraft as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_next(request, draft, here))
    place = steps.index(here)
    return page(
        request,
        "clusters/agreement/question.html",
        cluster=mine.cluster,
        step=here,
        number=place + 1,
        count=len(steps),
        before=_address(draft, steps[place - 1].key) if place else reverse("clusters:agreement", args=[pk]),
        form=form,
        **_examples(here, mine),
    )


@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: UUID) -> HttpResponse:
    """Check the answers, and put them to the members."""
    mine = part_of(request, pk)
    draft, refusal = open_draft(cluster=mine.cluster), ""
    if draft is None:
        return redirect("clusters:agreement", pk=pk)
    if request.method == "POST":
        why = request.POST.get("why", "")[:1000]
        try:
            put = actions.put_draft(
                draft=draft, why=why, by=request.user, at=timezone.now(), person=request.whose_page()
            )
        except actions.UnableToDraft as problem:
            refusal = str(problem)
        else:
            return redirect("clusters:version", pk=put.pk)
    return page(
        request,
        "clusters/agreement/check.html",
        cluster=mine.cluster,
        rows=_rows(draft),
        missing=missing_in(draft.answers),
        changes_one=agreement_in_force(cluster=mine.cluster) is not None,
        refusal=refusal,
    )


def _address(draft: AgreementDraft, step: str) -> str:
    return reverse("clusters:write-step", args=[draft.cluster_id, step])


def _next(request: SignedIn, draft: AgreementDraft, here: AgreementStep) -> str:
    """Give the page after this one; whoever came to change one answer goes back, unless that opens new questions."""
    steps, missing = steps_of(draft.answers), missing_in(draft.answers)
    keys = [step.key for step in steps]
    place = keys.index(here.key) + 1
    if "check" in request.GET:
        return f"{_address(draft, missing[0].key)}?check" if missing else _check(draft)
    return _check(draft) if place == len(keys) else _address(draft, keys[place])


def _check(draft: AgreementDraft) -> str:
    return reverse("clusters:write-check", args=[draft.cluster_id])


def _examples(here: AgreementStep, mine: Membership) -> dict[str, Any]:
    """Give what a page shows of what an answer would mean in pounds."""
    if here.example == "share":
        return {"example": example_for(mine, on=timezone.localdate()), "kind": kind_of(here.code)}
    return {"away": away_for(mine.cluster, on=timezone.localdate())} if here.example else {}


def _rows(draft: AgreementDraft) -> list[tuple[str, str, str]]:
    """Give each question with what was answered, in words, and where to change it."""
    rows = []
    for step in steps_of(draft.answers):
        form = form_of(step, None, draft.answers)
        said = [_said(form[name].initial, form.fields[name]) for name in form.fields]
        rows.append(
            (
                str(step.title),
                "\n".join(words for words in said if words),
                f"{_address(draft, step.key)}?check",
            )
        )
    return rows


def _said(value: Any, field: Any) -> str:
    """Put an answer into words: the label of a choice, a number or text as it is; nothing for no answer."""
    choices = {str(key): str(label) for key, label in getattr(field, "choices", [])}
    values = value if isinstance(value, list) else [value]
    return ", ".join(choices.get(str(one), str(one)) for one in values if one not in (None, ""))
