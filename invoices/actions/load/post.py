"""Posting what a folder says was paid in, thousands at a time."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from invoices.actions.load.rows import AT_A_TIME
from ledger.actions import AccountName, Draft, Move, open_accounts, post_many


class Paid(NamedTuple):
    """One move of money: its natural key, from where to where, how many pence, when and why."""

    key: str
    source: AccountName
    target: AccountName
    amount_pence: int
    effective_date: date
    reason: str


def post_all(*, book_id: UUID, kind: str, paid: Sequence[Paid], by: str) -> list[UUID | None]:
    """Open the accounts and post an entry for each payment; gives the entries' ids, none for a payment of nothing."""
    entries: list[UUID | None] = []
    for some in _chunks(paid):
        ids = open_accounts(
            book_id=book_id, names=[name for each in some for name in (each.source, each.target)]
        )
        drafts = [
            Draft(
                key=each.key,
                kind=kind,
                effective_date=each.effective_date,
                reason=each.reason,
                moves=[Move(ids[each.source], ids[each.target], each.amount_pence)],
            )
            for each in some
            if each.amount_pence
        ]
        posted = iter(post_many(book_id=book_id, drafts=drafts, by=by))
        entries += [next(posted).entry_id if each.amount_pence else None for each in some]
    return entries


def _chunks(paid: Sequence[Paid]) -> Iterator[Sequence[Paid]]:
    for start in range(0, len(paid), AT_A_TIME):
        yield paid[start : start + AT_A_TIME]
