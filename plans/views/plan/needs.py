"""The needs of a plan on one page, saved as they are written: who meets each, how, when, and what it costs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commonpurse.autosave import Saved, is_autosave, saved_part
from commonpurse.pages import SignedIn, page
from plans import actions
from plans.actions import may_write
from plans.forms import NeedsForm, NewNeedForm
from plans.models import Need
from plans.queries import prices_on
from plans.views.plan.write import beside, saved_by, writing_in, written_by_lead


@require_http_methods(["GET", "POST"])
def needs(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write the needs of a plan: all on one page, however many there are."""
    shown = written_by_lead(request, pk)
    if request.method == "GET" and not may_write(shown, request.user):
        return redirect("plans:plan", pk=pk)
    if "HX-Request" in request.headers:  # the checks at the side, once something was saved
        return page(request, "plans/_checks.html", plan=shown, **beside(shown))
    book = prices_on(council=shown.person.council, kind=shown.kind, on=timezone.localdate())
    whole = list(shown.needs.select_related("plan").order_by("position", "pk"))
    standing = [need for need in whole if need.taken_out_at is None]
    form = NeedsForm(request.POST if request.method == "POST" else None, needs=standing, prices=book[1])
    saved = Saved(number=shown.edits)
    if request.method == "POST":
        at = timezone.now()
        form.is_valid()
        saved = saved_by(
            shown,
            at,
            lambda: actions.write_needs(
                plan=shown, writing=writing_in(form, request), by=request.user, at=at
            ),
        )
        if is_autosave(request):
            return saved_part(request, saved)
        if not (saved.refusal or saved.clashes or form.errors):
            return redirect("plans:hand-in" if "hand_in" in request.POST else "plans:needs", pk=pk)
    return page(
        request,
        "plans/needs.html",
        form=form,
        rows=list(form.rows()),
        taken_out=[need for need in whole if need.taken_out_at],
        saved=saved,
        plan=shown,
        **beside(shown, book=book),
    )


@require_POST
def add_need(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put one more need into a plan, and go and write it."""
    shown = written_by_lead(request, pk)
    form = NewNeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["words"][0]))
        return redirect("plans:needs", pk=pk)
    try:
        added = actions.add_need(
            plan=shown, words=form.cleaned_data["words"], by=request.user, at=timezone.now()
        )
    except actions.UnableToPlan as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:plan", pk=pk)
    return redirect(f"{reverse('plans:needs', args=[pk])}#need-{added.pk}")


@require_POST
def take_out(request: SignedIn, pk: UUID, need: UUID) -> HttpResponse:
    """Take a need out of a plan, or put it back: its words are kept."""
    shown = written_by_lead(request, pk)
    one = get_object_or_404(Need.objects.filter(plan=shown).select_related("plan__person"), pk=need)
    try:
        if "back" in request.POST:
            actions.put_back_need(need=one, by=request.user)
        else:
            actions.take_out_need(need=one, by=request.user, at=timezone.now())
    except actions.UnableToPlan as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:plan", pk=pk)
    return redirect("plans:needs", pk=pk)
