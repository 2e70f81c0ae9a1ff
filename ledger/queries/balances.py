"""How much stands where."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection

from commonpurse.asked_often import ask

BALANCES = """
SELECT a.id, CASE WHEN a.balance_pence IS NOT NULL THEN a.balance_pence ELSE
    coalesce(last.balance_pence, 0)
    + coalesce((SELECT sum(t.amount_pence) FROM ledger_transfer t
                WHERE t.target_id = a.id AND (p.end_date IS NULL OR t.effective_date >= p.end_date)), 0)
    - coalesce((SELECT sum(t.amount_pence) FROM ledger_transfer t
                WHERE t.source_id = a.id AND (p.end_date IS NULL OR t.effective_date >= p.end_date)), 0)
    END::bigint
FROM ledger_account a
LEFT JOIN LATERAL (SELECT * FROM ledger_period p WHERE p.book_id = a.book_id ORDER BY p.end_date DESC LIMIT 1) p ON true
LEFT JOIN ledger_closingbalance last ON last.account_id = a.id AND last.period_id = p.id
WHERE a.id = ANY(%(ids)s)
"""
OPEN_FROM = "SELECT max(p.end_date) FROM ledger_period p WHERE p.book_id = %(book)s::uuid"
HOLD_DOOR = "SELECT pg_advisory_xact_lock_shared(ledger_door(%(book)s::uuid))"
ALREADY_OPEN = "SELECT a.id FROM ledger_account a WHERE a.id = ANY (%(ids)s::uuid[])"


def balances_pence(*, account_ids: Collection[UUID]) -> dict[UUID, int]:
    """
    Give what stands in each account, in pence; an account that is not open holds nothing.

    Guarded accounts carry their balance; the others are summed from the last closed period on.
    """
    with connection.cursor() as cursor:
        cursor.execute(BALANCES, {"ids": list(account_ids)})
        found = dict(cursor.fetchall())
    return {account_id: found.get(account_id, 0) for account_id in account_ids}


def balance_pence(*, account_id: UUID) -> int:
    """Give what stands in one account, in pence."""
    return balances_pence(account_ids=[account_id])[account_id]


def open_from(*, book_id: UUID) -> date | None:
    """Give the first day that is still open for posting; none where nothing has been closed."""
    opens: date | None
    [(opens,)] = ask(OPEN_FROM, {"book": book_id})
    return opens


def hold_door(*, book_id: UUID) -> None:
    """Keep a book from closing until the transaction ends."""
    ask(HOLD_DOOR, {"book": book_id})


def already_open(*, account_ids: Collection[UUID]) -> set[UUID]:
    """Give those of some accounts that are open; they stay so for ever."""
    return {pk for (pk,) in ask(ALREADY_OPEN, {"ids": list(account_ids)})}
