"""What a count finds: every difference, down to the line, with whose turn it is."""

from datetime import date

import psycopg
import pytest
from django.utils import timezone

from invoices.models import InvoiceLine
from ledger.actions import AccountName, Draft, Move, open_accounts, post, reverse
from ledger.models import AccountKind, Entry, ReversalReason, Transfer
from reconciliation.actions import UnableToExplain, close_month, explain, sign
from reconciliation.models import Finding, FindingState, MonthEnd, MonthEndState
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_commissioner
from tests.reconciliation.makers import (
    APRIL,
    JUNE,
    MAY,
    STREAMS,
    Pool,
    bill,
    count,
    credit,
    doubts,
    make_finance_officer,
    make_pool,
)

pytestmark = pytest.mark.django_db(transaction=True)


def by_hand(superuser: psycopg.Connection, statement: str, *values: object) -> None:
    """Change rows as nobody should: past every right and trigger."""
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(statement, values)
    superuser.execute("SET session_replication_role = origin")


def found(month_end: MonthEnd) -> list[tuple[str, int, int]]:
    """The open findings that stop a month: kind, expected and found pence."""
    findings = month_end.findings.filter(is_blocking=True, state=FindingState.OPEN)
    return sorted(findings.values_list("kind", "expected_pence", "found_pence"))


def transfer_of(number: str, pool: Pool, member: int = 0) -> Transfer:
    """What one member paid of the first line of an invoice."""
    line = InvoiceLine.objects.get(invoice__number=number)
    return Transfer.objects.get(entry=line.entry_id, source__owner_id=pool.members[member].pk)


def post_without_line(pool: Pool, pence: int = 5_00) -> Entry:
    """A posting as of an invoice, which no invoice line explains."""
    names = [
        AccountName(AccountKind.POOL_SHARE, pool.members[0].pk, "council"),
        AccountName(AccountKind.PAYABLE, pool.contract.provider_id, "council"),
    ]
    ids = open_accounts(book_id=pool.council.book_id, names=names)
    draft = Draft(
        key="invoice:nobody:1",
        kind="invoice",
        effective_date=date(2026, 5, 9),
        reason="Nobody knows",
        moves=[Move(ids[names[0]], ids[names[1]], pence)],
    )
    return Entry.objects.get(pk=post(book_id=pool.council.book_id, draft=draft, by="user:1").entry_id)


def test_finds_a_penny_moved_from_one_member_to_another(superuser_connection: psycopg.Connection) -> None:
    pool = make_pool(members=2, pledged={"council": 500_00})
    number = bill(pool)
    for member, pence in ((0, 1), (1, -1)):
        transfer = transfer_of(number, pool, member)
        by_hand(
            superuser_connection,
            "UPDATE ledger_transfer SET amount_pence = amount_pence + %s WHERE id = %s",
            pence,
            transfer.pk,
        )
    month_end = count(pool.council)
    assert found(month_end) == [("share_differs", 25_00, 24_99), ("share_differs", 25_00, 25_01)]
    assert doubts(month_end) == [("findings", 0, 2)]
    finding = month_end.findings.get(found_pence=25_01)
    assert finding.line == InvoiceLine.objects.get()
    assert (finding.membership, finding.owner) == (pool.members[0], "finance_officer")


def test_finds_a_penny_moved_from_one_line_to_another(superuser_connection: psycopg.Connection) -> None:
    pool = make_pool(members=1, pledged={"council": 500_00})
    for number, pence in ((bill(pool), 1), (bill(pool, day=date(2026, 5, 6)), -1)):
        by_hand(
            superuser_connection,
            "UPDATE ledger_transfer SET amount_pence = amount_pence + %s WHERE id = %s",
            pence,
            transfer_of(number, pool).pk,
        )
    month_end = count(pool.council)
    assert found(month_end) == [("share_differs", 50_00, 49_99), ("share_differs", 50_00, 50_01)]


def test_finds_a_line_that_was_never_posted(superuser_connection: psycopg.Connection) -> None:
    pool = make_pool(members=2, pledged={"council": 500_00})
    by_hand(
        superuser_connection, "DELETE FROM ledger_transfer WHERE id = %s", transfer_of(bill(pool), pool).pk
    )
    month_end = count(pool.council)
    assert found(month_end) == [("line_without_posting", 25_00, 0)]
    assert ("lines", 50_00, 25_00) in doubts(month_end)


def test_finds_money_put_to_another_providers_credit(superuser_connection: psycopg.Connection) -> None:
    pool, other = make_pool(members=1), make_pool(members=1)
    bill(other)
    elsewhere = Transfer.objects.get(source__owner_id=other.members[0].pk, target__kind="payable").target_id
    by_hand(
        superuser_connection,
        "UPDATE ledger_transfer SET target_id = %s WHERE id = %s",
        elsewhere,
        transfer_of(bill(pool), pool).pk,
    )
    assert found(count(pool.council)) == [("share_differs", 50_00, 0)]


