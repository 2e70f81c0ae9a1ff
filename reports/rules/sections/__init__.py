"""
The commissioning report laid out: the same parts, in the same order, for the page, the PDF and the file.

What leaves a cluster is made safe here: in a council's report, lines about fewer than five people are put
together. Who may open a cluster's report may know its size.
"""

from reports.rules.commissioning import CommissioningReport
from reports.rules.sections.bought import (
    cluster_section,
    member_section,
    provider_section,
    rate_section,
    service_section,
)
from reports.rules.sections.headlines import headline_section
from reports.rules.sections.money import (
    month_section,
    promise_section,
    sharing_section,
    stream_section,
    year_section,
)
from reports.rules.sections.proof import (
    certificate_section,
    finding_section,
    hold_section,
    note_section,
    unmet_section,
)
from reports.rules.sections.reviews import review_section
from reports.rules.tables import Section

__all__ = ["sections_of"]


def sections_of(report: CommissioningReport) -> list[Section]:
    """
    Lay a report out. First what was bought, for how many, what pooling saved and what was not met; then the
    clusters and providers behind that and what members say, the money, the exceptions, and the proof.
    """
    of_whom = [cluster_section(report)] if report.subject.is_of_council else [member_section(report)]
    return [
        headline_section(report),
        service_section(report),
        rate_section(report),
        *of_whom,
        provider_section(report),
        review_section(report),
        unmet_section(report),
        year_section(report),
        month_section(report),
        sharing_section(report),
        stream_section(report),
        promise_section(report),
        hold_section(report),
        finding_section(report),
        certificate_section(report),
        note_section(report),
    ]
