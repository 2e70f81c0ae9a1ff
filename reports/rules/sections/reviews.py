"""What members say of those who deliver what they buy."""

from reports.rules.commissioning import CommissioningReport, ProviderSpend
from reports.rules.sections.bought import kept_back_of
from reports.rules.small_numbers import LEAST_PEOPLE
from reports.rules.tables import Column, Kind, Row, Section, Table, Unsaid

WORDS = (
    "What members of every cluster of the council have said so far, from one to five stars. "
    f"It is shown from {LEAST_PEOPLE} people on, so that nobody can be told by what they said."
)
COLUMNS = (
    Column(key="provider", label="Provider"),
    Column(key="stars", label="Stars of 5, on average", kind=Kind.UNITS, adds_up=False),
    Column(key="people", label="People who said so", kind=Kind.COUNT, adds_up=False),
)


def review_section(report: CommissioningReport) -> Section:
    """
    Tell what members say of each provider that something was bought from.

    A provider whose money is put together with others' to protect people is not named here either.
    """
    kept_back = kept_back_of(report, report.providers, spend=lambda line: line.spend)
    said = [line for line in report.providers if line.reviewed.reviews and id(line) not in kept_back]
    table = Table(caption="What members say of providers", columns=COLUMNS, rows=tuple(map(_row_of, said)))
    return Section(
        key="reviews",
        title="What members say",
        words=(WORDS,) if said else (),
        table=table,
        nothing="No member has said yet what they think of a provider.",
    )


def _row_of(line: ProviderSpend) -> Row:
    """Give the average and how many people it is from; neither where they are few."""
    reviewed = line.reviewed
    if reviewed.average is None or reviewed.reviewers < LEAST_PEOPLE:
        return (line.spend.name, Unsaid.TOO_FEW, Unsaid.TOO_FEW)
    return (line.spend.name, reviewed.average, reviewed.reviewers)