def test_counts_a_visit_that_nobody_may_pay_as_billed_once(superuser_connection: psycopg.Connection) -> None:
    pool = make_pool(members=2, pledged=STREAMS[2])
    for member in (0, 1):
        bill(pool, code="HC-HOUR", member=member)
    by_hand(
        superuser_connection,
        "UPDATE clusters_membership SET left_date = '2026-05-04' WHERE id = %s",
        pool.members[1].pk,
    )
    month_end = count(pool.council)
    assert month_end.cluster_months.get().billed_pence == 40_00
    assert {(kind, expected) for kind, expected, _ in found(month_end)} == {("share_differs", 0)}


def test_finds_a_posting_no_line_explains_until_it_is_reversed() -> None:
    pool = make_pool(members=2)
    bill(pool)
    entry = post_without_line(pool)
    month_end = count(pool.council)
    assert found(month_end) == [("posting_without_line", 0, 5_00)]
    assert month_end.findings.get(is_blocking=True).entry == entry
    assert month_end.state == MonthEndState.UNCLEAR
    reverse(entry_id=entry.pk, reason=ReversalReason.EDIT, words="Posted by mistake", on=JUNE, by="user:1")
    again = count(pool.council)
    assert (found(again), doubts(again), again.state) == ([], [], MonthEndState.CLEAN)
    assert again.findings.get(is_blocking=True).state == FindingState.GONE


def test_finds_more_credited_than_billed_of_a_line() -> None:
    pool = make_pool(members=2, pledged={"council": 500_00})
    lines = [
        make_line(
            line_number=number,
            service_code="SESSION",
            unit_rate_pence=50_00,
            service_date=date(2026, 5, number),
        )
        for number in (1, 2)
    ]
    document = make_document(contract=pool.contract, lines=lines)
    send(document, contract=pool.contract, on=JUNE)
    credit(pool, document.number, pence=30_00)
    assert found(count(pool.council)) == []
    credit(pool, document.number, pence=30_00)
    month_end = count(pool.council)
    assert found(month_end) == [("credited_too_much", 50_00, 60_00)]
    assert doubts(month_end) == [("findings", 0, 1)]


def test_finds_an_opening_that_is_not_what_the_last_month_left(
    superuser_connection: psycopg.Connection,
) -> None:
    pool = make_pool(members=1, pledged={"council": 500_00})
    officer = make_finance_officer(council=pool.council)
    april = count(pool.council, start_date=APRIL, on=MAY)
    sign(month_end=april, by=officer, on=MAY, at=timezone.now())
    close_month(month_end=april, by=officer, at=timezone.now())
    assert count(pool.council).state == MonthEndState.CLEAN
    by_hand(
        superuser_connection,
        "UPDATE ledger_closingbalance SET balance_pence = balance_pence - 1 WHERE balance_pence > 0",
    )
    bill(pool)
    month_end = count(pool.council)
    assert found(month_end) == [("opening_differs", 499_99, 500_00)]
    assert doubts(month_end) == [("opening", 499_99, 500_00), ("findings", 0, 1)]


def test_names_lines_that_are_held_without_stopping_the_month() -> None:
    pool = make_pool(members=1)
    line = make_line(service_code="SESSION", unit_rate_pence=99_00, service_date=date(2026, 5, 6))
    send(make_document(contract=pool.contract, lines=[line]), contract=pool.contract)
    month_end = count(pool.council)
    finding = month_end.findings.get(kind="held_line")
    assert (finding.owner, finding.expected_pence, finding.is_blocking) == ("provider", 99_00, False)
    assert month_end.state == MonthEndState.CLEAN


def test_can_be_explained_by_a_finance_officer_and_then_signed() -> None:
    pool = make_pool(members=2)
    officer = make_finance_officer(council=pool.council)
    post_without_line(pool)
    month_end = count(pool.council)
    finding = month_end.findings.get(is_blocking=True)
    with pytest.raises(UnableToExplain, match=r"Only a finance officer"):
        explain(
            finding=finding,
            words="Paid by hand",
            by=make_commissioner(council=pool.council),
            at=timezone.now(),
        )
    with pytest.raises(UnableToExplain, match=r"say why"):
        explain(finding=finding, words=" ", by=officer, at=timezone.now())
    explain(finding=finding, words="Paid by hand, agreed with the members", by=officer, at=timezone.now())
    month_end.refresh_from_db()
    assert (doubts(month_end), month_end.state) == ([], MonthEndState.CLEAN)
    assert count(pool.council).state == MonthEndState.CLEAN
    assert Finding.objects.get(pk=finding.pk).state == FindingState.EXPLAINED
    month_end.refresh_from_db()
    assert sign(month_end=month_end, by=officer, on=JUNE, at=timezone.now()).state == MonthEndState.SIGNED
