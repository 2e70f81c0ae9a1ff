"""What each member paid of each accepted line: read from the books, where the shares are."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

SHARES = """
SELECT i.number, l.line_number, m.ref, v.stream, sum(v.pence)::bigint, l.service_date
FROM invoices_invoice i
JOIN invoices_invoiceline l ON l.invoice_id = i.id
JOIN LATERAL (
    SELECT a.owner_id, a.stream, t.amount_pence AS pence
    FROM ledger_transfer t JOIN ledger_account a ON a.id = t.source_id AND a.kind IN ('pool_share', 'committed')
    WHERE t.entry_id = l.entry_id
    UNION ALL
    SELECT a.owner_id, a.stream, -t.amount_pence
    FROM ledger_transfer t JOIN ledger_account a ON a.id = t.target_id AND a.kind IN ('pool_share', 'committed')
    WHERE t.entry_id = l.entry_id
) v ON true
JOIN clusters_membership m ON m.id = v.owner_id
WHERE l.entry_id IS NOT NULL AND {which}
GROUP BY i.id, l.id, m.id, v.stream
ORDER BY i.number, i.id, l.line_number, m.ref, v.stream
"""


class PaidShare(NamedTuple):
    """Pence one stream of one member paid of one line; below zero where a credit gave money back."""

    invoice_number: str
    line_number: int
    membership_ref: str
    stream: str
    pence: int
    service_date: date


def shares_of_council(*, council_id: UUID) -> Iterator[PaidShare]:
    """Give every share of every accepted line of a council, in order of invoice, line, member and stream."""
    return _shares("i.council_id = %s", [council_id])


def shares_of_lines(*, line_ids: Collection[UUID]) -> Iterator[PaidShare]:
    """Give the shares of some lines."""
    return _shares("l.id = ANY(%s)", [list(line_ids)])


def _shares(which: str, values: list[Any]) -> Iterator[PaidShare]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(SHARES.format(which=which), values)
        while rows := cursor.fetchmany(5_000):
            yield from (PaidShare(*row) for row in rows)
