"""Losing a race for a lock: tried again, up to three times, and never inside a larger transaction."""

from collections.abc import Callable
from threading import Barrier, Event, Thread
from uuid import UUID

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from ledger.actions import UnableToPost, post, with_retries
from ledger.queries import balance_pence
from tests.ledger.makers import make_draft, make_purse

pytestmark = pytest.mark.django_db(transaction=True)


def test_tries_a_real_deadlock_again_so_that_both_get_through() -> None:
    one, other = make_purse(), make_purse()
    barrier, one_is_through, tries = Barrier(2), Event(), []

    @with_retries
    @transaction.atomic
    def post_to(first: UUID, second: UUID) -> None:
        tries.append(1)
        if len(tries) > 2:  # who lost comes again once the other is through: sooner, they could meet again
            one_is_through.wait(10)
        for place, account in enumerate((first, second)):
            purse = one if account == one.budget else other
            draft = make_draft(source=purse.funding, target=account, pence=1)
            post(book_id=purse.book, draft=draft, by="user:1")
            if place == 0 and len(tries) <= 2:
                barrier.wait(10)

    def get_through(first: UUID, second: UUID) -> None:
        post_to(first, second)
        one_is_through.set()

    threads = [
        in_a_thread(lambda: get_through(one.budget, other.budget)),
        in_a_thread(lambda: get_through(other.budget, one.budget)),
    ]
    for thread in threads:
        thread.join(30)
    assert len(tries) == 3
    assert [balance_pence(account_id=purse.budget) for purse in (one, other)] == [2, 2]


def in_a_thread(act: Callable[[], None]) -> Thread:
    """Start an act in a thread with its own connection."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def ask_for_a_held_row() -> None:
    """Ask at once for a row that another connection holds."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT FROM ledger_book FOR UPDATE NOWAIT")


def test_gives_up_after_three_tries(superuser_connection: psycopg.Connection) -> None:
    make_purse()
    tries = []

    @with_retries
    def act() -> None:
        tries.append(1)
        ask_for_a_held_row()

    superuser_connection.execute("BEGIN; SELECT FROM ledger_book FOR UPDATE")
    with pytest.raises(OperationalError, match="could not obtain lock"):
        act()
    superuser_connection.execute("ROLLBACK")
    assert len(tries) == 3


def test_does_not_try_again_inside_a_larger_transaction(superuser_connection: psycopg.Connection) -> None:
    make_purse()
    tries = []

    @with_retries
    def act() -> None:
        tries.append(1)
        ask_for_a_held_row()

    superuser_connection.execute("BEGIN; SELECT FROM ledger_book FOR UPDATE")
    with pytest.raises(OperationalError), transaction.atomic():
        act()
    superuser_connection.execute("ROLLBACK")
    assert len(tries) == 1


def test_does_not_try_a_refusal_again() -> None:
    purse = make_purse()
    tries = []

    @with_retries
    def act() -> None:
        tries.append(1)
        draft = make_draft(kind="pledge", source=purse.budget, target=purse.pool, pence=1)
        post(book_id=purse.book, draft=draft, by="user:1")

    with pytest.raises(UnableToPost, match="not enough money"):
        act()
    assert len(tries) == 1
