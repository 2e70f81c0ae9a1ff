"""What PostgreSQL holds of a month against direct SQL: each statement here goes round the actions."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ledger.actions import close_period
from people.models import RoleKind
from reconciliation.actions import sign
from reconciliation.models import CertificateLine, Finding, MonthEnd, MonthEndState, Statement
from tests.people.makers import make_user_with_role
from tests.reconciliation.makers import APRIL, JUNE, MAY, bill, count, make_finance_officer, make_pool
from tests.reconciliation.test_find import post_without_line

pytestmark = pytest.mark.django_db


def run(statement: str, *values: Any) -> None:
    """Run one statement by itself."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def make_signed_month() -> MonthEnd:
    """A month with an invoice, counted and signed."""
    pool = make_pool(members=2)
    bill(pool)
    officer = make_finance_officer(council=pool.council)
    return sign(month_end=count(pool.council), by=officer, on=JUNE, at=timezone.now())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reconciliation_statement SET forecast_pence = 0",
        "UPDATE reconciliation_clustermonth SET run = 9",
        "UPDATE reconciliation_servicemonth SET pence = 1",
        "UPDATE reconciliation_certificateline SET words = 'Fine'",
        "INSERT INTO reconciliation_certificateline "
        "(month_end_id, code, place, words, expected, found, is_money, holds) "
        "SELECT id, 'more', 99, 'More', 0, 0, true, true FROM reconciliation_monthend",
        "INSERT INTO reconciliation_finding (month_end_id, kind, is_blocking, owner, cluster_id, stream, "
        "expected_pence, found_pence, run, state, explanation) SELECT month_end_id, 'held_line', false, "
        "'provider', cluster_id, '', 0, 0, 1, 'open', '' FROM reconciliation_clustermonth",
        "UPDATE reconciliation_monthend SET run = 9",
        "UPDATE reconciliation_monthend SET certified_at = now()",
        "UPDATE reconciliation_monthendevent SET words = 'Nothing'",
    ],
)
def test_keeps_a_signed_month_as_it_was_signed(statement: str) -> None:
    make_signed_month()
    with pytest.raises(DatabaseError, match=r"signed|refused"):
        run(statement)


def test_moves_nothing_into_a_signed_month() -> None:
    month_end = make_signed_month()
    open_month = count(month_end.council, start_date=APRIL)
    with pytest.raises(DatabaseError, match=r"the month is signed"):
        run(
            "UPDATE reconciliation_certificateline SET month_end_id = %s, code = code || '2' WHERE month_end_id = %s",
            month_end.pk,
            open_month.pk,
        )


@pytest.mark.parametrize(
    "table", ["statement", "certificateline", "finding", "monthend", "clustermonth", "monthendevent"]
)
def test_lets_nobody_delete_what_was_counted(table: str) -> None:
    make_signed_month()
    with pytest.raises(DatabaseError, match=r"permission denied|refused"):
        run(f"DELETE FROM reconciliation_{table}")


def sign_by_hand(month_end: MonthEnd, user_id: object) -> None:
    """Sign past the action."""
    run(
        "UPDATE reconciliation_monthend SET state = 'signed', signed_by_id = %s, signed_at = now() WHERE id = %s",
        user_id,
        month_end.pk,
    )


def test_signs_nothing_that_does_not_hold() -> None:
    pool = make_pool()
    officer = make_finance_officer(council=pool.council)
    post_without_line(pool)
    month_end = count(pool.council)
    with pytest.raises(DatabaseError, match=r"not clean"):
        sign_by_hand(month_end, officer.pk)
    with pytest.raises(DatabaseError, match=r"not clean"):
        run("UPDATE reconciliation_monthend SET state = 'clean' WHERE id = %s", month_end.pk)


def test_signs_nothing_while_a_finding_is_open() -> None:
    pool = make_pool()
    bill(pool)
    month_end = count(pool.council)
    Finding.objects.create(
        month_end=month_end,
        kind="share_differs",
        is_blocking=True,
        owner=RoleKind.FINANCE_OFFICER,
        cluster=pool.cluster,
        expected_pence=1,
        found_pence=2,
        run=1,
    )
    with pytest.raises(DatabaseError, match=r"a finding is open"):
        sign_by_hand(month_end, make_finance_officer(council=pool.council).pk)


def test_signs_nothing_uncounted() -> None:
    month_end = MonthEnd.objects.create(council=make_pool().council, start_date=MAY, end_date=JUNE)
    with pytest.raises(DatabaseError, match=r"not clean|certified"):
        sign_by_hand(month_end, make_finance_officer(council=month_end.council).pk)


def test_is_signed_by_nobody_but_a_finance_officer_of_that_council() -> None:
    pool, other = make_pool(), make_pool()
    month_end = count(pool.council)
    for user in (
        make_user_with_role(council=pool.council, kind=RoleKind.COMMISSIONER),
        make_finance_officer(council=other.council),
    ):
        with pytest.raises(DatabaseError, match=r"Only a finance officer of its council"):
            sign_by_hand(month_end, user.pk)


def test_says_who_signed() -> None:
    with pytest.raises(DatabaseError, match=r"says_who_signed|Only a finance officer"):
        sign_by_hand(count(make_pool().council), None)


