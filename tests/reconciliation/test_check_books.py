"""`check_books` proves all the money from the rows, and names the row that somebody changed by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command

from commissioning.actions import approve
from invoices.actions import release
from invoices.models import Hold
from reconciliation.actions import sign
from reconciliation.queries.faults import faults
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_request
from tests.people.makers import make_commissioner, make_council
from tests.reconciliation.makers import (
    JUNE,
    Pool,
    bill,
    count,
    credit,
    make_finance_officer,
    make_lively_pool,
    make_pool,
)

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY, MONDAY_AFTER = date(2026, 5, 4), date(2026, 5, 11)
APPROVED_AT = datetime(2026, 5, 6, 10, tzinfo=UTC)


def check(code: str = "") -> str:
    """What the command says."""
    said = StringIO()
    call_command("check_books", *([code] if code else []), stdout=said)
    return said.getvalue()


def refusal(code: str = "") -> tuple[str, str]:
    """What the command says when something is wrong: the rows, and its last line."""
    said = StringIO()
    with pytest.raises(CommandError) as trouble:
        call_command("check_books", *([code] if code else []), stdout=said)
    assert trouble.value.returncode == 1
    return said.getvalue(), str(trouble.value)


def make_month() -> Pool:
    """A pool with lines accepted, held and credited."""
    pool = make_pool()
    number = bill(pool)
    bill(pool, code="HC-HOUR", units="500")
    credit(pool, number, pence=10_00)
    return pool


def test_says_that_good_books_are_right() -> None:
    council = make_council()
    for seed in range(3):
        make_lively_pool(council=council, seed=seed)
    assert [str(fault) for fault in faults(council=council)] == []
    assert check(council.code).startswith(f"The books of {council.name} are right: ")
    assert check().startswith("All books are right: ")


def test_refuses_a_council_that_is_not_there() -> None:
    assert refusal("NOWHERE")[1] == "There is no council with the code NOWHERE. Nothing was checked."


EDITS = [
    ("budgets_allocation", "annual_pence = annual_pence + 1", "annual_pence > 0"),
    ("budgets_allocation", "stream_id = gen_random_uuid()", "annual_pence > 0"),
    ("clusters_pledge", "amount_pence = amount_pence + 1", "true"),
    ("clusters_pledge", "effective_date = effective_date + 1", "true"),
    ("clusters_pledge", "entry_id = gen_random_uuid()", "true"),
    ("clusters_pledge", "budget_id = gen_random_uuid()", "true"),
    ("clusters_pledge", "stream_id = gen_random_uuid()", "true"),
    ("invoices_invoice", "total_pence = total_pence + 1", "true"),
    ("invoices_invoice", "issue_date = issue_date + 1", "true"),
    ("invoices_invoice", "period_end_date = period_end_date + 1", "true"),
    ("invoices_invoice", "body_hash = '\\x00'", "true"),
    ("invoices_invoice", "contract_id = gen_random_uuid()", "true"),
    ("invoices_invoice", "council_id = gen_random_uuid()", "true"),
    ("invoices_invoice", "corrects_id = gen_random_uuid()", "kind = 'credit_note'"),
    ("invoices_invoiceline", "service_code = 'OTHER'", "state = 'accepted' AND corrects_line IS NULL"),
    (
        "invoices_invoiceline",
        "service_id = gen_random_uuid()",
        "state = 'accepted' AND corrects_line IS NULL",
    ),
    ("invoices_invoiceline", "service_id = gen_random_uuid()", "corrects_line IS NOT NULL"),
    ("invoices_invoiceline", "membership_id = gen_random_uuid()", "state = 'accepted'"),
    ("invoices_invoiceline", "membership_id = gen_random_uuid()", "corrects_line IS NOT NULL"),
    ("invoices_invoiceline", "membership_id = gen_random_uuid()", "state = 'held'"),
    ("invoices_invoiceline", "corrected_line_id = gen_random_uuid()", "corrects_line IS NOT NULL"),
    ("invoices_invoiceline", "corrects_line = 2", "corrects_line IS NOT NULL"),
    ("invoices_invoiceline", "amount_pence = amount_pence + 1", "state = 'accepted'"),
    ("invoices_invoiceline", "units = units + 1", "state = 'accepted' AND corrects_line IS NULL"),
    ("invoices_invoiceline", "service_date = service_date + 1", "state = 'accepted'"),
    ("invoices_invoiceline", "line_number = line_number + 1", "state = 'accepted'"),
    ("invoices_invoiceline", "entry_id = gen_random_uuid()", "state = 'accepted'"),
    ("invoices_invoiceline", "invoice_id = gen_random_uuid()", "state = 'accepted'"),
    ("invoices_invoiceline", "state = 'rejected'", "state = 'held'"),
    ("invoices_invoiceline", "state = 'held', entry_id = NULL", "state = 'accepted'"),
]


@pytest.mark.parametrize(("table", "change", "which"), EDITS)
def test_names_the_row_after_a_hand_edit(
    superuser_connection: psycopg.Connection, table: str, change: str, which: str
) -> None:
    council = make_month().council
    superuser_connection.execute("SET session_replication_role = replica")
    [(row_id,)] = superuser_connection.execute(
        f"UPDATE {table} SET {change} WHERE id = (SELECT id FROM {table} WHERE {which} ORDER BY id LIMIT 1) "
        "RETURNING id"
    ).fetchall()
    rows, last = refusal("" if "council_id" in change else council.code)
    assert f"{table} {row_id}" in rows
    assert last.endswith("wrong.")


@pytest.mark.parametrize(
    "change",
    [
        "units = units + 1",
        "unit_rate_pence = unit_rate_pence + 1",
        "service_date = service_date + 1",
        "service_code = 'OTHER'",
        "member_ref = 'M-X'",
        "line_number = 9",
    ],
)
def test_names_the_document_of_a_held_line_that_says_something_else(
    superuser_connection: psycopg.Connection, change: str
) -> None:
    make_month()
    superuser_connection.execute("SET session_replication_role = replica")
    [(invoice_id,)] = superuser_connection.execute(
        f"UPDATE invoices_invoiceline SET {change} WHERE state = 'held' RETURNING invoice_id"
    ).fetchall()
    assert f"invoices_invoice {invoice_id} does not say, with its lines, what came in" in refusal()[0]


def test_knows_what_a_line_said_before_it_was_put_right() -> None:
    pool = make_month()
    release(
        hold=Hold.objects.get(state="open"),
        corrections={"units": Decimal("2.50"), "amount_pence": 50_00, "unit_rate_pence": 20_00},
        note="They meant half a day",
        by=make_finance_officer(council=pool.council),
        on=date(2026, 6, 1),
        at=APPROVED_AT,
    )
    assert list(faults()) == []


COUNT_EDITS = [
    ("reconciliation_statement", "opening_pence = opening_pence + 1, pledged_pence = pledged_pence - 1"),
    ("reconciliation_statement", "forecast_pence = forecast_pence + 1"),
    ("reconciliation_statement", "spent_on = '{}'"),
    ("reconciliation_statement", "cluster_month_id = gen_random_uuid()"),
    ("reconciliation_clustermonth", "billed_pence = billed_pence + 1"),
    ("reconciliation_clustermonth", "month_end_id = gen_random_uuid()"),
    ("reconciliation_servicemonth", "pence = pence + 1"),
    ("reconciliation_servicemonth", "cluster_month_id = gen_random_uuid()"),
    ("reconciliation_certificateline", "expected = expected + 1, found = found + 1"),
    ("reconciliation_certificateline", "month_end_id = gen_random_uuid()"),
    ("reconciliation_finding", "found_pence = found_pence + 1"),
    ("reconciliation_monthend", "signed_at = signed_at - interval '1 day'"),
    ("reconciliation_monthend", "council_id = gen_random_uuid()"),
    ("reconciliation_monthendevent", "words = 'Signed twice'"),
]


def make_signed_month() -> Pool:
    """A month of everything, signed."""
    pool = make_month()
    officer = make_finance_officer(council=pool.council)
    sign(month_end=count(pool.council), by=officer, on=JUNE, at=APPROVED_AT)
    return pool


@pytest.mark.parametrize(("table", "change"), COUNT_EDITS)
def test_names_the_row_of_a_signed_month_after_a_hand_edit(
    superuser_connection: psycopg.Connection, table: str, change: str
) -> None:
    council = make_signed_month().council
    assert list(faults(council=council)) == []
    superuser_connection.execute("SET session_replication_role = replica")
    [(row_id,)] = superuser_connection.execute(
        f"UPDATE {table} SET {change} WHERE id = (SELECT id FROM {table} ORDER BY id LIMIT 1) RETURNING id"
    ).fetchall()
    rows, _ = refusal(council.code)
    assert f"{table} {row_id} was changed by hand" in rows


def test_names_the_cluster_that_misses_a_statement_of_a_signed_month(
    superuser_connection: psycopg.Connection,
) -> None:
    make_signed_month()
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute("DELETE FROM reconciliation_statement WHERE closing_pence > 0")
    assert {fault.table for fault in faults()} == {"reconciliation_clustermonth"}


@pytest.mark.parametrize("which", ["place = 3", "code = 'findings'"])
def test_names_the_signed_month_that_misses_a_line_of_its_certificate(
    superuser_connection: psycopg.Connection, which: str
) -> None:
    make_signed_month()
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute(f"DELETE FROM reconciliation_certificateline WHERE {which}")
    assert [(fault.table, fault.what) for fault in faults()] == [
        ("reconciliation_monthend", "misses a line of its certificate")
    ]


@pytest.mark.parametrize(
    ("table", "which", "missed_by"),
    [
        ("clusters_pledge", "true", "ledger_entry"),
        ("invoices_invoiceline", "state = 'accepted'", "ledger_entry"),
        ("invoices_invoiceline", "state = 'held'", "invoices_invoice"),
        ("invoices_invoice", "corrects_id IS NOT NULL", "invoices_invoiceline"),
        ("invoices_hold", "true", "invoices_invoiceline"),
        ("budgets_allocation", "annual_pence > 0", "ledger_entry"),
    ],
)
def test_names_the_row_that_misses_a_deleted_one(
    superuser_connection: psycopg.Connection, table: str, which: str, missed_by: str
) -> None:
    make_month()
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute(
        f"DELETE FROM {table} WHERE id = (SELECT id FROM {table} WHERE {which} ORDER BY id LIMIT 1)"
    )
    assert missed_by in {fault.table for fault in faults()}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE commissioning_commitment SET amount_pence = amount_pence + 1", "commissioning_commitment"),
        ("UPDATE commissioning_commitment SET membership_id = gen_random_uuid()", "commissioning_commitment"),
        ("DELETE FROM commissioning_commitment", "ledger_entry"),
        ("UPDATE ledger_entry SET key = 'other' WHERE kind = 'commit'", "commissioning_commitment"),
    ],
)
def test_names_a_promise_that_is_not_what_was_moved(
    superuser_connection: psycopg.Connection, change: str, named: str
) -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, pledged={"council": 300_00})
    approval = make_request(cluster=cluster, weekly_pence=70_00, start_date=MONDAY, end_date=MONDAY_AFTER)
    by = make_commissioner(council=cluster.council, approval_limit_pence=50_000_00)
    approve(approval=approval, by=by, at=APPROVED_AT)
    assert list(faults()) == []
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute(change)
    assert named in {fault.table for fault in faults()}


def test_says_how_many_rows_are_wrong_and_shows_the_first(superuser_connection: psycopg.Connection) -> None:
    pool = make_pool(members=30)
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute("UPDATE clusters_pledge SET amount_pence = amount_pence + 1")
    superuser_connection.execute("UPDATE ledger_transfer SET amount_pence = amount_pence + 1")
    rows, last = refusal(pool.council.code)
    assert len(rows.splitlines()) == 51
    assert int(last.split()[0].replace(",", "")) > 50


def test_leaves_another_councils_fault_to_them(superuser_connection: psycopg.Connection) -> None:
    theirs, ours = make_month(), make_month()
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute(
        "UPDATE clusters_pledge SET amount_pence = 1 WHERE membership_id = %s", [theirs.members[0].pk]
    )
    assert "are right" in check(ours.council.code)
    assert "clusters_pledge" in refusal(theirs.council.code)[0]
