"""Drawing a report as a tagged PDF, and keeping it."""

from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from clusters.models import Cluster
from commonpurse.pdf import drawn_as_pdf
from people.models import Council, Person
from reports.models import ReportFile
from reports.queries import Wanted
from reports.rules.charts import drawn
from reports.rules.commissioning import CommissioningReport
from reports.rules.layout import shortened
from reports.rules.months import in_url, in_words, month_from
from reports.rules.sections import sections_of
from reports.rules.sections.proof import STANDING_TAGS, TAG_COLOURS, standing_words

PDF = "application/pdf"


@transaction.atomic
def make_pdf(*, payload: dict[str, Any], by: str) -> ReportFile:
    """
    Draw the report that was asked for and keep the file with its hash.

    :raises UnableToDraw: this machine cannot draw PDFs.
    """
    wanted = Wanted(
        council=Council.objects.get(pk=payload["council"]),
        cluster=Cluster.objects.get(pk=payload["cluster"]) if payload["cluster"] else None,
        person=Person.objects.get(pk=payload["person"]) if payload["person"] else None,
        month=month_from(payload["month"]),
    )
    report = wanted.made(on=date.fromisoformat(payload["on"]))
    content = pdf_of(report)
    return ReportFile.objects.create(
        council=wanted.council,
        cluster=wanted.cluster,
        person=wanted.person,
        month_start_date=wanted.month.start,
        name=file_name(report, "pdf"),
        content=content,
        sha256=sha256(content).hexdigest(),
        made_by=by,
    )


def pdf_of(report: CommissioningReport) -> bytes:
    """
    Draw a report as a tagged PDF (PDF/UA-1): it reads aloud in order, with headings, tables and pictures said.

    :raises UnableToDraw: this machine cannot draw PDFs.
    """
    return drawn_as_pdf(render_to_string("reports/pdf.html", report_context(report)))


def report_context(report: CommissioningReport) -> dict[str, Any]:
    """Give what the page and the PDF are written from, so that both say the same."""
    parts = [
        {
            "section": section,
            "table": shortened(section.table) if section.table and section.table.rows else None,
            "chart": drawn(section.picture) if section.picture else None,
        }
        for section in sections_of(report)
    ]
    return {
        "report": report,
        "subject": report.subject,
        "month_words": in_words(report.subject.month),
        "standing_tag": STANDING_TAGS[report.standing],
        "standing_colour": TAG_COLOURS[STANDING_TAGS[report.standing]],
        "standing_words": standing_words(report),
        "headlines": parts[0],
        "parts": parts[1:],
    }


def file_name(report: CommissioningReport, ending: str) -> str:
    """Name a file of a report: "FAI-2026-04.pdf"; whatever a file system would mind becomes a dash."""
    subject = report.subject
    words = "-".join(filter(None, [subject.council_code, subject.cluster_ref, in_url(subject.month)]))
    return (
        "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in words) + f".{ending}"
    )
