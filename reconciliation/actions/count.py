"""Counting a month: in parts, each a chunk of clusters, and then the certificate."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.urls import reverse

from jobs.actions import UnableToWork, ask_for
from jobs.models import Job
from reconciliation.actions.certify import certify, note_holds
from reconciliation.models import MonthEnd, MonthEndState
from reconciliation.queries import news_of, sql_of, values_of

CHUNK = "reconciliation.chunk"
CLUSTERS_IN_A_CHUNK, FEWEST_IN_A_CHUNK = 500, 25
PARTS_AT_LEAST = 4  # so that a night's few clusters keep more than one worker busy
# What arrives while a month is counted is counted in another round; after some, the certificate says what is new.
MOST_ROUNDS = 3


def count_month(job: Job) -> dict[str, Any] | None:
    """
    Ask for every cluster that has something new to be counted; once nothing has, write the certificate.

    The effect of a month end's job. Running it twice changes nothing.
    """
    month_end = _month_end(job)
    news = news_of(month_end)
    rounds = 1 + max((part.payload["round"] for part in job.parts.only("payload")), default=0)
    if news.clusters and rounds <= MOST_ROUNDS:
        _ask_for_chunks(job, news.clusters, rounds)
        return None
    if month_end.state == MonthEndState.CLEAN and not news.clusters and not job.parts.exists():
        note_holds(month_end=month_end)  # nothing has moved, so the certificate stands as it is
    else:
        certify(month_end=month_end, news=news)
    return {
        "counted": job.parts.count(),
        "address": reverse("reconciliation:month", args=[month_end.pk]),
        "words": f"Open {month_end}",
    }


def _ask_for_chunks(job: Job, changed: list[UUID], rounds: int) -> None:
    size = _chunk_size(len(changed))
    for number in range(0, len(changed), size):
        ask_for(
            kind=CHUNK,
            key=f"{job.key}:{rounds}:{number // size}",
            payload={
                "month_end": job.payload["month_end"],
                "round": rounds,
                "clusters": [str(cluster_id) for cluster_id in changed[number : number + size]],
            },
            council_id=job.council_id,
            asked_by=job.asked_by,
            part_of=job,
            doing="Working out shares again",
        )


def _chunk_size(count: int) -> int:
    return min(CLUSTERS_IN_A_CHUNK, max(FEWEST_IN_A_CHUNK, -(-count // PARTS_AT_LEAST)))


def count_chunk(job: Job) -> dict[str, Any]:
    """
    Work out the month of a chunk of clusters, compare it with the books, and write it down.

    The effect of one part; everything it reads is of one moment. Running it twice changes nothing.
    """
    month_end = _month_end(job)
    values = values_of(month_end) | {"chunk": [UUID(cluster_id) for cluster_id in job.payload["clusters"]]}
    with connection.cursor() as cursor:
        for name in ("lay_out.sql", "lines.sql"):
            _run(cursor, sql_of(name), values)
        cursor.execute(sql_of("somebody_away.sql"))
        [is_away] = cursor.fetchone()
        _run(cursor, sql_of("spent.sql", is_somebody_away=is_away), values)
        for name in ("moved.sql", "write_clusters.sql", "write_statements.sql"):
            _run(cursor, sql_of(name, of_the_chunk=True), values)
        cursor.execute("SELECT count(*) FROM month_money WHERE differs")
        [differing] = cursor.fetchone()
        if differing:
            _run(cursor, sql_of("lines_again.sql"), values)
            _run(cursor, sql_of("find_lines.sql", is_somebody_away=is_away), values)
        more = sql_of("find_more.sql") if differing else ""
        _run(cursor, sql_of("find.sql").replace("{and_lines}", more), values)
        _run(cursor, sql_of("clear.sql"), values)
    return {"clusters": len(values["chunk"]), "differing": differing}


def _run(cursor: Any, statements: str, values: dict[str, Any]) -> None:
    """Run statements one after the other; none of ours has a semicolon inside."""
    for statement in statements.split(";\n"):
        if statement.strip():
            cursor.execute(statement, values)


def _month_end(job: Job) -> MonthEnd:
    month_end = MonthEnd.objects.select_related("council").get(pk=job.payload["month_end"])
    if month_end.is_final:
        raise UnableToWork(f"{month_end} was signed meanwhile, so it is not counted again.")
    return month_end
