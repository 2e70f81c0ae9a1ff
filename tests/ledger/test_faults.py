"""Proving the books: nothing to tell of good ones, and the very row after any edit by hand with triggers off."""

from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.apps import apps

from ledger.actions import close_period, reverse
from ledger.models import Entry, ReversalReason
from ledger.queries import faults, proven
from tests.ledger.makers import END_OF_MAY, JUNE, close_may, make_entry, make_purse

pytestmark = pytest.mark.django_db(transaction=True)

JULY = date(2026, 7, 1)
# Any other value that the column and its checks take; a row of the book is found by `WHICH`.
OTHER = {
    "uuid": "gen_random_uuid()",
    "date": "coalesce({0}, '2026-05-09') + 1",
    "bigint": "coalesce({0}, 0) + 1",
    "timestamp with time zone": "{0} + interval '1 microsecond'",
    "bytea": r"coalesce({0}, '') || '\x00'",
    "jsonb": """'{{"rule": "equal"}}'""",
    "xid8": "({0}::text::bigint + 1)::text::xid8",
    "character varying": "{0} || 'x'",
}
BY_NAME = {
    ("ledger_account", "kind"): "'savings'",
    ("ledger_entry", "kind"): "'surplus'",
    ("ledger_entry", "reversal_reason"): "'refund'",
    ("ledger_account", "earmark_id"): "gen_random_uuid(), kind = 'committed'",  # the kind that has one
}
WHICH = {
    "ledger_account": "kind = 'budget'",
    "ledger_entry": "reverses_id IS NOT NULL",
    "ledger_transfer": "effective_date < '2026-06-01'",
    "ledger_period": "start_date = '2026-05-01'",
    "ledger_closingbalance": "balance_pence > 0",
    "ledger_book": "true",
}


def make_books() -> UUID:
    """Two closed months and an open one, with a reversal in the first."""
    purse = make_purse(budget_pence=900, pool_pence=300)
    entry = make_entry(purse, kind="return", source=purse.pool, target=purse.budget, pence=50)
    reverse(entry_id=entry.entry_id, reason=ReversalReason.EDIT, words="Wrong", on=JUNE, by="user:test")
    close_may(purse.book)
    make_entry(purse, kind="invoice", source=purse.pool, target=purse.payable, pence=120, on=JUNE)
    close_period(book_id=purse.book, start=JUNE, end=JULY, at=END_OF_MAY, by="user:test")
    make_entry(purse, kind="pay", source=purse.payable, target=purse.bank, pence=20, on=JULY)
    return purse.book


@pytest.fixture
def hand(superuser_connection: psycopg.Connection) -> psycopg.Connection:
    """A superuser's hand in good books, with triggers and foreign keys off."""
    make_books()
    assert list(faults()) == []
    superuser_connection.execute("SET session_replication_role = replica")
    return superuser_connection


def columns() -> list[tuple[str, str, str]]:
    """Every column of every table of the ledger, with its type in PostgreSQL."""
    types = {
        "UUIDField": "uuid",
        "ForeignKey": "uuid",
        "OneToOneField": "uuid",
        "DateField": "date",
        "BigIntegerField": "bigint",
        "DateTimeField": "timestamp with time zone",
        "BinaryField": "bytea",
        "JSONField": "jsonb",
        "TransactionIdField": "xid8",
        "CharField": "character varying",
    }
    return [
        (model._meta.db_table, str(field.column), types[field.get_internal_type()])
        for model in apps.get_app_config("ledger").get_models()
        for field in model._meta.concrete_fields
    ]


def test_knows_every_column_there_is(superuser_connection: psycopg.Connection) -> None:
    there = superuser_connection.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name LIKE 'ledger\\_%'"
    ).fetchall()
    assert sorted(there) == sorted(columns())


@pytest.mark.parametrize(("table", "column", "kind"), columns())
def test_names_the_row_after_a_hand_edit(
    hand: psycopg.Connection, table: str, column: str, kind: str
) -> None:
    new = BY_NAME.get((table, column), OTHER[kind])
    [(row_id,)] = hand.execute(
        f"UPDATE {table} SET {column} = {new.format(column)} "
        f"WHERE id = (SELECT id FROM {table} WHERE {WHICH[table]} ORDER BY id LIMIT 1) RETURNING id"
    ).fetchall()
    assert (table, row_id) in {(fault.table, fault.row_id) for fault in faults()}