def test_closes_with_the_period_of_its_own_month_alone() -> None:
    month_end = make_signed_month()
    book = month_end.council.book_id
    april = close_period(book_id=book, start=APRIL, end=MAY, at=timezone.now(), by="user:1")
    statement = (
        "UPDATE reconciliation_monthend SET state = 'closed', closed_by_id = signed_by_id, period_id = %s"
    )
    with pytest.raises(DatabaseError, match=r"with the period of its own month"):
        run(statement, april.pk)
    may = close_period(book_id=book, start=MAY, end=JUNE, at=timezone.now(), by="user:1")
    run(statement, may.pk)
    with pytest.raises(DatabaseError, match=r"it is closed"):
        run(
            "UPDATE reconciliation_monthend SET state = 'clean', signed_by_id = NULL, signed_at = NULL, "
            "closed_by_id = NULL, period_id = NULL"
        )


def test_begins_uncounted_and_is_a_whole_month() -> None:
    council = make_pool().council
    with pytest.raises(DatabaseError, match=r"begins uncounted"):
        MonthEnd.objects.create(
            council=council,
            start_date=MAY,
            end_date=JUNE,
            state=MonthEndState.CLEAN,
            certified_at=timezone.now(),
        )


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-05-02", "2026-06-02"), ("2026-05-01", "2026-05-31"), ("2026-05-01", "2026-07-01")],
)
def test_is_a_whole_calendar_month(start: str, end: str) -> None:
    with pytest.raises(DatabaseError, match=r"is_a_whole_month"):
        MonthEnd.objects.create(council=make_pool().council, start_date=start, end_date=end)


def test_keeps_its_council_and_its_dates() -> None:
    month_end = count(make_pool().council)
    with pytest.raises(DatabaseError, match=r"its council and dates"):
        run("UPDATE reconciliation_monthend SET start_date = %s, end_date = %s", APRIL, MAY)
    assert month_end.certificate.exists()


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("closing_pence = closing_pence + 1", "adds_up|says_what_is_promised"),
        (
            "available_pence = available_pence - 1, committed_pence = committed_pence + 2",
            "says_what_is_promised",
        ),
        ("variance_pence = variance_pence + 1", "variance_is_exact"),
        ("flag = 'fine'", "flag_is_known"),
    ],
)
def test_keeps_statements_that_add_up(change: str, rule: str) -> None:
    pool = make_pool(members=1)
    bill(pool)
    count(pool.council)
    assert Statement.objects.exists()
    with pytest.raises(DatabaseError, match=rule):
        run(f"UPDATE reconciliation_statement SET {change}")


def test_says_that_a_line_holds_only_where_its_figures_agree() -> None:
    count(make_pool().council)
    with pytest.raises(DatabaseError, match=r"holds_what_agrees"):
        CertificateLine.objects.filter(code="lines").update(found=1)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("is_blocking = false", "blocks_by_kind"),
        ("state = 'explained'", "says_who_explained_it"),
        ("kind = 'odd', is_blocking = false", "kind_is_known"),
    ],
)
def test_keeps_findings_honest(change: str, rule: str) -> None:
    pool = make_pool()
    post_without_line(pool)
    count(pool.council)
    with pytest.raises(DatabaseError, match=rule):
        run(f"UPDATE reconciliation_finding SET {change} WHERE kind = 'posting_without_line'")


@pytest.mark.parametrize(
    ("change", "of"),
    [
        ("statement SET membership_id = gen_random_uuid()", "clusters_membership"),
        ("statement SET cluster_month_id = gen_random_uuid()", "reconciliation_clustermonth"),
        ("servicemonth SET cluster_month_id = gen_random_uuid()", "reconciliation_clustermonth"),
        ("clustermonth SET cluster_id = gen_random_uuid()", "clusters_cluster"),
        ("clustermonth SET month_end_id = gen_random_uuid()", "reconciliation_monthend"),
        ("finding SET month_end_id = gen_random_uuid()", "reconciliation_monthend"),
        ("finding SET membership_id = gen_random_uuid()", "clusters_membership"),
    ],
)
def test_refers_to_what_is_there(change: str, of: str) -> None:
    pool = make_pool(members=1)
    bill(pool)
    post_without_line(pool)
    count(pool.council)
    with pytest.raises(DatabaseError, match=f"refers to {of}"):
        run(f"UPDATE reconciliation_{change}")


def test_writes_no_finding_of_a_cluster_that_is_not_there() -> None:
    month_end = count(make_pool().council)
    with pytest.raises(DatabaseError, match=r"refers to clusters_cluster"):
        run(
            "INSERT INTO reconciliation_finding (month_end_id, kind, is_blocking, owner, cluster_id, stream, "
            "expected_pence, found_pence, run, state, explanation) "
            "VALUES (%s, 'held_line', false, 'provider', gen_random_uuid(), '', 0, 0, 1, 'open', '')",
            month_end.pk,
        )


@pytest.mark.parametrize("table", ["clusters_cluster", "clusters_membership", "reconciliation_clustermonth"])
def test_keeps_the_names_of_what_was_counted(table: str) -> None:
    pool = make_pool()
    bill(pool)
    count(pool.council)
    with pytest.raises(DatabaseError, match=r"is refused"):
        run(f"UPDATE {table} SET id = gen_random_uuid()")
