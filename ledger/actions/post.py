"""Posting: the one way money moves."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DataError, IntegrityError, connection, transaction
from psycopg.types.json import Jsonb

from ledger.queries import sql_of

ARRAY_DRAFTS = """
    SELECT uuidv7() AS id, d.* FROM unnest(%(nos)s::int[], %(keys)s::text[], %(kinds)s::text[], %(effective)s::date[],
                         %(concerned)s::date[], %(reasons)s::text[], %(bases)s::jsonb[], %(reverses)s::uuid[],
                         %(reversal_reasons)s::text[])
        AS d(draft_no, key, kind, effective_date, concerned_date, reason, basis, reverses_id, reversal_reason)
"""
ARRAY_MOVES = """
    SELECT * FROM unnest(%(move_nos)s::int[], %(sources)s::uuid[], %(targets)s::uuid[], %(amounts)s::bigint[])
        AS m(draft_no, source_id, target_id, amount_pence)
"""
WHAT_STANDS = """
SELECT b.key, coalesce(e.id, o.id), e.id IS NOT NULL, e.id IS NOT NULL OR o.body_hash = b.body_hash
FROM body b LEFT JOIN entry e ON e.id = b.id LEFT JOIN ledger_entry o ON o.book_id = %(book)s AND o.key = b.key
ORDER BY b.draft_no
"""
HOW_MANY = "SELECT (SELECT count(*) FROM draft), (SELECT count(*) FROM entry)"

REFUSALS = {
    "ledger_account_is_not_overdrawn": "There is not enough money left in one of the accounts.",
    "ledger_entry_is_in_an_open_period": "That date lies in a month that is closed.",
    "ledger_transfer_belongs_to_its_entry": "That kind of entry cannot move money between these accounts.",
    "ledger_transfer_moves_something": "Every transfer moves at least one penny.",
    "ledger_transfer_goes_elsewhere": "Money cannot move from an account to itself.",
    "ledger_transfer_goes_once_in_an_entry": "An entry moves money between the same two accounts only once.",
    "ledger_entry_reverses_id_key": "That entry has been reversed already.",
    "ledger_entry_moves_money": "An entry moves money, all of it at once.",
    "ledger_reversal_is_exact": "A reversal moves exactly the same money back, of an entry that is no reversal.",
}


class UnableToPost(Exception):
    """The books refused, and nothing was written. `constraint` names the rule that held."""

    def __init__(self, message: str, *, constraint: str = "") -> None:
        super().__init__(message)
        self.constraint = constraint


class Move(NamedTuple):
    """Pence, above zero, to go from one account to another."""

    source_id: UUID
    target_id: UUID
    amount_pence: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An entry as it is to be written: its natural key, what happened, why, when it counts, and its moves."""

    key: str
    kind: str
    effective_date: date
    reason: str
    moves: Sequence[Move]
    concerned_date: date | None = None
    basis: dict[str, Any] = field(default_factory=dict)
    reverses_id: UUID | None = None
    reversal_reason: str = ""


class Posted(NamedTuple):
    """An entry that stands in the books; `is_first` is false when the same entry stood there already."""

    entry_id: UUID
    is_first: bool


def post(*, book_id: UUID, draft: Draft, by: str) -> Posted:
    """
    Write one entry with its transfers and move the balances, or refuse and change nothing.

    :raises UnableToPost: as `post_many`.
    """
    return post_many(book_id=book_id, drafts=[draft], by=by)[0]


def post_many(*, book_id: UUID, drafts: Sequence[Draft], by: str) -> list[Posted]:
    """
    Write entries with their transfers in one statement, all or none; answers in the order of `drafts`.

    The same key with the same body is the entry that stands already. `by` says who acts, without a name
    ("user:<id>", "key:<id>", "system:<job>").

    Units: pence. Guarded accounts are locked in id order.

    :raises UnableToPost: an account would go below zero, a key is used for another entry, the date lies in a
        closed period, a draft has no moves, or a move goes where its kind of entry may not.
    """
    to_write = _each_once(drafts)
    if not to_write:
        return []
    with _all_or_none(len(to_write)):
        stands = _write(_columns(to_write) | {"book": book_id, "by": by})
    answers = []
    for draft in drafts:
        answers.append(stands[draft.key])
        stands[draft.key] = stands[draft.key]._replace(is_first=False)
    return answers


