"""What can be asked for reports."""

from reports.queries.commissioning_report import cluster_report, council_report
from reports.queries.drawing import MAKE_PDF, pdf_job, pdf_key
from reports.queries.wanted import Wanted, cluster_wanted, clusters_told, council_wanted, councils_told

__all__ = [
    "MAKE_PDF",
    "Wanted",
    "cluster_report",
    "cluster_wanted",
    "clusters_told",
    "council_report",
    "council_wanted",
    "councils_told",
    "pdf_job",
    "pdf_key",
]
