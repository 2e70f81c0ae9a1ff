"""The first page: what we bought, for how many, what pooling saved, what was not met."""

from ledger.pennies import in_pounds
from reports.rules.commissioning import Bought, CommissioningReport, Unmet
from reports.rules.small_numbers import people_said
from reports.rules.tables import Column, Kind, Row, Section, Table, said, several

COLUMNS = (
    Column(key="question", label="Question"),
    Column(key="answer", label="Answer"),
    Column(key="words", label="What it means"),
)
NOTHING_UNMET = "Nothing we know of was left unmet this month."


def headline_section(report: CommissioningReport) -> Section:
    """Answer the four questions a reader comes with, in a figure and a sentence each."""
    rows = (
        ("What we bought", in_pounds(report.total.month_pence), bought_words(report)),
        _for_how_many(report),
        ("What pooling saved", saved_figure(report.bought), saved_words(report.bought)),
        ("What was not met", _unmet_figure(report.unmet), unmet_words(report)),
    )
    table = Table(caption="The month in four answers", columns=COLUMNS, rows=rows)
    return Section(key="headlines", title="The month in four answers", table=table)


def bought_words(report: CommissioningReport) -> str:
    """Say how much of what was bought this month, and what the year has come to."""
    services = [line for line in report.services if line.spend.month_pence]
    providers = [line for line in report.providers if line.spend.month_pence]
    year = f"{in_pounds(report.total.year_pence)} so far this year."
    if not services:
        return f"Nothing was bought this month. {year}"
    words = f"This month: {several(len(services), 'service', 'services')}"
    words += f" from {several(len(providers), 'provider', 'providers')}"
    if report.subject.is_of_council:
        clusters = [line for line in report.clusters if line.spend.month_pence]
        words += f", for {several(len(clusters), 'cluster', 'clusters')}"
    return f"{words}. {year}"


def saved_figure(bought: Bought) -> str:
    """Say what pooling saved, or that it cost more, or that nobody knows."""
    saved = bought.saved_pence
    if saved is None:
        return "Not known"
    return in_pounds(saved) if saved >= 0 else f"{in_pounds(-saved)} more"


def saved_words(bought: Bought) -> str:
    """Say how much of the spend the saving is worked out from; nothing is claimed for the rest."""
    if bought.saved_pence is None:
        return "No price for one person alone is recorded with these contracts, so we cannot say what pooling saved."
    share = "So far this year, against what each member would have paid alone"
    if bought.known_pence != bought.year_pence:
        share += f". Worked out on {bought.known_per_cent}% of what was spent; for the rest no price alone is recorded"
    meaning = (
        "" if bought.saved_pence >= 0 else " Buying together cost more than buying the same alone would have."
    )
    return f"{share}.{meaning}"


def unmet_words(report: CommissioningReport) -> str:
    """Say what was not met, as far as this system knows."""
    known = ". ".join(_unmet_said(report, unmet) for unmet in report.unmet)
    return f"{known}." if known else NOTHING_UNMET


def _for_how_many(report: CommissioningReport) -> Row:
    month, year = report.total.month_people, report.total.year_people
    if report.subject.is_of_council:
        month_said, year_said = (said(people_said(count), Kind.COUNT) for count in (month, year))
    else:
        month_said, year_said = f"{month:,}", f"{year:,}"
    words = (
        f"People whose money paid for it this month. {year_said[0].upper()}{year_said[1:]} so far this year."
    )
    return ("For how many people", f"{month_said[0].upper()}{month_said[1:]}", words)


def _unmet_figure(unmet: tuple[Unmet, ...]) -> str:
    return f"{several(len(unmet), 'point', 'points')} to look at" if unmet else "Nothing we know of"


def _unmet_said(report: CommissioningReport, unmet: Unmet) -> str:
    count = unmet.count
    told = people_said(count) if unmet.counts_people and report.subject.is_of_council else count
    words = f"{unmet.words}: {said(told, Kind.COUNT)}"
    return words if unmet.pence is None else f"{words} ({in_pounds(unmet.pence)})"
