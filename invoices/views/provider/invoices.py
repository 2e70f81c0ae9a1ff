"""A provider's invoices and credit notes: all of them, and one with its lines."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from invoices.forms.find import FindInvoicesForm
from invoices.models import LineState
from invoices.queries.provider import own_invoices, with_fate, with_sums
from invoices.views.provider.whose import employers_of

ON_A_PAGE = 25
LINES_ON_A_PAGE = 50
COLOURS = {LineState.ACCEPTED: "green", LineState.HELD: "yellow", LineState.REJECTED: "red"}


@require_GET
def own_invoices_page(request: SignedIn) -> HttpResponse:
    """List the invoices of whom one works for, the newest first, with what became of them."""
    employers = employers_of(request)
    form = FindInvoicesForm(request.GET)
    results = Paginator(form.among(own_invoices(request.user)), ON_A_PAGE).get_page(request.GET.get("page"))
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    return page(
        request,
        "invoices/provider/invoices.html",
        find=form,
        results=results,
        rows=with_sums(list(results)),
        query=urlencode(asked),
        has_several=len(employers) > 1,
    )


@require_GET
def own_invoice(request: SignedIn, pk: UUID) -> HttpResponse:
    """Show an invoice as it stands: its lines, why some are held or rejected, and what was paid."""
    shown = get_object_or_404(own_invoices(request.user), pk=pk)
    # Identifiers grow as rows are written, so they keep the order of the document.
    lines = shown.lines.order_by("pk")
    results = Paginator(lines, LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    [row] = with_sums([shown])
    return page(
        request,
        "invoices/provider/invoice.html",
        invoice=shown,
        sums=row.sums,
        results=results,
        rows=[
            (line, COLOURS[LineState(line.line.state)])
            for line in with_fate(list(results), user=request.user)
        ],
    )
