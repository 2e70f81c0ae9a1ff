"""Taking a council's entries out for its own finance system: choose the days and the program, and get the file."""

from datetime import date, timedelta
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from commonpurse.pages import SignedIn, page
from ledger.queries import open_from
from people.models import Council
from reports.actions import hand_over
from reports.forms import HandOverForm
from reports.queries.hand_over import closed_months, councils_handed_over, count_in
from reports.rules.forecast import Span
from reports.rules.hand_over import Format

# Half a minute's work. A longer span is for the command line, which nobody waits for at a page.
MOST_BY_PAGE = 100_000
SENT_AT_ONCE = 1_000_000  # bytes
MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.JOURNAL: "text/plain; charset=utf-8",
    Format.BEANCOUNT: "text/plain; charset=utf-8",
}
TOO_MANY = (
    "There are {count:,} entries in these days, and a page can give {most:,}. Choose fewer days, or ask those who run "
    "Common Purse for this file: manage.py export_ledger {code} {start} {last} --format {form} --out FILE"
)


@require_GET
def choose(request: SignedIn) -> HttpResponse:
    """List the councils whose entries one may hand over."""
    councils = list(councils_handed_over(request.user))
    if not councils:
        raise Http404
    return page(request, "reports/hand_over/choose.html", councils=councils)


@require_GET
def take_out(request: SignedIn, code: str) -> HttpResponse:
    """Ask for the days and the program; closed months are ready to be taken."""
    council = council_handed_over(request, code)
    form = HandOverForm(request.GET or None, initial={"form": Format.CSV.value})
    if form.is_valid() and not _refused(form, council):
        last = form.span.end - timedelta(days=1)
        return redirect(
            "reports:entries-file", council.code, form.span.start, last, form.cleaned_data["form"]
        )
    return page(
        request,
        "reports/hand_over/take_out.html",
        council=council,
        form=form,
        opens=open_from(book_id=council.book_id),
        closed=[(span, span.end - timedelta(days=1)) for span in closed_months(council=council)],
    )


def _refused(form: HandOverForm, council: Council) -> bool:
    """Tell whether there is too much for a page, and say what to do instead."""
    count = count_in(council=council, span=form.span)
    if count <= MOST_BY_PAGE:
        return False
    answers = {"code": council.code, "start": form.cleaned_data["start"], "last": form.cleaned_data["end"]}
    said = TOO_MANY.format(count=count, most=MOST_BY_PAGE, form=form.cleaned_data["form"], **answers)
    form.add_error("start", said)
    return True


@require_GET
def entries_file(request: SignedIn, code: str, start: date, last: date, kind: str) -> HttpResponseBase:
    """Give the entries of a span, both days included. The file is whole before any of it is sent."""
    council = council_handed_over(request, code)
    if kind not in list(Format) or not start <= last < date.max:
        raise Http404
    span, form = Span(start=start, end=last + timedelta(days=1)), Format(kind)
    if count_in(council=council, span=span) > MOST_BY_PAGE:
        asked = {"start": start, "end": last, "form": form.value}
        return redirect(reverse("reports:take-out", args=[council.code], query=asked))
    name = f"entries-{council.code}-{start}-{last}.{form.value}"
    response = _sent(_written(council, span, form), MEDIA_TYPES[form])
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _written(council: Council, span: Span, form: Format) -> IO[bytes]:
    """Write the entries into a file that goes away by itself."""
    out = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    text = TextIOWrapper(out, encoding="utf-8", newline="")
    hand_over(council=council, span=span, form=form, out=text)
    text.detach()
    return out


def _sent(out: IO[bytes], media_type: str) -> HttpResponseBase:
    """Send a file: at once where it is short, else a piece at a time, so that memory stays as it is."""
    size = out.tell()
    out.seek(0)
    if size > SENT_AT_ONCE:
        return FileResponse(out, content_type=media_type)
    with out:
        return HttpResponse(out.read(), content_type=media_type)


def council_handed_over(request: SignedIn, code: str) -> Council:
    """Give a council whose entries somebody may hand over; a stranger gets 404."""
    return get_object_or_404(councils_handed_over(request.user), code=code)
