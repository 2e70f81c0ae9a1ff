"""Posting: the one way money moves."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from json import dumps
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from ledger.actions.refused import refused_by
from ledger.queries import sql_of

# JSON rather than arrays: PostgreSQL expects as many rows of it whatever it holds, so that it keeps one plan.
GIVEN_DRAFTS = """
    SELECT uuidv7() AS id, d.* FROM json_to_recordset(%(drafts)s::json)
        AS d(draft_no int, key text, kind text, effective_date date, concerned_date date, reason text, basis jsonb,
             reverses_id uuid, reversal_reason text)
"""
GIVEN_MOVES = """
    SELECT * FROM json_to_recordset(%(moves)s::json)
        AS m(draft_no int, source_id uuid, target_id uuid, amount_pence bigint)
"""
# What stands already is looked up only for an entry that was not written just now. By the book that the draft says, not
# the one that is given: knowing that one, PostgreSQL hopes for a better plan and makes one anew each time.
WHAT_STANDS = """
SELECT b.key, coalesce(e.id, o.id), e.id IS NOT NULL, coalesce(e.id IS NOT NULL OR o.body_hash = b.body_hash, false)
FROM body b LEFT JOIN entry e ON e.id = b.id
LEFT JOIN LATERAL (
    SELECT o.id, o.body_hash FROM ledger_entry o
    WHERE e.id IS NULL AND o.book_id = b.book_id AND o.key = b.key LIMIT 1
) o ON true
ORDER BY b.draft_no
"""
HOW_MANY = "SELECT (SELECT count(*) FROM draft), (SELECT count(*) FROM entry)"

REFUSALS = {
    "ledger_account_is_not_overdrawn": _("There is not enough money left in one of the accounts."),
    "ledger_entry_is_in_an_open_period": _("That date lies in a month that is closed."),
    "ledger_transfer_belongs_to_its_entry": _("That kind of entry cannot move money between these accounts."),
    "ledger_transfer_moves_something": _("Every transfer moves at least one penny."),
    "ledger_transfer_goes_elsewhere": _("Money cannot move from an account to itself."),
    "ledger_transfer_goes_once_in_an_entry": _(
        "An entry moves money between the same two accounts only once."
    ),
    "ledger_entry_is_reversed_once": _("That entry has been reversed already."),
    "ledger_entry_moves_money": _("An entry moves money, all of it at once."),
    "ledger_reversal_is_exact": _(
        "A reversal moves exactly the same money back, of an entry that is no reversal."
    ),
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
    [one] = _each_once([draft])
    with _all_or_none(1):
        rows = _run(sql_of("post_one.sql"), _as_values(one) | {"book": book_id, "by": by}, is_kept=True)
        if rows:
            return Posted(rows[0][0], is_first=True)
    return post_many(book_id=book_id, drafts=[draft], by=by)[0]  # says what stands


def post_many(
    *, book_id: UUID, drafts: Sequence[Draft], by: str, is_refusal_the_end: bool = False
) -> list[Posted]:
    """
    Write entries with their transfers in one statement, all or none; answers in the order of `drafts`.

    The same key with the same body is the entry that stands already. `by` says who acts, without a name
    ("user:<id>", "key:<id>", "system:<job>"). `is_refusal_the_end`: the transaction around this is given up on a
    refusal, so that it need not be left usable.

    Units: pence. Guarded accounts are locked in id order.

    :raises UnableToPost: an account would go below zero, a key is used for another entry, the date lies in a
        closed period, a draft has no moves, or a move goes where its kind of entry may not.
    """
    to_write = _each_once(drafts)
    if not to_write:
        return []
    with nullcontext() if is_refusal_the_end and connection.in_atomic_block else _all_or_none(len(to_write)):
        stands = _write(_as_json(to_write) | {"book": book_id, "by": by})
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
        [(asked, written)] = _run(_statement(drafts_sql, moves_sql, HOW_MANY), named, is_kept=False)
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
    """Run the posting statement over drafts, and say by key what stands in the books afterwards."""
    statement = _statement(GIVEN_DRAFTS, GIVEN_MOVES, WHAT_STANDS)
    rows = _run(statement, values, is_kept=True)
    written = {key for key, _id, is_first, _same in rows if is_first}
    if any(entry_id is None for _key, entry_id, _first, _same in rows):
        rows = _run(
            statement, values, is_kept=True
        )  # written by somebody else meanwhile: a new look sees their entry
    for key, _id, _first, is_same in rows:
        if not is_same:
            raise _says_something_else(key)
    return {key: Posted(entry_id, is_first or key in written) for key, entry_id, is_first, _same in rows}


@lru_cache(maxsize=32)
def _statement(drafts_sql: str, moves_sql: str, answer_sql: str) -> str:
    """Put the two feeds and the answer into the one posting statement."""
    return sql_of("post.sql").replace("{drafts}", drafts_sql).replace("{moves}", moves_sql) + answer_sql


def _as_values(draft: Draft) -> dict[str, Any]:
    """Give one draft and its moves as the statement for one reads them."""
    return {
        "key": draft.key,
        "kind": draft.kind,
        "effective_date": draft.effective_date,
        "concerned_date": draft.concerned_date,
        "reason": draft.reason,
        "basis": dumps(draft.basis),
        "reverses_id": draft.reverses_id,
        "reversal_reason": draft.reversal_reason,
        "moves": dumps([_as_told(move) for move in draft.moves]),
    }


def _as_told(move: Move) -> dict[str, str | int]:
    return {
        "source_id": str(move.source_id),
        "target_id": str(move.target_id),
        "amount_pence": move.amount_pence,
    }


def _as_json(drafts: Sequence[Draft]) -> dict[str, str]:
    """Write drafts and their moves as the posting statement reads them."""
    told = [
        {
            "draft_no": number,
            "key": draft.key,
            "kind": draft.kind,
            "effective_date": str(draft.effective_date),
            "concerned_date": draft.concerned_date and str(draft.concerned_date),
            "reason": draft.reason,
            "basis": draft.basis,
            "reverses_id": draft.reverses_id and str(draft.reverses_id),
            "reversal_reason": draft.reversal_reason,
        }
        for number, draft in enumerate(drafts)
    ]
    moves = [
        {"draft_no": number, **_as_told(move)} for number, draft in enumerate(drafts) for move in draft.moves
    ]
    return {"drafts": dumps(told), "moves": dumps(moves)}


class _Prepared(psycopg.Cursor[tuple[Any, ...]]):
    """A cursor whose statements PostgreSQL reads and plans once for each connection."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "_Prepared":
        """Run a statement, prepared."""
        return super().execute(query, params, **{"prepare": True, **options})


def _prepared_cursor() -> Any:
    """Give Django's cursor over prepared statements: reading and planning this one took half its time."""
    connection.ensure_connection()
    if connection.connection.prepare_threshold:  # none: a pooler is between us that knows no plans
        connection.connection.prepare_threshold = 0  # Django's own cursors never prepare, whatever this says
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    return wrap(_Prepared(connection.connection))  # type: ignore[arg-type]


def _run(statement: str, values: Mapping[str, Any], *, is_kept: bool) -> list[tuple[Any, ...]]:
    """Run the posting statement, its plan kept or made anew, and say a refusal of PostgreSQL in plain words."""
    try:
        with _prepared_cursor() if is_kept else connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())
    except (IntegrityError, DataError) as refusal:
        constraint = refused_by(refusal)
        raise UnableToPost(
            str(REFUSALS.get(constraint, _("The books refused this entry."))), constraint=constraint
        ) from refusal
