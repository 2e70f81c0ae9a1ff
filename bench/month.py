"""A council's whole month: bulk intake, then the month end twice. 2.4 million lines in the full size."""

import time
from collections.abc import Iterator
from datetime import date

import psycopg
from django.db import connection, transaction

from bench.big_council import MONTH, make_big_council, put_a_days_invoices
from bench.ground import owner, processor_seconds, seconds_to_copy, seconds_until_done, workers
from bench.row import Row, at_most
from invoices.actions import ask_for_batch
from jobs.models import Job
from ledger.models import Transfer
from people.models import Council
from reconciliation.actions import ask_for_month_end
from reconciliation.models import CertificateLine

CLUSTERS = {"small": 400, "middle": 4_000, "full": 20_000}
INTAKE_MOST, MONTH_END_MOST, AGAIN_MOST, MEMORY_MOST_MB = 4, 3, 0.05, 500
TODAY = date(2026, 5, 1)
THE_MONTHS = "t.entry_id IN (SELECT id FROM ledger_entry WHERE kind IN ('invoice', 'credit'))"


def measure(size: str) -> Iterator[Row]:
    """
    Measure intake against its floor, the month end against its floor, and a second month end.

    As it is run, a month end finds all counted but what came in since the last quarter of an hour; here, a whole day's
    invoices. What the workers count within that quarter of an hour, once a month's batch is in, is the one from nothing.
    """
    with owner() as connection_, workers() as pid:
        council = make_big_council(clusters=CLUSTERS[size], analyze=lambda: connection_.execute("ANALYZE"))
        yield from _intake(council, connection_, pid)
        connection_.execute("ANALYZE")
        yield from _month_end(council, connection_, pid)
    yield from _pennies()
    yield _certificate(council)


def _intake(council: Council, as_owner: psycopg.Connection, pid: int) -> Iterator[Row]:
    job = ask_for_batch(council=council, batch="april", asked_by="system:bench")
    took, memory = seconds_until_done(job, pid=pid)
    floor, rows = seconds_to_copy(as_owner, "ledger_transfer", THE_MONTHS)
    yield at_most(
        "Month's intake in bulk", took, floor, INTAKE_MOST, f"{_lines():,} lines, {rows:,} transfers"
    )
    yield Row(
        name="Most memory of a worker process, intake",
        figure=f"{memory} MB",
        target=f"at most {MEMORY_MOST_MB} MB",
        is_met=memory <= MEMORY_MOST_MB,
    )


def _month_end(council: Council, as_owner: psycopg.Connection, pid: int) -> Iterator[Row]:
    worked = processor_seconds(pid)
    first, memory = seconds_until_done(_ask(council), pid=pid)
    first_worked, worked = processor_seconds(pid) - worked, processor_seconds(pid)
    floor = _pass_over_lines() + sum(
        seconds_to_copy(as_owner, table)[0]
        for table in ("reconciliation_statement", "reconciliation_servicemonth")
    )
    floor_worked = processor_seconds(pid) - worked
    second, _ = seconds_until_done(_ask(council), pid=pid)
    last, new = _after_a_day(council, pid)
    words = f"{new} clusters with something new since the last count"
    yield at_most(
        "Month end as it is run (recompute, compare, statements)", last, floor, MONTH_END_MOST, words
    )
    yield at_most("Month end from nothing, as after a month's batch", first, floor, MONTH_END_MOST)
    yield Row(
        name="From nothing in processor time, workers and PostgreSQL",
        figure=f"{first_worked / floor_worked:.2f} x",
        target="for comparison",
        is_met=True,
        detail=f"{first_worked:.2f} s against {floor_worked:.2f} s.",
    )
    with_shares = floor + _pass_over_shares()
    yield Row(
        name="From nothing, where the floor also reads every share",
        figure=f"{first / with_shares:.2f} x",
        target="for comparison",
        is_met=True,
        detail=f"{first:.2f} s against {with_shares:.2f} s.",
    )
    yield at_most("A second month end, of the first", second, first, AGAIN_MOST)
    yield Row(
        name="Most memory of a worker process, month end",
        figure=f"{memory} MB",
        target=f"at most {MEMORY_MOST_MB} MB",
        is_met=memory <= MEMORY_MOST_MB,
    )


