"""The work of drawing one report as a PDF."""

from hashlib import sha256

from jobs.models import Job
from reports.queries.wanted import Wanted
from reports.rules.commissioning import CommissioningReport
from reports.rules.csv_file import csv_of
from reports.rules.months import in_url

MAKE_PDF = "reports.make_pdf"


def pdf_key(wanted: Wanted, report: CommissioningReport) -> str:
    """Name the work of drawing exactly these figures for exactly this reader."""
    whose = [wanted.council.pk, wanted.cluster and wanted.cluster.pk, wanted.person and wanted.person.pk]
    reader, figures = (sha256(words.encode()).hexdigest() for words in (f"{whose}", csv_of(report)))
    return f"{in_url(wanted.month)}:{reader[:32]}:{figures}"


def pdf_job(wanted: Wanted, report: CommissioningReport) -> Job | None:
    """Give that work, if somebody asked for it already."""
    return Job.objects.filter(kind=MAKE_PDF, key=pdf_key(wanted, report)).first()
