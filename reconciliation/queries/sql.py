"""The month end's SQL files, put together."""

from functools import cache
from pathlib import Path
from typing import Any

from ledger.models import Period
from reconciliation.models import MonthEnd

OF_THE_COUNCIL = "m.cluster_id IN (SELECT k.id FROM clusters_cluster k WHERE k.council_id = %(council)s)"
OF_THE_CHUNK = "m.cluster_id = ANY(%(chunk)s)"


@cache
def sql_of(name: str, *, of_the_chunk: bool = False, is_somebody_away: bool = False) -> str:
    """
    Read one of our SQL files without its comments; {marks}, {shares} and {and_lines} are put in.

    `is_somebody_away`: shares are worked out with who pays for those who are away, which is slower.
    """
    text = _text(name)
    marks = _text("marks.sql").format(
        within=OF_THE_CHUNK if of_the_chunk else OF_THE_COUNCIL,
        which="c.id = ANY(%(chunk)s)" if of_the_chunk else "true",
    )
    parts = _text("parts_away.sql" if is_somebody_away else "parts.sql")
    shares = _text("shares.sql").replace("{parts}", parts)
    return text.replace("{marks}", marks).replace("{shares}", shares)


def values_of(month_end: MonthEnd) -> dict[str, Any]:
    """Give what the SQL files ask for of a month."""
    council = month_end.council
    period = Period.objects.filter(book_id=council.book_id, end_date=month_end.start_date).first()
    return {
        "month_end": month_end.pk,
        "council": council.pk,
        "book": council.book_id,
        "start": month_end.start_date,
        "end": month_end.end_date,
        "run": month_end.run,
        "tolerance": month_end.tolerance_percent,
        "period": period and period.pk,
    }


def _text(name: str) -> str:
    lines = (Path(__file__).parents[1] / "sql" / name).read_text().splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("--"))
