"""What can be asked for reports."""

from reports.queries.commissioning_report import cluster_report, council_report
from reports.queries.drawing import MAKE_PDF, pdf_job, pdf_key
from reports.queries.wanted import Wanted, clusters_told, councils_told, reader_of

__all__ = [
    "MAKE_PDF",
    "Wanted",
    "cluster_report",
    "clusters_told",
    "council_report",
    "councils_told",
    "pdf_job",
    "pdf_key",
    "reader_of",
]