MISSED_BY = {
    "ledger_account": ("ledger_transfer", "source_id = '{0}' OR target_id = '{0}'"),
    "ledger_entry": ("ledger_transfer", "entry_id = '{0}'"),
    "ledger_transfer": ("ledger_entry", "id = '{1}'"),
    "ledger_period": ("ledger_closingbalance", "period_id = '{0}'"),
    "ledger_closingbalance": ("ledger_period", "id = '{1}'"),
    "ledger_book": ("ledger_account", "book_id = '{0}'"),
}


@pytest.mark.parametrize("table", MISSED_BY)
def test_names_the_row_that_misses_a_deleted_one(hand: psycopg.Connection, table: str) -> None:
    parent = {"ledger_transfer": "entry_id", "ledger_closingbalance": "period_id"}.get(table, "id")
    [(row_id, parent_id)] = hand.execute(
        f"DELETE FROM {table} WHERE id = (SELECT id FROM {table} WHERE {WHICH[table]} ORDER BY id LIMIT 1) "
        f"RETURNING id, {parent}"
    ).fetchall()
    missing_table, condition = MISSED_BY[table]
    missing = hand.execute(
        f"SELECT id FROM {missing_table} WHERE {condition.format(row_id, parent_id)}"
    ).fetchall()
    assert missing
    named = {(fault.table, fault.row_id) for fault in faults()}
    assert {(missing_table, missing_id) for (missing_id,) in missing} <= named


def test_names_a_deleted_closing_balance_itself(hand: psycopg.Connection) -> None:
    [(row_id,)] = hand.execute(
        "DELETE FROM ledger_closingbalance WHERE balance_pence = 180 RETURNING id"
    ).fetchall()
    assert (row_id, "is missing") in {(fault.row_id, fault.what) for fault in faults()}


@pytest.mark.parametrize("columns_too", ["", ", checksum"])
def test_names_a_row_added_by_hand(hand: psycopg.Connection, columns_too: str) -> None:
    [(entry_id,)] = hand.execute(
        "INSERT INTO ledger_transfer (book_id, entry_id, source_id, target_id, amount_pence, effective_date, checksum) "
        "SELECT book_id, entry_id, target_id, source_id, 5, effective_date, 0 FROM ledger_transfer LIMIT 1 "
        "RETURNING entry_id"
    ).fetchall()
    if columns_too:
        hand.execute(
            "UPDATE ledger_transfer SET checksum = ledger_transfer_checksum(id, book_id, entry_id, source_id, "
            "target_id, amount_pence, effective_date)"
        )
    assert entry_id in {fault.row_id for fault in faults() if fault.table == "ledger_entry"}


def test_names_the_sealed_period_when_every_other_trace_was_wiped(hand: psycopg.Connection) -> None:
    """Somebody who works out all hashes anew is still told by the seal, which is printed on the reports."""
    entry = Entry.objects.filter(effective_date__lt=JUNE).first()
    assert entry is not None
    hand.execute("UPDATE ledger_entry SET reason = 'Something else' WHERE id = %s", [entry.pk])
    hand.execute(
        "UPDATE ledger_entry e SET body_hash = ledger_body_hash(key, kind, effective_date, concerned_date, reason, "
        "basis, reverses_id, reversal_reason, (SELECT string_agg(source_id || '>' || target_id || ':' || amount_pence, "
        "',' ORDER BY source_id, target_id) FROM ledger_transfer t WHERE t.entry_id = e.id))"
    )
    hand.execute(
        "UPDATE ledger_entry SET digest = ledger_entry_digest(body_hash, id, book_id, recorded_at, recorded_by, "
        "recorded_in)"
    )
    told: list[Any] = list(faults())
    assert [fault.table for fault in told] == ["ledger_period"]


def test_looks_at_one_book_alone_when_asked(hand: psycopg.Connection) -> None:
    good = make_books()
    hand.execute("UPDATE ledger_transfer SET amount_pence = amount_pence + 1 WHERE book_id <> %s", [good])
    assert list(faults(book_id=good)) == []
    assert list(faults())


def test_counts_what_it_looks_at() -> None:
    book = make_books()
    assert proven(book_id=book)._asdict() == {"accounts": 5, "entries": 6, "transfers": 6, "periods": 2}
