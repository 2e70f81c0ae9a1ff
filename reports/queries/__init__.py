"""What can be asked for reports."""

from reports.queries.commissioning_report import cluster_report, council_report

__all__ = ["cluster_report", "council_report"]
