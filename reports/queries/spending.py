"""What was spent, how much that bought, and what was planned."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from reports.queries.rows import cells, rows, sql_of
from reports.rules.commissioning import Bought
from reports.rules.forecast import Pot, Span

Way = tuple[str, str, str]
WAY = ("told_by", "key", "unit")
NOTHING_BOUGHT = Bought(
    month_units=Decimal(),
    year_units=Decimal(),
    year_pence=0,
    year_shared=Decimal(),
    known_shared=Decimal(),
    known_pence=0,
    alone_pence=0,
)


class Told(NamedTuple):
    """Shares added up one way: for one service, cluster, provider, rule, stream, month, member, or all."""

    told_by: str
    key: str
    unit: str
    month_pence: int
    year_pence: int
    month_people: int
    year_people: int
    first_month: date | None


class _BoughtRow(NamedTuple):
    told_by: str
    key: str
    unit: str
    month_units: Decimal
    year_units: Decimal
    year_pence: int
    year_shared: Decimal
    known_shared: Decimal
    known_pence: int
    alone_pence: int

    def facts(self) -> Bought:
        """Give the figures without what they are of."""
        return Bought(**{name: value for name, value in self._asdict().items() if name not in WAY})


class _PotRow(NamedTuple):
    cluster_id: Any
    starts: date
    ends: date
    pence: int


def spent_and_bought(values: dict[str, Any]) -> tuple[dict[str, list[Told]], dict[Way, Bought]]:
    """
    Give the members' shares added up in every way, largest first, and how much each of them bought.

    The sums by the name of their way; what was bought as in `bought`. Units: pence.
    """
    sums: dict[str, list[Told]] = defaultdict(list)
    amounts: dict[Way, Bought] = {}
    spending = sql_of("spending.sql", shares=sql_of("shares.sql"))
    sql = sql_of("told.sql", spending=spending, bought=sql_of("bought.sql"))
    for row in cells(sql, values):
        way, told, amount = row[:3], row[3:8], row[8:]
        if told[0] is not None:
            sums[way[0]].append(Told(*way, *told))
        if amount[0] is not None:
            amounts[way] = _BoughtRow(*way, *amount).facts()
    return sums, amounts


def bought(values: dict[str, Any]) -> dict[Way, Bought]:
    """Give what was bought, by ("service", code, unit), ("cluster", id, "") and ("total", "", "")."""
    found = rows(_BoughtRow, sql_of("bought.sql"), values)
    return {(row.told_by, row.key, row.unit): row.facts() for row in found}


def pots(values: dict[str, Any]) -> dict[str, Sequence[Pot]]:
    """Give what members put into their pools, by cluster id. Money taken back is a pot below zero."""
    by_cluster: dict[str, list[Pot]] = defaultdict(list)
    for row in rows(_PotRow, sql_of("pots.sql"), values):
        span = Span(start=row.starts, end=max(row.starts, row.ends))
        by_cluster[str(row.cluster_id)].append(Pot(pence=row.pence, span=span))
    return dict(by_cluster)
