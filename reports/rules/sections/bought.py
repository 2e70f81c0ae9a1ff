"""What was bought, at what price, for and from whom."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from ledger.pennies import in_pounds
from reports.rules.commissioning import (
    ClusterSpend,
    CommissioningReport,
    MemberShare,
    ProviderSpend,
    Reader,
    ServiceSpend,
    Spend,
)
from reports.rules.layout import added_up, safe_rows
from reports.rules.sections.headlines import saved_words
from reports.rules.small_numbers import fewest, people_said, small_lines
from reports.rules.tables import Bar, Column, Kind, Picture, Row, Section, Table, Unsaid, Value, cut

MOST_BARS = 10
LONGEST_LABEL = 34
RATE_RULE = (
    "The price together is what was spent divided by the units delivered, so far this year; each member paid a part. "
    "The price alone is what one person without a cluster would pay for one unit, as recorded with the contract. "
    "What pooling saved is that price once for every member who paid a part of a unit, less what was spent. "
    "This is our own rule."
)
MONEY = (
    Column(key="month", label="This month", kind=Kind.PENCE),
    Column(key="year", label="This year so far", kind=Kind.PENCE),
)
PEOPLE = Column(key="people", label="People this year", kind=Kind.COUNT, adds_up=False)

Line = TypeVar("Line")


def service_section(report: CommissioningReport) -> Section:
    """Tell what was spent on each service and how much of it was delivered."""
    columns = (
        Column(key="service", label="Service"),
        Column(key="code", label="Code", only_in_file=True),
        Column(key="unit", label="Unit"),
        Column(key="month_units", label="Units this month", kind=Kind.UNITS, adds_up=False),
        MONEY[0],
        Column(key="year_units", label="Units this year", kind=Kind.UNITS, adds_up=False),
        MONEY[1],
        PEOPLE,
    )

    def row_of(line: ServiceSpend) -> Row:
        units = line.bought
        people = people_value(report, line.spend)
        names = (line.spend.name, line.spend.key, line.unit)
        return (
            *names,
            units.month_units,
            line.spend.month_pence,
            units.year_units,
            line.spend.year_pence,
            people,
        )

    rows = rows_of(report, report.services, row_of, columns, spend=lambda line: line.spend)
    table = _table("Spend by service", columns, rows, report)
    spent = [(row[4], str(row[0])) for row in rows if isinstance(row[4], int) and row[4]]
    largest = sorted(spent, key=lambda pair: -pair[0])[:MOST_BARS]
    bars = tuple(Bar(label=cut(name, LONGEST_LABEL), pence=pence) for pence, name in largest)
    shown = "the largest first" if len(spent) <= MOST_BARS else f"the {MOST_BARS} largest"
    picture = Picture(
        key="services",
        title="What we spent this month, by service",
        description=f"Bars of what was spent on each service this month, {shown}. The table has the same figures.",
        series=("This month",),
        bars=bars,
    )
    return Section(
        key="services",
        title="What we bought",
        picture=picture if bars else None,
        table=table,
        nothing="Nothing has been bought this year so far.",
    )


def rate_section(report: CommissioningReport) -> Section:
    """Tell what a unit of each service costs together, and alone where that is known."""
    columns = (
        Column(key="service", label="Service"),
        Column(key="unit", label="Unit"),
        Column(key="together", label="Price together", kind=Kind.PENCE, adds_up=False),
        Column(key="each", label="Each paid", kind=Kind.PENCE, adds_up=False),
        Column(key="alone", label="Price alone", kind=Kind.PENCE, adds_up=False),
        Column(key="saved", label="What pooling saved", kind=Kind.PENCE),
    )

    kept_back = kept_back_of(report, report.services, spend=lambda line: line.spend)

    def row_of(line: ServiceSpend) -> Row:
        bought = line.bought
        is_told = id(line) not in kept_back
        each: Value = _known(bought.each_pence) if is_told else Unsaid.KEPT_BACK
        saved: Value = _known(bought.saved_pence)
        if bought.saved_pence is not None and not is_told:
            saved = Unsaid.KEPT_BACK
        prices = (_known(bought.rate_pence), each, _known(bought.alone_rate_pence))
        return (line.spend.name, line.unit, *prices, saved)

    rows = tuple(row_of(line) for line in report.services)
    saved = report.bought.saved_pence
    total: Row = ("All services", *[Unsaid.NOTHING] * 4, _known(saved))
    table = Table(
        caption="Prices together and alone", columns=columns, rows=rows, total=total if rows else None
    )
    return Section(
        key="rates",
        title="What pooling saved",
        words=(saved_words(report.bought), RATE_RULE),
        table=table,
        nothing="Nothing has been bought this year so far.",
    )


def cluster_section(report: CommissioningReport) -> Section:
    """Tell what each cluster spent, planned and will have spent."""
    columns = (
        Column(key="cluster", label="Cluster"),
        Column(key="ref", label="Reference", only_in_file=True),
        PEOPLE,
        *MONEY,
        Column(key="plan_to_date", label="Budget to date", kind=Kind.PENCE, only_in_file=True),
        Column(key="plan", label="Budget for the year", kind=Kind.PENCE),
        Column(key="forecast", label="Forecast", kind=Kind.PENCE),
    )

    def row_of(line: ClusterSpend) -> Row:
        spend = line.spend
        money = (spend.month_pence, spend.year_pence, line.plan_to_date_pence, line.plan_year_pence)
        return (spend.name, spend.key, people_value(report, spend), *money, line.forecast_pence)

    rows = rows_of(
        report, report.clusters, row_of, columns, spend=lambda line: line.spend, may_be_the_same=False
    )
    return Section(
        key="clusters",
        title="Clusters",
        table=_table("What each cluster spent and planned", columns, rows, report),
        nothing="No cluster has money in its pool yet.",
    )


def provider_section(report: CommissioningReport) -> Section:
    """Tell what was bought from each provider, and what the regulator last said of them."""
    columns = (
        Column(key="provider", label="Provider"),
        Column(key="rating", label="CQC rating"),
        Column(key="contracts", label="Contracts", kind=Kind.COUNT),
        *MONEY,
        PEOPLE,
    )

    def row_of(line: ProviderSpend) -> Row:
        rating: Value = line.rating or Unsaid.NOT_KNOWN
        spend = line.spend
        people = people_value(report, spend)
        return (spend.name, rating, line.contracts, spend.month_pence, spend.year_pence, people)

    rows = rows_of(report, report.providers, row_of, columns, spend=lambda line: line.spend)
    return Section(
        key="providers",
        title="Providers",
        words=(
            "The rating is the Care Quality Commission's latest for the whole location, where we know which it is.",
        ),
        table=_table("What each provider was paid or is owed", columns, rows, report),
        nothing="Nothing has been bought this year so far.",
    )


def member_section(report: CommissioningReport) -> Section:
    """Tell every member's share by reference; to a member only their own, and what the cluster spent together."""
    columns = (
        Column(key="member", label="Member"),
        *MONEY,
        Column(key="promised", label="Promised", kind=Kind.PENCE),
        Column(key="left", label="Left in the pool", kind=Kind.PENCE),
    )

    def row_of(line: MemberShare) -> Row:
        return (line.ref, line.month_pence, line.year_pence, line.promised_pence, line.left_pence)

    rows = tuple(row_of(line) for line in report.members)
    words = "Promised and left are what stood at the end of the month."
    if report.subject.reader == Reader.MEMBER:
        whole = f"The cluster spent {in_pounds(report.total.month_pence)} this month."
        table = Table(caption="Your share", columns=columns, rows=rows)
        return Section(key="members", title="Your share", words=(whole, words), table=table)
    total = added_up(rows, columns, "All members") if rows else None
    table = Table(caption="Each member's share", columns=columns, rows=rows, total=total)
    nothing = "Nobody was a member yet."
    return Section(key="members", title="Members", words=(words,), table=table, nothing=nothing)


