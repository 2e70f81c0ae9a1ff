"""Closing a period: forward only, with its balances, sealed by PostgreSQL itself."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.actions import UnableToClose, close_period
from ledger.models import ClosingBalance, Period
from ledger.queries import balance_pence
from tests.ledger.makers import END_OF_MAY, JUNE, MAY, Purse, close_may, make_entry, make_purse

pytestmark = pytest.mark.django_db

JULY = date(2026, 7, 1)


def close(purse: Purse, start: date, end: date) -> Period:
    return close_period(book_id=purse.book, start=start, end=end, at=END_OF_MAY, by="user:test")


def insert(purse: Purse, start: date | str, end: date | str, columns: str = "", values: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_period (book_id, start_date, end_date, closed_at, closed_by{columns}) "
            f"VALUES (%s, %s, %s, now(), 'psql'{values})",
            [purse.book, start, end],
        )


def test_writes_what_each_account_holds() -> None:
    purse = make_purse(budget_pence=500, pool_pence=200)
    period = close_may(purse.book)
    held = dict(period.closing_balances.values_list("account_id", "balance_pence"))
    assert held == {purse.funding: -700, purse.budget: 500, purse.pool: 200}
    assert period.entry_count == 2


def test_leaves_later_entries_out() -> None:
    purse = make_purse(budget_pence=500)
    make_entry(purse, kind="pledge", source=purse.budget, target=purse.pool, pence=1, on=JUNE)
    period = close_may(purse.book)
    assert period.entry_count == 1
    assert not period.closing_balances.filter(account=purse.pool).exists()


def test_carries_balances_and_seal_on_to_the_next_period() -> None:
    purse = make_purse(budget_pence=500)
    may = close_may(purse.book)
    make_entry(purse, kind="pledge", source=purse.budget, target=purse.pool, pence=120, on=JUNE)
    june = close(purse, JUNE, JULY)
    assert june.previous_seal == may.seal
    assert june.closing_balances.get(account=purse.budget).balance_pence == 380
    assert june.closing_balances.get(account=purse.funding).balance_pence == -500


def test_sums_unguarded_accounts_from_the_last_closed_period_on() -> None:
    purse = make_purse(budget_pence=500)
    close_may(purse.book)
    make_entry(purse, source=purse.funding, target=purse.budget, pence=7, on=JUNE)
    assert balance_pence(account_id=purse.funding) == -507


def test_gives_the_period_that_stands_when_closed_again() -> None:
    purse = make_purse(budget_pence=500)
    assert close_may(purse.book) == close_may(purse.book)
    assert Period.objects.count() == 1


def test_closes_a_month_in_which_nothing_happened() -> None:
    assert close_may(make_purse().book).entry_count == 0


def test_seals_two_empty_books_differently() -> None:
    assert close_may(make_purse().book).seal != close_may(make_purse().book).seal


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2026, 4, 1), date(2026, 5, 1)), (date(2026, 5, 1), JULY), (JULY, date(2026, 8, 1))],
)
def test_refuses_a_span_that_does_not_follow(start: date, end: date) -> None:
    purse = make_purse()
    close_may(purse.book)
    with pytest.raises(UnableToClose, match="closed up to 1 June 2026"):
        close(purse, start, end)


def test_refuses_to_leave_out_what_came_before_the_first_period() -> None:
    with pytest.raises(UnableToClose, match="starts at or before the first entry"):
        close(make_purse(budget_pence=1), MAY + timedelta(days=1), JUNE)


def test_refuses_a_period_that_ends_before_it_starts() -> None:
    with pytest.raises(UnableToClose, match="ends after it starts"):
        close(make_purse(), JUNE, MAY)


# ---- By plain SQL ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2026, 4, 1), date(2026, 5, 1)), (JULY, date(2026, 8, 1)), (date(2026, 5, 1), JULY)],
)
def test_refuses_a_period_out_of_order_by_hand(start: date, end: date) -> None:
    purse = make_purse()
    close_may(purse.book)
    with pytest.raises(IntegrityError, match="the next period starts there"):
        insert(purse, start, end)


@pytest.mark.parametrize(("start", "end"), [("2026-05-01", "infinity"), ("-infinity", "2026-06-01")])
def test_refuses_a_period_without_end_by_hand(start: str, end: str) -> None:
    with pytest.raises(IntegrityError, match="ledger_period_is_of_days"):
        insert(make_purse(), start, end)


def test_refuses_a_first_period_after_the_first_entry_by_hand() -> None:
    with pytest.raises(IntegrityError, match="starts at or before the first entry"):
        insert(make_purse(budget_pence=1), JUNE, JULY)


def test_counts_and_seals_itself_whatever_it_is_told() -> None:
    purse = make_purse(budget_pence=500)
    insert(
        purse,
        date(2026, 5, 1),
        JUNE,
        ", entry_count, seal, previous_seal, recorded_in",
        r", 99, '\xbad0', '\xbad1', '7'",
    )
    period = Period.objects.get()
    assert (period.entry_count, period.previous_seal, len(period.seal)) == (1, None, 32)
    assert period.recorded_in != "7"
    assert period.closing_balances.get(account=purse.budget).balance_pence == 500


def test_refuses_a_closing_balance_by_hand() -> None:
    purse = make_purse()
    period = close_may(purse.book)
    with pytest.raises(IntegrityError, match="only closing a period does that"):
        ClosingBalance.objects.create(pk=purse.bank, period=period, account_id=purse.bank, balance_pence=5)


@pytest.mark.django_db(transaction=True)
def test_refuses_to_close_with_an_older_snapshot() -> None:
    purse = make_purse(budget_pence=500)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(IntegrityError, match="read committed"):
            insert(purse, date(2026, 5, 1), JUNE)
        transaction.set_rollback(True)
