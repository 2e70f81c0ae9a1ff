"""The commissioning report of a month: as a page, as a file of figures, and as a PDF made in the background."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from clusters.models import Cluster
from commonpurse.pages import SignedIn, page
from jobs.queries import progress_of
from reconciliation.queries.standing import first_months
from reports.actions import ask_for_pdf, file_name, report_context
from reports.checks import missing_packages
from reports.models import ReportFile
from reports.queries import Wanted, cluster_wanted, clusters_told, council_wanted, councils_told, pdf_job
from reports.rules.csv_file import csv_of
from reports.rules.forecast import Span
from reports.rules.months import month_before, month_of, months_back

PAGE_SIZE = 50
MONTHS_SHOWN = 12


@require_GET
def choose(request: SignedIn) -> HttpResponse:
    """Show whose reports there are, and of which months."""
    councils = councils_told(request.user).order_by("name")
    told = clusters_told(request.user, request.whose_page()).select_related("council")
    own = told.exclude(council__in=councils).order_by("name")
    if not councils and not own:
        raise Http404
    began = first_months([*councils, *(cluster.council for cluster in own)])
    listed = [(council, _months_since(began[council.pk])) for council in councils]
    of_clusters = [(cluster, _months_since(began[cluster.council_id])) for cluster in own]
    return page(request, "reports/choose.html", councils=listed, clusters=of_clusters)


def _months_since(began: date) -> list[Span]:
    """Give the latest months, the running one first, and none from before a council began."""
    return [month for month in months_back(timezone.localdate(), MONTHS_SHOWN) if month.start >= began]


@require_GET
def council_month(request: SignedIn, code: str, month: Span) -> HttpResponse:
    """Show a council's report of a month."""
    return _show(request, _of_council(request, code, month))


@require_GET
def council_csv(request: SignedIn, code: str, month: Span) -> HttpResponse:
    """Give a council's report of a month as a file, with every row that the page puts together."""
    return _csv(_of_council(request, code, month))


@require_POST
def council_pdf(request: SignedIn, code: str, month: Span) -> HttpResponse:
    """Have a council's report of a month made as a PDF."""
    wanted = _of_council(request, code, month)
    ask_for_pdf(wanted=wanted, on=timezone.localdate(), by=request.user.label)
    return redirect(f"{_address(wanted, 'month')}#pdf")


@require_GET
def council_clusters(request: SignedIn, code: str, month: Span) -> HttpResponse:
    """List every cluster of a council, with the way to its own report."""
    wanted = _of_council(request, code, month)
    clusters = Cluster.objects.filter(council=wanted.council).order_by("name", "ref")
    results = Paginator(clusters, PAGE_SIZE).get_page(request.GET.get("page"))
    return page(
        request, "reports/clusters.html", wanted=wanted, results=results, address=_address(wanted, "month")
    )


@require_GET
def cluster_month(request: SignedIn, code: str, month: Span, pk: UUID) -> HttpResponse:
    """Show a cluster's report of a month: to officers with its members' shares, to a member with their own."""
    return _show(request, _of_cluster(request, code, month, pk))


@require_GET
def cluster_csv(request: SignedIn, code: str, month: Span, pk: UUID) -> HttpResponse:
    """Give a cluster's report of a month as a file."""
    return _csv(_of_cluster(request, code, month, pk))


@require_POST
def cluster_pdf(request: SignedIn, code: str, month: Span, pk: UUID) -> HttpResponse:
    """Have a cluster's report of a month made as a PDF."""
    wanted = _of_cluster(request, code, month, pk)
    ask_for_pdf(wanted=wanted, on=timezone.localdate(), by=request.user.label)
    return redirect(f"{_address(wanted, 'month')}#pdf")


@require_GET
def file(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give a report that was made as a PDF, exactly as it was made."""
    made = get_object_or_404(ReportFile.objects.visible_to(request.user), pk=pk)
    headers = {"Content-Disposition": f'inline; filename="{made.name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(made.content), content_type="application/pdf", headers=headers)


def _of_council(request: SignedIn, code: str, month: Span) -> Wanted:
    return _found(council_wanted(user=request.user, code=code, month=_begun(month)))


def _of_cluster(request: SignedIn, code: str, month: Span, pk: UUID) -> Wanted:
    person = request.whose_page()
    return _found(cluster_wanted(user=request.user, person=person, code=code, pk=pk, month=_begun(month)))


def _found(wanted: Wanted | None) -> Wanted:
    """Give what is wanted; a stranger, and whoever looks for what is not there, gets 404."""
    if wanted is None:
        raise Http404
    return wanted


def _begun(month: Span) -> Span:
    """Give a month that has begun; of those to come there is nothing to report."""
    if month.start > timezone.localdate():
        raise Http404
    return month


def _show(request: SignedIn, wanted: Wanted) -> HttpResponse:
    today = timezone.localdate()
    report = wanted.made(on=today)
    job = pdf_job(wanted, report)
    before, after = month_before(wanted.month), month_of(wanted.month.end)
    return page(
        request,
        "reports/commissioning.html",
        **report_context(report),
        job=job,
        progress=progress_of(job) if job else None,
        missing=missing_packages(),
        csv_address=_address(wanted, "csv"),
        pdf_address=_address(wanted, "pdf"),
        before_address=_address(wanted, "month", before) if _has_reports_of(wanted, before) else "",
        after_address=_address(wanted, "month", after) if after.start <= today else "",
        clusters_address=_clusters_address(wanted),
        back_address=_back_address(wanted),
    )


def _has_reports_of(wanted: Wanted, month: Span) -> bool:
    """Tell whether the council had begun in a month."""
    return wanted.began_date is not None and month.start >= wanted.began_date


def _csv(wanted: Wanted) -> HttpResponse:
    report = wanted.made(on=timezone.localdate())
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(report, "csv")}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(csv_of(report), content_type="text/csv; charset=utf-8", headers=headers)


def _address(wanted: Wanted, what: str, month: Span | None = None) -> str:
    """Give the address of a report, of its file, or of asking for its PDF; of another month where one is given."""
    of_month = [wanted.council.code, month or wanted.month]
    if wanted.cluster is None:
        return reverse(f"reports:council-{what}", args=of_month)
    return reverse(f"reports:cluster-{what}", args=[*of_month, wanted.cluster.pk])


def _back_address(wanted: Wanted) -> str:
    """Give the address of where a reader comes from: a member from their money, an officer from a list."""
    if wanted.person is not None:
        return reverse("reports:my-money")
    if wanted.cluster is not None:
        return reverse("reports:council-clusters", args=[wanted.council.code, wanted.month])
    return reverse("reports:choose")


def _clusters_address(wanted: Wanted) -> str:
    """Give the address of the list of clusters; there is none behind one cluster's report."""
    if wanted.cluster is not None:
        return ""
    return reverse("reports:council-clusters", args=[wanted.council.code, wanted.month])
