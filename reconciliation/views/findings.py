"""What was found in a month, and explaining it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from commonpurse.pages import SignedIn, page
from reconciliation import actions
from reconciliation.forms import WordsForm
from reconciliation.models import Finding, FindingState, MonthEnd

ON_A_PAGE = 50


@require_GET
def findings(request: SignedIn, pk: UUID) -> HttpResponse:
    """List what was found, what stops the month first and the largest differences before the small."""
    month_end = get_object_or_404(MonthEnd.objects.visible_to(request.user).select_related("council"), pk=pk)
    found = (
        month_end.findings.exclude(state=FindingState.GONE)
        .select_related("cluster", "membership", "line__invoice", "entry", "explained_by")
        .order_by(
            F("is_blocking").desc(), "state", "kind", (F("found_pence") - F("expected_pence")).desc(), "pk"
        )
    )
    results = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    runs = MonthEnd.objects.run_by(request.user).filter(pk=pk).exists() and not month_end.is_final
    return page(
        request, "reconciliation/findings.html", month_end=month_end, results=results, may_explain=runs
    )


@require_http_methods(["GET", "POST"])
def explain(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say why a difference is right, or what was done about it."""
    finding = get_object_or_404(
        Finding.objects.filter(month_end__in=MonthEnd.objects.run_by(request.user)).select_related(
            "month_end__council", "cluster", "membership", "line__invoice", "entry"
        ),
        pk=pk,
    )
    form = WordsForm(
        request.POST or None,
        label="Why is this right, or what was done about it?",
        help_text="It stands beside the finding for whoever checks the month later.",
        required_words="Say why this is right, or what was done about it.",
    )
    if form.is_valid():
        try:
            actions.explain(
                finding=finding, words=form.cleaned_data["words"], by=request.user, at=timezone.now()
            )
        except actions.UnableToExplain as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("reconciliation:findings", pk=finding.month_end_id)
    return page(request, "reconciliation/explain.html", finding=finding, form=form)
