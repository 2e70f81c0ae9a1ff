"""The ethical test: a provider answers it, and the council checks the answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from providers import actions
from providers.forms import AnswerForm, CheckForm
from providers.models import EthicalAnswer, Provider
from providers.queries import answers_to_check, ethical_test, may_check
from providers.queries.ethics import CHECKED_BY, ItemState, newest_answer, score_of
from providers.rules import WORDS_OF


@require_GET
def test(request: SignedIn, pk: UUID) -> HttpResponse:
    """A provider's test: what counts, what is missing, and what waits for the council."""
    provider = get_object_or_404(Provider.objects.visible_to(request.user), pk=pk)
    parts = ethical_test(provider=provider, on=timezone.localdate())
    items = [one for _, part in parts for one in part]
    return page(
        request,
        "providers/test.html",
        provider=provider,
        parts=parts,
        score=score_of(items),
        missing=sum(one.state not in {ItemState.COUNTS, ItemState.WAITS} for one in items),
        is_own=provider.staff.filter(user=request.user).exists(),
    )


@require_http_methods(["GET", "POST"])
def answer(request: SignedIn, pk: UUID, item: str) -> HttpResponse:
    """One item: the question, and the provider's answer with what it rests on."""
    provider = _own(request, pk)
    if item not in WORDS_OF:
        raise Http404
    newest = newest_answer(provider=provider, item=item)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    form.fields["evidence"].help_text = f"{WORDS_OF[item].evidence} Name no people."
    if form.is_valid():
        try:
            actions.answer_item(
                provider=provider,
                item=item,
                is_met=form.is_met,
                evidence=form.cleaned_data["evidence"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.UnableToAnswer as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your answer is saved. The council checks it.")
            return redirect("providers:test", pk=pk)
    return page(
        request, "providers/answer.html", provider=provider, item=WORDS_OF[item], newest=newest, form=form
    )


@require_GET
def checks(request: SignedIn) -> HttpResponse:
    """The answers that wait for the council's check, oldest first."""
    if not request.user.has_role(*CHECKED_BY):
        raise Http404
    waiting = [(answer, WORDS_OF.get(answer.item)) for answer in answers_to_check(by=request.user)]
    return page(request, "providers/checks.html", waiting=waiting)


@require_http_methods(["GET", "POST"])
def check(request: SignedIn, pk: UUID) -> HttpResponse:
    """One answer: what the provider says and shows, and the council's word on it."""
    found = get_object_or_404(EthicalAnswer.objects.select_related("provider__council", "checked_by"), pk=pk)
    if not may_check(request.user, found.provider):
        raise Http404
    form = CheckForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.check_answer(
                answer=found,
                is_accepted=form.is_accepted,
                expiry_date=form.cleaned_data["expires_on"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.UnableToCheck as refusal:
            form.add_error(None, str(refusal))
            found.refresh_from_db()
        else:
            messages.success(request, "Your check is saved, and the provider is told.")
            return redirect("providers:checks")
    return page(request, "providers/check.html", answer=found, item=WORDS_OF.get(found.item), form=form)


def _own(request: SignedIn, pk: UUID) -> Provider:
    """Give one's own employer; any other is not there."""
    return get_object_or_404(Provider.objects.filter(staff__user=request.user), pk=pk)
