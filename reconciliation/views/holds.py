"""Held lines: by reason, owner and age; each with its invoice and contract, released or rejected where one stands."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet, Sum
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from invoices import actions
from invoices.models import Attachment, Hold, HoldReason, HoldState
from people.models import MONEY_WIDE, RoleKind
from reconciliation.forms import ReleaseForm, SplitForm, WordsForm

ON_A_PAGE = 50
OWNERS = {**dict(RoleKind.choices), "provider": "Provider"}


@require_GET
def holds(request: SignedIn) -> HttpResponse:
    """List what is held, the oldest first, and add it up by reason and owner."""
    councils = list(request.user.roles.filter(kind__in=MONEY_WIDE).values_list("council_id", flat=True))
    if not councils:
        raise Http404
    waiting = Hold.objects.filter(state=HoldState.OPEN, line__invoice__council__in=councils)
    groups = (
        waiting.values("reason", "owner")
        .annotate(lines=Count("pk"), pence=Sum("line__amount_pence"))
        .order_by("-pence", "reason")
    )
    reason = request.GET.get("reason", "")
    chosen = waiting.filter(reason=reason) if reason in HoldReason.values else waiting
    listed = chosen.select_related("line__invoice__provider", "line__invoice__contract__cluster", "dispute")
    results = Paginator(listed.order_by("opened_at", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    return page(
        request,
        "reconciliation/holds.html",
        groups=[(HoldReason(group["reason"]).label, OWNERS[group["owner"]], group) for group in groups],
        results=results,
        rows=[(hold, _days(hold, today), hold.due_date < today) for hold in results],
        reason=reason,
        query=f"reason={reason}" if reason in HoldReason.values else "",
    )


@require_http_methods(["GET", "POST"])
def release(request: SignedIn, pk: UUID) -> HttpResponse:
    """Put a held line right and pay it."""
    hold = get_object_or_404(_mine(request), pk=pk)
    form = ReleaseForm(request.POST or None, hold=hold)
    if form.is_valid():
        try:
            actions.release(
                hold=hold,
                corrections=form.corrections(),
                note=form.cleaned_data["note"],
                by=request.user,
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except actions.UnableToRelease as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The line is accepted, and shared among the members.")
            return redirect("reconciliation:line", pk=hold.line_id)
    return page(request, "reconciliation/release.html", hold=hold, form=form)


@require_http_methods(["GET", "POST"])
def reject(request: SignedIn, pk: UUID) -> HttpResponse:
    """Refuse a held line for good; the provider reads the reason."""
    hold = get_object_or_404(_mine(request), pk=pk)
    form = WordsForm(
        request.POST or None,
        label="Why is it rejected?",
        help_text="The provider reads this, and may send a new invoice.",
        required_words="Say why it is rejected.",
    )
    if form.is_valid():
        try:
            actions.reject(hold=hold, reason=form.cleaned_data["words"], by=request.user, at=timezone.now())
        except actions.UnableToReject as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The line is rejected. The provider can read why.")
            return redirect("reconciliation:holds")
    return page(request, "reconciliation/reject.html", hold=hold, form=form)


@require_http_methods(["GET", "POST"])
def split(request: SignedIn, pk: UUID) -> HttpResponse:
    """Pay what is right of a held line; the rest is rejected, or waits on."""
    hold = get_object_or_404(_mine(request), pk=pk)
    form = SplitForm(request.POST or None)
    if form.is_valid():
        try:
            actions.split_line(
                hold=hold,
                units=form.cleaned_data["units"],
                is_rest_held=form.cleaned_data["rest"] == "held",
                reason=form.cleaned_data["reason"],
                by=request.user,
                on=timezone.localdate(),
                at=timezone.now(),
            )
        except actions.UnableToSplit as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The line is split: part of it is accepted, the rest stands beside it.")
            return redirect("reconciliation:line", pk=hold.line_id)
    return page(request, "reconciliation/split.html", hold=hold, form=form)


@require_GET
def reply_file(request: SignedIn, pk: UUID) -> HttpResponseBase:
    """Give a file that a provider sent along with an answer; it is only ever downloaded, never shown in a page."""
    councils = request.user.roles.filter(kind__in=MONEY_WIDE).values("council_id")
    kept = get_object_or_404(Attachment, pk=pk, hold__line__invoice__council__in=councils)
    response = FileResponse(
        default_storage.open(kept.path), as_attachment=True, filename=kept.name, content_type=kept.media_type
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _mine(request: SignedIn) -> QuerySet[Hold]:
    """Give the open holds one may decide about: of the councils one is a finance officer of."""
    councils = request.user.roles.filter(kind=RoleKind.FINANCE_OFFICER).values("council_id")
    return Hold.objects.filter(line__invoice__council__in=councils).select_related(
        "line__invoice__provider", "line__invoice__contract__cluster", "line__service", "dispute"
    )


def _days(hold: Hold, today: date) -> int:
    return (today - timezone.localdate(hold.opened_at)).days
