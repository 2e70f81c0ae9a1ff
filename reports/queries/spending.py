"""What was spent, how much that bought, and what was planned."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from reports.queries.rows import rows, sql_of
from reports.rules.commissioning import Bought
from reports.rules.forecast import Pot, Span

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


class _PotRow(NamedTuple):
    cluster_id: Any
    starts: date
    ends: date
    pence: int


def spending(values: dict[str, Any]) -> dict[str, list[Told]]:
    """Give the members' shares added up in every way, largest first. Units: pence."""
    ways: dict[str, list[Told]] = defaultdict(list)
    for told in rows(Told, sql_of("spending.sql").replace("{shares}", sql_of("shares.sql")), values):
        ways[told.told_by].append(told)
    return ways


def bought(values: dict[str, Any]) -> dict[tuple[str, str, str], Bought]:
    """Give what was bought, by ("service", code, unit), ("cluster", id, "") and ("total", "", "")."""
    found = rows(_BoughtRow, sql_of("bought.sql"), values)
    return {
        (row.told_by, row.key, row.unit): Bought(
            month_units=row.month_units,
            year_units=row.year_units,
            year_pence=row.year_pence,
            year_shared=row.year_shared,
            known_shared=row.known_shared,
            known_pence=row.known_pence,
            alone_pence=row.alone_pence,
        )
        for row in found
    }


def pots(values: dict[str, Any]) -> dict[str, Sequence[Pot]]:
    """Give what members put into their pools, by cluster id. Money taken back is a pot below zero."""
    by_cluster: dict[str, list[Pot]] = defaultdict(list)
    for row in rows(_PotRow, sql_of("pots.sql"), values):
        span = Span(start=row.starts, end=max(row.starts, row.ends))
        by_cluster[str(row.cluster_id)].append(Pot(pence=row.pence, span=span))
    return dict(by_cluster)