def _after_a_day(council: Council, pid: int) -> tuple[float, int]:
    """Let a day's invoices come in and count again, as beat asks for; gives seconds and clusters."""
    with transaction.atomic():
        put_a_days_invoices(council, batch="a day in april")
    seconds_until_done(
        ask_for_batch(council=council, batch="a day in april", asked_by="system:bench"), pid=pid
    )
    job = _ask(council)
    took, _ = seconds_until_done(job, pid=pid)
    return took, sum(len(part.payload["clusters"]) for part in job.parts.all())


def _ask(council: Council) -> Job:
    job = ask_for_month_end(council=council, start_date=MONTH, on=TODAY, by="system:bench").job
    assert job is not None
    return job


def _pass_over_lines() -> float:
    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT service_id, count(*), sum(amount_pence) FROM invoices_invoiceline GROUP BY service_id"
        )
        cursor.fetchall()
    return time.perf_counter() - start


def _pass_over_shares() -> float:
    """Add up every share by member and stream: what no statement can do without."""
    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.owner_id, a.stream, count(*), sum(t.amount_pence) "
            "FROM ledger_transfer t JOIN ledger_account a ON a.id = t.source_id GROUP BY a.owner_id, a.stream"
        )
        cursor.fetchall()
    return time.perf_counter() - start


def _lines() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM invoices_invoiceline")
        return int(cursor.fetchone()[0])


NOT_WHOLE = """
SELECT count(*) FROM invoices_invoiceline l WHERE l.state = 'accepted' AND l.amount_pence <>
    (SELECT sum(t.amount_pence) FROM ledger_transfer t WHERE t.entry_id = l.entry_id)
"""
A_PENNY_OFF = """
WITH exact AS (
    SELECT e.id, w.key AS ref, (e.basis ->> 'amount_pence')::numeric * w.value::numeric
        / sum(w.value::numeric) OVER (PARTITION BY e.id) AS pence
    FROM ledger_entry e CROSS JOIN LATERAL jsonb_each_text(e.basis -> 'weights') w WHERE e.kind = 'invoice'
),
posted AS (
    SELECT t.entry_id, m.ref, sum(t.amount_pence) AS pence
    FROM ledger_transfer t JOIN ledger_account a ON a.id = t.source_id JOIN clusters_membership m ON m.id = a.owner_id
    GROUP BY t.entry_id, m.ref
)
SELECT count(*) FROM exact x FULL JOIN posted p ON p.entry_id = x.id AND p.ref = x.ref
WHERE abs(coalesce(p.pence, 0) - coalesce(x.pence, 0)) >= 1
"""


def _pennies() -> Iterator[Row]:
    """Every accepted line is shared out whole, and every share is less than a penny from exact."""
    for name, query in (
        ("Lines not shared out to the penny", NOT_WHOLE),
        ("Shares a penny or more from exact", A_PENNY_OFF),
    ):
        with connection.cursor() as cursor:
            cursor.execute(query)
            wrong = int(cursor.fetchone()[0])
        detail = f"{Transfer.objects.count():,} transfers"
        yield Row(name=name, figure=str(wrong), target="0", is_met=wrong == 0, detail=detail)


def _certificate(council: Council) -> Row:
    """The month ends with every figure agreeing."""
    lines = CertificateLine.objects.filter(month_end__council=council)
    wrong = [line.words for line in lines if line.expected != line.found]
    return Row(
        name="Figures of the certificate that differ",
        figure=str(len(wrong)),
        target="0",
        is_met=not wrong and lines.exists(),
        detail="; ".join(wrong),
    )
