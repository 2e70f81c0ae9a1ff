"""National returns: choose the days, read the measures that follow from them, and take the client-level file."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from people.models import Council
from people.rules.written import write_table
from reports.forms import DaysForm
from reports.queries.returns import councils_returned, return_rows
from reports.rules.forecast import Span
from reports.rules.returns import FIELDS, direct_payment_measures


@require_GET
def choose(request: SignedIn) -> HttpResponse:
    """List the councils whose returns one makes; one alone is gone to at once."""
    councils = list(councils_returned(request.user))
    if not councils:
        raise Http404
    if len(councils) == 1:
        return redirect("reports:council-returns", councils[0].code)
    return page(request, "reports/returns/choose.html", councils=councils)


@require_GET
def council_returns(request: SignedIn, code: str) -> HttpResponse:
    """Ask for the days, and say what was counted in them before the file is taken."""
    council = _council(request, code)
    form = DaysForm(request.GET or None, initial={"start": council.year_start_date})
    counted = None
    if form.is_valid():
        found = return_rows(council=council, span=form.span)
        counted = {
            "last": form.cleaned_data["end"],
            "start": form.cleaned_data["start"],
            "events": [
                (words, sum(row["Event_Type"] == kind for row in found))
                for kind, words in (
                    ("Assessment", "Assessments"),
                    ("Service", "Services"),
                    ("Review", "Reviews"),
                )
            ],
            "measures": direct_payment_measures(found, on=form.cleaned_data["end"]),
        }
    return page(request, "reports/returns/council.html", council=council, form=form, counted=counted)


@require_GET
def returns_file(request: SignedIn, code: str, start: date, last: date) -> HttpResponse:
    """Give the client-level return of these days, both included, as CSV with the national field names."""
    council = _council(request, code)
    if not start <= last < date.max:
        raise Http404
    found = return_rows(council=council, span=Span(start=start, end=last + timedelta(days=1)))
    table = write_table(FIELDS, ([row[field] for field in FIELDS] for row in found))
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    name = f"client-level-{council.code}-{start}-{last}.csv"
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _council(request: SignedIn, code: str) -> Council:
    return get_object_or_404(councils_returned(request.user), code=code)
