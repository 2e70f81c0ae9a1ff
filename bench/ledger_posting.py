"""
One posting at a time, against django-hordak; then many connections on few accounts.

Both sides move a pound between two accounts whose balances count, commit, and read nothing back. Ours also keeps the
balances, refuses to overdraw, and proves its rows; hordak's sums its legs when asked.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from statistics import median
from threading import Barrier
from uuid import UUID, uuid4

from django.db import OperationalError, connection, transaction

from bench.ground import owner, seconds_to_copy
from bench.row import Row, at_most
from ledger.actions import AccountName, Draft, Move, open_accounts, open_book, post, post_from
from ledger.models import AccountKind, Entry
from ledger.queries import balances_pence, faults

TODAY = date(2026, 5, 4)
ROUNDS, POSTS_A_ROUND = 9, 100
CONNECTIONS, ACCOUNTS, POSTS = 8, 6, 2_000
TIMES_HORDAK, FLOORS = 2, 4
ENTRIES_IN_BULK = {"small": 100_000, "middle": 400_000, "full": 1_000_000}

BULK_DRAFTS = """
SELECT n AS draft_no, uuidv7() AS id, 'bulk:' || n AS key, 'pledge' AS kind, %(on)s::date AS effective_date,
    NULL::date AS concerned_date, 'Measured' AS reason,
    jsonb_build_object('rule', 'equal', 'amount_pence', n, 'weights', jsonb_build_object('M-1', 1, 'M-2', 1)) AS basis,
    NULL::uuid AS reverses_id, '' AS reversal_reason
FROM generate_series(1, %(count)s) n
"""
BULK_MOVES = """
SELECT x.n AS draft_no, b.id AS source_id, p.id AS target_id, 7::bigint AS amount_pence
FROM (SELECT n, (n * 2 + k) %% %(accounts)s AS nth FROM generate_series(1, %(count)s) n, generate_series(0, 1) k) x
JOIN bench_budget b USING (nth) JOIN bench_pool p USING (nth)
"""


def measure(size: str) -> Iterator[Row]:
    """Measure one posting, contention, and bulk posting against its floor; then prove what was written."""
    yield _one_posting()
    yield from _contention()
    yield _bulk(ENTRIES_IN_BULK[size])
    wrong = sum(1 for _ in faults())
    yield Row(name="Rows that check_books finds wrong", figure=str(wrong), target="0", is_met=wrong == 0)


def _one_posting() -> Row:
    ours, hordaks = _our_posting(), _hordak_posting()
    times: dict[Callable[[], None], list[float]] = {ours: [], hordaks: []}
    for _ in range(ROUNDS):  # in turns, so that whatever else the machine does meets both
        for act, taken in times.items():
            start = time.perf_counter()
            for _ in range(POSTS_A_ROUND):
                act()
            taken.append((time.perf_counter() - start) / POSTS_A_ROUND)
    mine, theirs = (median(taken) for taken in times.values())
    return Row(
        name="One posting, against django-hordak's transfer_to",
        figure=f"{theirs / mine:.2f} x",
        target=f"at least {TIMES_HORDAK} x",
        is_met=theirs / mine >= TIMES_HORDAK,
        detail=f"{mine * 1000:.2f} ms against {theirs * 1000:.2f} ms",
    )


def _our_posting() -> Callable[[], None]:
    book, accounts = _open(2)
    source, target = accounts[0], accounts[1]

    def act() -> None:
        post(book_id=book, draft=_pledge(source, target), by="system:bench")

    return act


def _hordak_posting() -> Callable[[], None]:
    from hordak.models import Account
    from moneyed import GBP, Money

    source, target = (
        Account.objects.create(name=name, type="AS", currencies=["GBP"]) for name in ("Budget", "Pool")
    )
    pound = Money("1.00", GBP)

    def act() -> None:
        with transaction.atomic(using="hordak"):
            source.transfer_to(target, pound, description="Measured", date=TODAY)

    return act


def _open(count: int) -> tuple[UUID, list[UUID]]:
    """A book with so many accounts, budgets and pool shares in turn, and a million pounds in each budget."""
    book = open_book(name="Measured").pk
    funding = AccountName(AccountKind.FUNDING, uuid4(), "council")
    kinds = [AccountKind.BUDGET, AccountKind.POOL_SHARE] * (count // 2)
    names = [AccountName(kind, uuid4(), "council") for kind in kinds]
    ids = open_accounts(book_id=book, names=[funding, *names])
    moves = [Move(ids[funding], ids[name], 100_000_000) for name in names[::2]]
    draft = Draft(key="allocate", kind="allocate", effective_date=TODAY, reason="Measured", moves=moves)
    post(book_id=book, draft=draft, by="system:bench")
    return book, [ids[name] for name in names]


def _pledge(source: UUID, target: UUID) -> Draft:
    moves = [Move(source, target, 100)]
    return Draft(key=str(uuid4()), kind="pledge", effective_date=TODAY, reason="Measured", moves=moves)


def _contention() -> Iterator[Row]:
    """Many connections post to few accounts at once; every try counts, none is repeated."""
    book, accounts = _open(ACCOUNTS)
    held = sum(balances_pence(account_ids=accounts).values())
    before = Entry.objects.filter(book=book).count()
    barrier = Barrier(CONNECTIONS)

    def run(number: int) -> int:
        dice, deadlocks = Random(number), 0
        barrier.wait()
        for _ in range(POSTS // CONNECTIONS):
            draft = _pledge(dice.choice(accounts[::2]), dice.choice(accounts[1::2]))
            try:
                post(book_id=book, draft=draft, by="system:bench")
            except OperationalError:
                deadlocks += 1
        connection.close()
        return deadlocks

    start = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        deadlocks = sum(pool.map(run, range(CONNECTIONS)))
    took = time.perf_counter() - start
    lost = POSTS - (Entry.objects.filter(book=book).count() - before)
    astray = sum(balances_pence(account_ids=accounts).values()) - held
    where = f"{CONNECTIONS} connections, {ACCOUNTS} accounts, {POSTS:,} posts, {POSTS / took:,.0f} a second"
    yield Row(name="Deadlocks", figure=str(deadlocks), target="0", is_met=deadlocks == 0, detail=where)
    yield Row(name="Posts lost", figure=str(lost), target="0", is_met=lost == 0)
    yield Row(name="Pence astray", figure=str(astray), target="0", is_met=astray == 0)


def _bulk(entries: int) -> Row:
    """Post two transfers an entry in one statement; the floor is the same transfers copied, unchecked."""
    count = entries // 5
    book, _ = _open(count)
    with connection.cursor() as cursor:
        for name, kind in (("budget", "budget"), ("pool", "pool_share")):
            cursor.execute(
                f"CREATE TEMP TABLE bench_{name} AS SELECT row_number() OVER () - 1 AS nth, id FROM ledger_account "
                "WHERE book_id = %s AND kind = %s",
                [book, kind],
            )
            cursor.execute(f"ANALYZE bench_{name}")
    values = {"on": TODAY, "count": entries, "accounts": count // 2}
    start = time.perf_counter()
    post_from(book_id=book, drafts_sql=BULK_DRAFTS, moves_sql=BULK_MOVES, by="system:bench", values=values)
    took = time.perf_counter() - start
    with owner() as as_owner:
        floor, rows = seconds_to_copy(as_owner, "ledger_transfer", f"t.book_id = '{book}'")
    return at_most("Posting in bulk, with its entries", took, floor, FLOORS, f"{rows:,} transfers")
