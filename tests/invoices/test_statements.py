"""Bank statements settle payments: what is certain at once, the rest by a person, and nothing twice."""

from datetime import date
from typing import Any

import pytest

from invoices.actions.pay import settle
from invoices.actions.statement import (
    UnableToImportStatement,
    UnableToMatch,
    explain_line,
    import_statements,
    match_line,
)
from invoices.models import (
    BankLine,
    BankLineState,
    BankStatement,
    Payment,
    PaymentRun,
    PaymentState,
    RunState,
)
from invoices.queries.proposals import named_with_other_amount, proposals_for
from ledger.models import Entry as BookEntry
from people.models import User
from tests.guards import assert_refused, run_sql
from tests.invoices.banking import JUNE_4, Entry, camt, table
from tests.invoices.paying import AT, ON, Desk, make_desk, make_sent
from tests.people.makers import make_commissioner

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"on": date(2026, 6, 5), "at": AT}


@pytest.fixture
def desk() -> Desk:
    """A provider that is owed a hundred pounds."""
    return make_desk()


@pytest.fixture
def payment(desk: Desk) -> Payment:
    """The payment of a hundred pounds that is on its way."""
    return make_sent(desk).payments.get()


def take(desk: Desk, data: bytes, *, by: User | None = None, file: str = "bank.xml") -> list[BankStatement]:
    """Bring a file in, as a finance officer."""
    return import_statements(council=desk.council, data=data, file=file, by=by or desk.farah, **WHEN)


def test_settles_what_names_a_payment_and_its_amount(desk: Desk, payment: Payment) -> None:
    [statement] = take(desk, camt(Entry(pence=-100_00, reference=payment.reference)))
    payment.refresh_from_db()
    assert (payment.state, payment.paid_date) == (PaymentState.PAID, JUNE_4)
    line = statement.lines.get()
    assert (line.state, line.payment, line.settled_by) == (
        BankLineState.PAID,
        payment,
        f"system:statement {statement.pk}",
    )
    assert PaymentRun.objects.get(pk=payment.run_id).state == RunState.PAID


def test_changes_nothing_when_it_comes_again(desk: Desk, payment: Payment) -> None:
    data = camt(Entry(pence=-100_00, reference=payment.reference))
    assert take(desk, data) == take(desk, data)
    assert BankLine.objects.count() == 1
    assert BookEntry.objects.filter(kind="pay").count() == 1


def test_refuses_the_same_statement_that_says_something_else(desk: Desk, payment: Payment) -> None:
    take(desk, camt(Entry(pence=-100_00, reference=payment.reference)))
    with pytest.raises(UnableToImportStatement, match="said something else"):
        take(desk, camt(Entry(pence=-1_00)))
    assert BankStatement.objects.count() == 1


def test_refuses_a_gap_and_takes_in_nothing_of_the_file(desk: Desk, payment: Payment) -> None:
    take(desk, camt(Entry(pence=-100_00, reference=payment.reference)))
    with pytest.raises(UnableToImportStatement, match="Something is missing between"):
        take(desk, camt(Entry(pence=-1_00), opening=899_99, ref="S-2"))
    [later] = take(desk, camt(Entry(pence=-1_00), opening=900_00, ref="S-2"))
    assert later.place == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (camt(account="<Othr><Id>20000012345678</Id></Othr>"), "does not pay from account 20-00-00 12345678"),
        (camt(closing=1), "does not add up"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "DOCTYPE|document type"),
        (b"\x89PNG\r\n", "This is a picture"),
    ],
)
def test_refuses_what_is_not_ours_or_not_a_statement(
    desk: Desk, payment: Payment, data: bytes, words: str
) -> None:
    with pytest.raises(UnableToImportStatement, match=words):
        take(desk, data)
    assert not BankStatement.objects.exists()


def test_is_brought_in_by_finance_officers_only(desk: Desk, payment: Payment) -> None:
    with pytest.raises(UnableToImportStatement, match="finance officer"):
        take(desk, camt(), by=make_commissioner(council=desk.council))


def test_proposes_the_same_amount_with_its_reason_and_settles_it_when_somebody_says_so(
    desk: Desk, payment: Payment
) -> None:
    [statement] = take(
        desk, table(("2026-06-04", -100_00, 900_00, "FPS", payment.payee.account_name)), file="bank.csv"
    )
    line = statement.lines.get()
    assert line.state == BankLineState.OPEN
    named, run = proposals_for(line)
    assert named.payment == payment
    assert "the name is" in named.reason
    assert run.run == payment.run
    with pytest.raises(UnableToMatch, match="finance officer"):
        match_line(line=line, payment=payment, by=make_commissioner(council=desk.council), **WHEN)
    match_line(line=line, payment=payment, by=desk.farah, **WHEN)
    assert Payment.objects.get(pk=payment.pk).state == PaymentState.PAID
    with pytest.raises(UnableToMatch, match="settled already"):
        match_line(line=line, payment=payment, by=desk.farah, **WHEN)


