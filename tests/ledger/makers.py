"""Books, accounts and entries for tests; and the same rows written past the actions, by plain SQL."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from ledger.actions import AccountName, Draft, Move, Posted, close_period, open_accounts, open_book, post
from ledger.models import AccountKind, Period

MAY = date(2026, 5, 4)
JUNE = date(2026, 6, 1)
END_OF_MAY = datetime(2026, 6, 3, 9, tzinfo=UTC)

# One entry with one transfer, in one statement, as the books want it; each test spoils one thing.
ENTRY = """
INSERT INTO ledger_entry (id, book_id, key, kind, reason, effective_date, reverses_id, reversal_reason, recorded_at,
                          recorded_in, recorded_by, body_hash, digest)
VALUES (%(entry)s, %(book)s, %(key)s, %(kind)s, %(reason)s, %(entry_date)s, %(reverses)s, %(reversal_reason)s,
        now() + %(seconds_off)s * interval '1 second', (pg_current_xact_id()::text::bigint + %(xid_off)s)::text::xid8,
        'psql', '', '')
"""
TRANSFER = """
INSERT INTO ledger_transfer (book_id, entry_id, source_id, target_id, amount_pence, effective_date, checksum)
VALUES (%(transfer_book)s, %(entry)s, %(source)s, %(target)s, %(pence)s, %(transfer_date)s, 0)
"""
BOTH = f"WITH entry AS ({ENTRY}) {TRANSFER}"


@dataclass(frozen=True, kw_only=True)
class Purse:
    """A book with the council's money, one budget, that person's share of a pool, and a provider to pay."""

    book: UUID
    funding: UUID
    budget: UUID
    pool: UUID
    payable: UUID
    bank: UUID


def make_purse(*, budget_pence: int = 0, pool_pence: int = 0) -> Purse:
    """A purse with so much in the budget and in the pool share."""
    book = open_book(name="Testshire").pk
    kinds = [
        AccountKind.FUNDING,
        AccountKind.BUDGET,
        AccountKind.POOL_SHARE,
        AccountKind.PAYABLE,
        AccountKind.BANK,
    ]
    names = [AccountName(kind, uuid4(), "council") for kind in kinds]
    ids = open_accounts(book_id=book, names=names)
    funding, budget, pool, payable, bank = (ids[name] for name in names)
    purse = Purse(book=book, funding=funding, budget=budget, pool=pool, payable=payable, bank=bank)
    if budget_pence + pool_pence:
        make_entry(purse, kind="allocate", source=funding, target=budget, pence=budget_pence + pool_pence)
    if pool_pence:
        make_entry(purse, kind="pledge", source=budget, target=pool, pence=pool_pence)
    return purse


def make_draft(
    *,
    source: UUID,
    target: UUID,
    pence: int,
    kind: str = "allocate",
    key: str = "",
    on: date = MAY,
    **more: Any,
) -> Draft:
    """A draft of one move, under a key of its own unless one is given."""
    return Draft(
        key=key or f"{kind}:{uuid4()}",
        kind=kind,
        effective_date=on,
        reason=more.pop("reason", "For the test"),
        moves=[Move(source, target, pence)],
        **more,
    )


def make_entry(purse: Purse, *, source: UUID, target: UUID, pence: int, **more: Any) -> Posted:
    """An entry of one move, posted."""
    draft = make_draft(source=source, target=target, pence=pence, **more)
    return post(book_id=purse.book, draft=draft, by="user:test")


def close_may(book: UUID) -> Period:
    """May 2026 of a book, closed."""
    return close_period(book_id=book, start=date(2026, 5, 1), end=JUNE, at=END_OF_MAY, by="user:test")


def by_hand(statement: str, purse: Purse, **changes: Any) -> UUID:
    """Run one of the statements above for an allocation of a pound, with `changes`; gives the entry's id."""
    values = {
        "entry": uuid4(),
        "book": purse.book,
        "key": f"hand:{uuid4()}",
        "kind": "allocate",
        "reason": "By hand",
        "entry_date": MAY,
        "transfer_date": changes.get("entry_date", MAY),
        "transfer_book": changes.get("book", purse.book),
        "reverses": None,
        "reversal_reason": "",
        "seconds_off": 0,
        "xid_off": 0,
        "source": purse.funding,
        "target": purse.budget,
        "pence": 100,
    } | changes
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    entry = values["entry"]
    assert isinstance(entry, UUID)
    return entry