def post_from(
    *, book_id: UUID, drafts_sql: str, moves_sql: str, by: str, values: Mapping[str, Any] | None = None
) -> int:
    """
    Write the entries that two queries yield, set-based, in one statement; gives how many were written.

    For bulk work whose drafts are in PostgreSQL already. `drafts_sql` and `moves_sql` are SQL of ours with
    the columns that `ledger/sql/post.sql` names, and `values` what they refer to besides book and by. Every key
    must be new, every draft has moves, and every move its draft.

    :raises UnableToPost: as `post_many`, or a key stands in the books already.
    """
    named = {**(values or {}), "book": book_id, "by": by}
    with transaction.atomic():
        [(asked, written)] = _run(_statement(drafts_sql, moves_sql, HOW_MANY), named)
        if asked != written:
            raise UnableToPost(
                "Some of these entries stand in the books already, or move no money.",
                constraint="ledger_entry_key_is_used_once",
            )
    return int(written)


def _each_once(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out what is asked for twice in one go, and refuse what moves nothing or contradicts itself."""
    once: dict[str, Draft] = {}
    for draft in drafts:
        if not draft.moves:
            raise UnableToPost(f"Entry {draft.key} moves no money.", constraint="ledger_entry_moves_money")
        if once.setdefault(draft.key, draft) != draft:
            raise _says_something_else(draft.key)
    return list(once.values())


def _says_something_else(key: str) -> UnableToPost:
    return UnableToPost(
        f"Entry {key} stands in the books already and says something else.",
        constraint="ledger_entry_key_is_used_once",
    )


def _all_or_none(count: int) -> AbstractContextManager[None]:
    """
    Undo everything on a refusal, and leave a transaction around this usable.

    One entry is one statement, which undoes itself: outside a transaction it needs no more.
    """
    return transaction.atomic() if count > 1 or connection.in_atomic_block else nullcontext()


def _write(values: dict[str, Any]) -> dict[str, Posted]:
    """Run the posting statement over arrays, and say by key what stands in the books afterwards."""
    statement = _statement(ARRAY_DRAFTS, ARRAY_MOVES, WHAT_STANDS)
    rows = _run(statement, values)
    written = {key for key, _, is_first, _ in rows if is_first}
    if any(entry_id is None for _, entry_id, _, _ in rows):
        rows = _run(statement, values)  # written by somebody else meanwhile: a new look sees their entry
    for key, _, _, is_same in rows:
        if not is_same:
            raise _says_something_else(key)
    return {key: Posted(entry_id, is_first or key in written) for key, entry_id, is_first, _ in rows}


@lru_cache(maxsize=32)
def _statement(drafts_sql: str, moves_sql: str, answer_sql: str) -> str:
    """Put the two feeds and the answer into the one posting statement."""
    return sql_of("post.sql").replace("{drafts}", drafts_sql).replace("{moves}", moves_sql) + answer_sql


def _columns(drafts: Sequence[Draft]) -> dict[str, Any]:
    """Turn drafts into the arrays the posting statement unnests."""
    moves = [(number, move) for number, draft in enumerate(drafts) for move in draft.moves]
    return {
        "nos": list(range(len(drafts))),
        "keys": [draft.key for draft in drafts],
        "kinds": [draft.kind for draft in drafts],
        "effective": [draft.effective_date for draft in drafts],
        "concerned": [draft.concerned_date for draft in drafts],
        "reasons": [draft.reason for draft in drafts],
        "bases": [Jsonb(draft.basis) for draft in drafts],
        "reverses": [draft.reverses_id for draft in drafts],
        "reversal_reasons": [draft.reversal_reason for draft in drafts],
        "move_nos": [number for number, _ in moves],
        "sources": [move.source_id for _, move in moves],
        "targets": [move.target_id for _, move in moves],
        "amounts": [move.amount_pence for _, move in moves],
    }


def _run(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Run the posting statement and say a refusal of PostgreSQL in plain words."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())
    except (IntegrityError, DataError) as refusal:
        constraint = str(getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", "") or "")
        raise UnableToPost(
            REFUSALS.get(constraint, "The books refused this entry."), constraint=constraint
        ) from refusal