def test_settles_a_whole_run_that_the_bank_booked_in_one_sum(desk: Desk, payment: Payment) -> None:
    [statement] = take(desk, camt(Entry(pence=-100_00, reference="BACS 123456")))
    line = match_line(line=statement.lines.get(), run=payment.run, by=desk.farah, **WHEN)
    assert (line.run, line.payment) == (payment.run, None)
    assert Payment.objects.get(pk=payment.pk).paid_date == JUNE_4


def test_brings_back_what_the_bank_sent_back(desk: Desk, payment: Payment) -> None:
    settle(payment=payment, paid_date=ON, on=ON, at=AT, by="system:bank")
    take(desk, camt(Entry(pence=100_00, reference=payment.reference, is_reversal=True)))
    payment.refresh_from_db()
    assert (payment.state, payment.back_date) == (PaymentState.RETURNED, JUNE_4)
    assert BankLine.objects.get().state == BankLineState.RETURNED


def test_leaves_another_amount_with_our_reference_to_a_person(desk: Desk, payment: Payment) -> None:
    [statement] = take(desk, camt(Entry(pence=-99_99, reference=payment.reference)))
    line = statement.lines.get()
    assert line.state == BankLineState.OPEN
    assert proposals_for(line) == []
    assert named_with_other_amount(line) == payment
    with pytest.raises(UnableToMatch, match="not the same money"):
        match_line(line=line, payment=payment, by=desk.farah, **WHEN)


def test_explains_what_is_no_payment_of_ours(desk: Desk, payment: Payment) -> None:
    [statement] = take(desk, camt(Entry(pence=-12_00, name="The bank", reference="Charges")))
    line = statement.lines.get()
    with pytest.raises(UnableToMatch, match="Say what this line is"):
        explain_line(line=line, why=" ", by=desk.farah, at=AT)
    explain_line(line=line, why="The bank's charges", by=desk.farah, at=AT)
    assert BankLine.objects.get().state == BankLineState.EXPLAINED
    assert not BookEntry.objects.filter(kind="pay").exists()


def test_postgresql_keeps_statements_as_they_came(desk: Desk, payment: Payment) -> None:
    take(desk, camt(Entry(pence=-100_00, reference=payment.reference), Entry(pence=-1_00)))
    assert_refused("UPDATE invoices_bankstatement SET closing_pence = 1", match="is kept")
    assert_refused("UPDATE invoices_bankline SET amount_pence = -5 WHERE state = 'open'", match="is kept")
    assert_refused("UPDATE invoices_bankline SET state = 'open' WHERE state = 'paid'", match="is kept")
    assert_refused(
        "INSERT INTO invoices_bankline (statement_id, place, booking_date, amount_pence, reference, counterparty,"
        " bank_ref, is_reversal, state, owner, due_date, settled_by, note) SELECT statement_id, 9, booking_date, -5,"
        " '', '', '', false, 'open', owner, due_date, '', '' FROM invoices_bankline LIMIT 1",
        match="not the closing",
    )


def test_postgresql_ties_a_line_to_the_same_money(desk: Desk, payment: Payment) -> None:
    take(desk, camt(Entry(pence=-1_00)))
    settle(payment=payment, paid_date=JUNE_4, on=JUNE_4, at=AT, by="system:bank")
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    assert_refused(
        "UPDATE invoices_bankline SET state = 'paid', payment_id = %s, settled_at = now(), settled_by = 'x'",
        payment.pk,
        match="not the same money",
    )


def test_postgresql_wants_statements_that_add_up_and_follow(desk: Desk, payment: Payment) -> None:
    take(desk, camt(Entry(pence=-1_00)))
    run_sql("SET CONSTRAINTS ALL IMMEDIATE")
    again = (
        "INSERT INTO invoices_bankstatement (council_id, sort_code, account_number, place, statement_ref,"
        " from_date, to_date, opening_pence, closing_pence, format, body_hash, imported_by_id)"
        " SELECT council_id, sort_code, account_number, 2, 'S-2', from_date, to_date, {opening}, {closing}, format,"
        " body_hash, imported_by_id FROM invoices_bankstatement"
    )
    assert_refused(
        again.format(opening="closing_pence", closing="closing_pence + 1"), match="not the closing"
    )
    assert_refused(again.format(opening=5, closing=5), match="does not open at")
