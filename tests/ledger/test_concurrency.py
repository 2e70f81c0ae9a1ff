"""Many at once: nothing lost, nothing overdrawn, nobody deadlocked; and what happens without the locks' order."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from ledger.actions import AccountName, UnableToPost, close_period, open_accounts, post
from ledger.models import AccountKind, Entry, Period
from ledger.queries import balances_pence
from tests.ledger.makers import END_OF_MAY, JUNE, MAY, Purse, make_draft, make_entry, make_purse

pytestmark = pytest.mark.django_db(transaction=True)

CONNECTIONS, POSTS = 8, 15


def all_at_once(act: Callable[[int], object], *, count: int = CONNECTIONS) -> list[object]:
    """Let so many threads act, each on a connection of its own, and give what came of it, refusals too."""
    barrier = Barrier(count)

    def run(number: int) -> object:
        try:
            barrier.wait(10)
            return act(number)
        except Exception as trouble:
            return trouble
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def make_circle(purse: Purse, *, pence: int) -> list[UUID]:
    """Six accounts, three budgets and three pool shares, with so much in each."""
    kinds = [AccountKind.BUDGET] * 3 + [AccountKind.POOL_SHARE] * 3
    names = [AccountName(kind, uuid4(), "council") for kind in kinds]
    opened = open_accounts(book_id=purse.book, names=names)
    ids = [opened[name] for name in names]
    for budget, pool in zip(ids[:3], ids[3:], strict=True):
        make_entry(purse, source=purse.funding, target=budget, pence=2 * pence)
        make_entry(purse, kind="pledge", source=budget, target=pool, pence=pence)
    return ids


def test_loses_nothing_and_deadlocks_nobody() -> None:
    purse = make_purse()
    accounts = make_circle(purse, pence=1000)

    def act(number: int) -> int:
        dice = random.Random(number)
        for _ in range(POSTS):
            budget, pool = dice.choice(accounts[:3]), dice.choice(accounts[3:])
            kind, source, target = dice.choice([("pledge", budget, pool), ("return", pool, budget)])
            make_entry(purse, kind=kind, source=source, target=target, pence=1)
        return POSTS

    assert all_at_once(act) == [POSTS] * CONNECTIONS
    assert Entry.objects.count() == 6 + CONNECTIONS * POSTS
    assert sum(balances_pence(account_ids=accounts).values()) == 6000


def test_spends_the_last_pound_once() -> None:
    purse = make_purse(budget_pence=100)

    def act(_: int) -> object:
        return make_entry(purse, kind="pledge", source=purse.budget, target=purse.pool, pence=100)

    refused = [answer for answer in all_at_once(act) if isinstance(answer, UnableToPost)]
    assert len(refused) == CONNECTIONS - 1
    assert all("not enough money" in str(refusal) for refusal in refused)


def test_writes_one_entry_for_one_key() -> None:
    purse = make_purse()
    draft = make_draft(source=purse.funding, target=purse.budget, pence=7, key="once")
    answers = all_at_once(lambda _: post(book_id=purse.book, draft=draft, by="user:1"))
    assert len({answer.entry_id for answer in answers}) == 1  # type: ignore[attr-defined]
    assert [answer.is_first for answer in answers].count(True) == 1  # type: ignore[attr-defined]


def test_closes_once_when_two_close_at_once() -> None:
    purse = make_purse(budget_pence=100)

    def act(_: int) -> object:
        return close_period(
            book_id=purse.book, start=MAY.replace(day=1), end=JUNE, at=END_OF_MAY, by="user:1"
        ).pk

    assert len(set(all_at_once(act))) == 1
    assert Period.objects.count() == 1


def test_waits_for_a_posting_under_way_before_it_closes() -> None:
    purse = make_purse()

    def act(number: int) -> object:
        if number:
            make_entry(purse, source=purse.funding, target=purse.budget, pence=1)
            return None
        with transaction.atomic():
            make_entry(purse, source=purse.funding, target=purse.budget, pence=1)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.2)")
        return None

    def close(_: int) -> None:
        close_period(book_id=purse.book, start=MAY.replace(day=1), end=JUNE, at=END_OF_MAY, by="user:1")

    answers = all_at_once(lambda number: close(number) if number == 2 else act(number), count=3)
    taken = [answer for answer in answers if not isinstance(answer, UnableToPost)]
    period = Period.objects.get()
    assert period.entry_count == Entry.objects.count()
    assert period.entry_count == len(taken) - 1


def test_does_deadlock_where_rows_are_locked_in_any_order() -> None:
    """The negative control: the order of the locks is what keeps deadlocks away."""
    purse = make_purse()
    first, second, *_ = sorted(make_circle(purse, pence=10))
    barrier = Barrier(2)

    def act(number: int) -> None:
        rows = (first, second) if number else (second, first)
        with transaction.atomic(), connection.cursor() as cursor:
            for row in rows:
                cursor.execute("SELECT FROM ledger_account WHERE id = %s FOR NO KEY UPDATE", [row])
                if row == rows[0]:
                    barrier.wait(10)

    lost = [answer for answer in all_at_once(act, count=2) if isinstance(answer, OperationalError)]
    assert len(lost) == 1
    assert "deadlock detected" in str(lost[0])


@pytest.mark.parametrize(("strength", "waits"), [("FOR UPDATE", True), ("FOR NO KEY UPDATE", False)])
def test_does_not_keep_others_from_pointing_at_an_account(
    superuser_connection: psycopg.Connection, strength: str, waits: bool
) -> None:
    """The other control: FOR UPDATE would block whoever only refers to the row, as a closing balance does."""
    purse = make_purse(budget_pence=10)
    superuser_connection.execute(f"BEGIN; SELECT FROM ledger_account WHERE id = '{purse.budget}' {strength}")

    def close() -> Period:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            period = close_period(
                book_id=purse.book, start=MAY.replace(day=1), end=JUNE, at=END_OF_MAY, by="user:1"
            )
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            return period

    try:
        if waits:
            with pytest.raises(OperationalError, match="lock timeout"):
                close()
        else:
            assert close()
    finally:
        superuser_connection.execute("ROLLBACK")
