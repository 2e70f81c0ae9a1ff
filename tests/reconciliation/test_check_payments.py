"""`check_books` proves what left the house: payments and their lines, bank statements, and direct payments."""

from datetime import date, timedelta

import psycopg
import pytest

from budgets.actions.direct import pay_arrangement
from budgets.actions.recover import give_notice, take_back
from invoices.actions.statement import import_statements
from people.models import Council
from reconciliation.queries.faults import faults
from tests.budgets.makers import make_arrangement
from tests.cast import NINE, make_cast
from tests.cast import ON as DAY_PAID
from tests.invoices.banking import Entry, camt
from tests.invoices.paying import AT, ON, make_desk, make_sent

pytestmark = pytest.mark.django_db(transaction=True)
MAY_20, MAY_28 = date(2026, 5, 20), date(2026, 5, 28)


def make_paid_and_returned() -> Council:
    """A payment of two lines that the bank paid, told in one statement, and sent back, told in the next."""
    desk = make_desk()
    payment = make_sent(desk).payments.get()
    paid = camt(Entry(pence=-100_00, reference=payment.reference, on=MAY_20))
    back = camt(Entry(pence=100_00, reference=payment.reference, on=MAY_28), opening=900_00, ref="S-2")
    for data in (paid, back):
        import_statements(council=desk.council, data=data, file="a.xml", by=desk.farah, on=ON, at=AT)
    return desk.council


def make_paid_directly() -> Council:
    """Somebody was paid directly, and some of it was taken back."""
    cast = make_cast()
    arrangement = make_arrangement(person=cast.ben, by=cast.farah)
    pay_arrangement(arrangement=arrangement, on=DAY_PAID, at=NINE, by=cast.farah.label)
    part = arrangement.allocation
    recovery = give_notice(
        budget=part.budget,
        stream=part.stream,
        amount_pence=40_00,
        reason="You were in hospital.",
        by=cast.farah,
        on=DAY_PAID,
        at=NINE,
    )
    later = DAY_PAID + timedelta(days=28)
    take_back(recovery=recovery, pence=40_00, considered="Has savings", by=cast.farah, on=later, at=NINE)
    return cast.council


OF_PAYMENTS = [
    ("invoices_payment", "amount_pence = amount_pence + 1"),
    ("invoices_payment", "paid_date = paid_date + 1"),
    ("invoices_payment", "back_date = back_date + 1"),
    ("invoices_payment", "entry_id = gen_random_uuid()"),
    ("invoices_payment", "back_entry_id = gen_random_uuid()"),
    ("invoices_payment", "provider_id = gen_random_uuid()"),
    ("invoices_payment", "run_id = gen_random_uuid()"),
    ("invoices_paymentitem", "amount_pence = amount_pence + 1"),
    ("invoices_paymentitem", "line_id = gen_random_uuid()"),
    ("invoices_paymentitem", "payment_id = gen_random_uuid()"),
    ("invoices_paymentitem", "is_live = true"),
    ("invoices_bankstatement", "closing_pence = closing_pence + 1"),
    ("invoices_bankstatement", "opening_pence = opening_pence + 1, closing_pence = closing_pence + 1"),
    ("invoices_bankline", "amount_pence = amount_pence + 1"),
    ("invoices_bankline", "booking_date = booking_date + 1"),
    ("invoices_bankline", "statement_id = gen_random_uuid()"),
]
OF_DIRECT_PAYMENTS = [
    ("budgets_instalment", "amount_pence = amount_pence + 1"),
    ("budgets_instalment", "paid_date = paid_date + 1"),
    ("budgets_instalment", "entry_id = gen_random_uuid()"),
    ("budgets_recovery", "taken_pence = taken_pence - 1"),
    ("budgets_recovery", "taken_date = taken_date + 1"),
    ("budgets_recovery", "budget_id = gen_random_uuid()"),
]


def not_named(
    superuser: psycopg.Connection, council: Council, edits: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Change the last row of a table with triggers off, look whether it is named, and put it back: edit by edit."""
    assert [str(fault) for fault in faults(council=council)] == []
    superuser.execute("SET session_replication_role = replica")
    missed = []
    for table, change in edits:
        superuser.execute(f"CREATE TEMP TABLE before AS SELECT * FROM {table}")
        [(row_id,)] = superuser.execute(
            f"UPDATE {table} SET {change} WHERE id = (SELECT id FROM {table} ORDER BY id DESC LIMIT 1) RETURNING id"
        ).fetchall()
        if (table, row_id) not in {(fault.table, fault.row_id) for fault in faults(council=council)}:
            missed.append((table, change))
        superuser.execute(f"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM before; DROP TABLE before")
    return missed


def test_names_each_row_of_a_payment_that_somebody_changed(superuser_connection: psycopg.Connection) -> None:
    assert not_named(superuser_connection, make_paid_and_returned(), OF_PAYMENTS) == []


def test_names_each_row_of_a_direct_payment_that_somebody_changed(
    superuser_connection: psycopg.Connection,
) -> None:
    assert not_named(superuser_connection, make_paid_directly(), OF_DIRECT_PAYMENTS) == []


def test_names_what_was_posted_for_a_payment_that_is_gone(superuser_connection: psycopg.Connection) -> None:
    make_paid_and_returned()
    make_paid_directly()
    superuser_connection.execute("SET session_replication_role = replica")
    for table in ("invoices_payment", "budgets_instalment", "budgets_recovery"):
        superuser_connection.execute(f"DELETE FROM {table}")
    missing = {fault.expected for fault in faults() if fault.table == "ledger_entry"}
    assert missing == {"a payment", "an instalment, or one taken back"}
