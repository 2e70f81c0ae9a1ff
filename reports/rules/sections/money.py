"""Where the money stands: the year and its forecast, month by month, how it was shared, what is promised."""

from datetime import timedelta

from ledger.pennies import in_pounds
from reports.rules.commissioning import CommissioningReport, ContractPromise, MonthMoney, Spend, YearMoney
from reports.rules.forecast import FORECAST_RULE, PLAN_RULE
from reports.rules.layout import added_up, safe_rows
from reports.rules.months import in_words
from reports.rules.sections.bought import MONEY, PEOPLE, people_value, rows_of
from reports.rules.small_numbers import small_lines
from reports.rules.tables import Bar, Column, Kind, Picture, Row, Section, Table, Unsaid, day

ONE_DAY = timedelta(days=1)  # ends are exclusive, and told as the last day
AMOUNT = Column(key="amount", label="Amount", kind=Kind.PENCE, adds_up=False)


def year_section(report: CommissioningReport) -> Section:
    """Set the year's budget against what was spent and what the year will come to."""
    year = report.year
    rows: tuple[Row, ...] = (
        ("Budget for the year", year.plan_pence),
        ("Budget up to the end of this month", year.plan_to_date_pence),
        ("Spent so far", year.spent_pence),
        ("Forecast for the year", year.forecast_pence),
        ("Left over at the end of the year" if year.left_over_pence >= 0 else "Missing at the end of the year",
         abs(year.left_over_pence)),
    )  # fmt: skip
    columns = (Column(key="what", label="The year"), AMOUNT)
    span = report.subject.year
    picture = Picture(
        key="year",
        title="The year: budget, spend and forecast",
        description=(
            f"Four bars: budget for the year {in_pounds(year.plan_pence)}, budget to date "
            f"{in_pounds(year.plan_to_date_pence)}, spent so far {in_pounds(year.spent_pence)}, forecast "
            f"{in_pounds(year.forecast_pence)}."
        ),
        series=("budget", "spent", "forecast"),
        bars=(
            Bar(label="Whole year", pence=year.plan_pence),
            Bar(label="Up to this month", pence=year.plan_to_date_pence),
            Bar(label="So far", pence=year.spent_pence, series=1),
            Bar(label="Whole year", pence=year.forecast_pence, series=2),
        ),
    )
    until = f"The council's year runs from {day(span.start)} to {day(span.end - ONE_DAY)}."
    return Section(
        key="year",
        title="Budget, spend and forecast",
        words=(_year_words(year), until, PLAN_RULE, FORECAST_RULE),
        picture=picture if year.plan_pence or year.spent_pence else None,
        table=Table(caption="The year", columns=columns, rows=rows),
    )


def month_section(report: CommissioningReport) -> Section:
    """Set each month's budget against its spend; what is still to come is not said."""
    columns = (
        Column(key="month", label="Month"),
        Column(key="planned", label="Budget", kind=Kind.PENCE),
        Column(key="spent", label="Spent", kind=Kind.PENCE, adds_up=False),
    )

    def row_of(line: MonthMoney) -> Row:
        return (
            in_words(line.month),
            line.planned_pence,
            Unsaid.NOTHING if line.spent_pence is None else line.spent_pence,
        )

    rows = tuple(row_of(line) for line in report.months)
    known = [line for line in report.months if line.spent_pence is not None]
    total: Row = ("The year so far", report.year.plan_to_date_pence, report.year.spent_pence)
    bars = [
        bar
        for line in known
        for bar in (
            Bar(label=in_words(line.month), pence=line.planned_pence),
            Bar(label=in_words(line.month), pence=line.spent_pence or 0, series=1),
        )
    ]
    picture = Picture(
        key="months",
        title="Budget and spend by month",
        description="Two bars for each month so far: its budget, and what was spent. The table has the same figures.",
        series=("budget", "spent"),
        bars=tuple(bars),
    )
    table = Table(caption="Budget and spend by month", columns=columns, rows=rows, total=total)
    return Section(key="months", title="Month by month", picture=picture, table=table)


def sharing_section(report: CommissioningReport) -> Section:
    """Tell how members shared what they bought, as their agreements say."""
    return _spend_section(report, "sharing", "How members shared it", "Rule", report.sharing)


def stream_section(report: CommissioningReport) -> Section:
    """Tell which funding streams paid."""
    return _spend_section(report, "streams", "Which money paid for it", "Funding stream", report.streams)


def promise_section(report: CommissioningReport) -> Section:
    """Tell what members promised their contracts and what of it was still promised at the end of the month."""
    columns = (
        Column(key="contract", label="Contract"),
        Column(key="cluster", label="Cluster"),
        Column(key="provider", label="Provider"),
        Column(key="ends", label="Last day", kind=Kind.DAY),
        Column(key="promised", label="Promised", kind=Kind.PENCE),
        Column(key="left", label="Still promised", kind=Kind.PENCE),
    )

    def row_of(line: ContractPromise) -> Row:
        money = (line.promised_pence, line.left_pence)
        return (line.ref, line.cluster_ref, line.provider_name, line.end_date - ONE_DAY, *money)

    is_of_council = report.subject.is_of_council
    small = small_lines(report.promises, people=lambda line: line.people) if is_of_council else []
    rows = safe_rows(report.promises, row_of, columns=columns, kept_back={id(line) for line in small})
    total = added_up(rows, columns, "Together") if rows else None
    return Section(
        key="promises",
        title="Promised to contracts",
        words=(
            "Money that members promised to contracts in advance, and what of it was not spent or released yet.",
        ),
        table=Table(
            caption="Promised to contracts at the end of the month", columns=columns, rows=rows, total=total
        ),
        nothing="Nothing is promised in advance: the contracts draw on the pool as care is delivered.",
    )


def _spend_section(
    report: CommissioningReport, key: str, title: str, label: str, lines: tuple[Spend, ...]
) -> Section:
    columns = (Column(key=key, label=label), *MONEY, PEOPLE)

    def row_of(line: Spend) -> Row:
        return (line.name, line.month_pence, line.year_pence, people_value(report, line))

    rows = rows_of(report, lines, row_of, columns, spend=lambda line: line)
    total = added_up(rows, columns, "Together") if rows else None
    table = Table(caption=title, columns=columns, rows=rows, total=total)
    return Section(key=key, title=title, table=table, nothing="Nothing has been bought this year so far.")


def _year_words(year: YearMoney) -> str:
    """Say in a sentence whether the year's money reaches."""
    if year.left_over_pence < 0:
        return (
            f"If the year goes on like this, {in_pounds(-year.left_over_pence)} will be missing at its end."
        )
    return f"If the year goes on like this, {in_pounds(year.left_over_pence)} will be left over at its end."