def people_value(report: CommissioningReport, spend: Spend) -> Value:
    """Give a count of people as the reader of this report may know it."""
    return people_said(spend.year_people) if report.subject.is_of_council else spend.year_people


def rows_of(
    report: CommissioningReport,
    lines: Sequence[Line],
    row_of: Callable[[Line], Row],
    columns: tuple[Column, ...],
    *,
    spend: Callable[[Line], Spend],
    may_be_the_same: bool = True,
) -> tuple[Row, ...]:
    """Give rows as the reader may see them: in a council's report small lines are put together."""
    kept_back = kept_back_of(report, lines, spend=spend, may_be_the_same=may_be_the_same)
    return safe_rows(lines, row_of, columns=columns, kept_back=kept_back)


def kept_back_of(
    report: CommissioningReport,
    lines: Sequence[Line],
    *,
    spend: Callable[[Line], Spend],
    may_be_the_same: bool = True,
) -> set[int]:
    """Tell which lines (their `id()`) are about too few people to leave the cluster each on its own."""
    if not report.subject.is_of_council:
        return set()
    small = small_lines(
        lines,
        people=lambda line: fewest(spend(line).month_people, spend(line).year_people),
        may_be_the_same=may_be_the_same,
    )
    return {id(line) for line in small}


def _known(pence: int | None) -> Value:
    return Unsaid.NOT_KNOWN if pence is None else pence


def _table(
    caption: str, columns: tuple[Column, ...], rows: tuple[Row, ...], report: CommissioningReport
) -> Table:
    """Give a table with the sums of its rows under it."""
    total = added_up(rows, columns, "Together") if rows else None
    return Table(caption=caption, columns=columns, rows=rows, total=total)
