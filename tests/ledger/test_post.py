"""Posting: money moves once, balanced, and never below nothing."""

import random
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.actions import AccountName, Draft, Move, UnableToPost, open_accounts, post, post_from, post_many
from ledger.models import AccountKind, Entry, Transfer
from ledger.queries import balance_pence, balances_pence
from tests.ledger.makers import MAY, Purse, make_draft, make_purse

pytestmark = pytest.mark.django_db


def allocation(purse: Purse, pence: int, **more: Any) -> Draft:
    return make_draft(source=purse.funding, target=purse.budget, pence=pence, **{"key": "allocate:1", **more})


def test_moves_money_once_however_often_it_is_asked() -> None:
    purse = make_purse()
    first = post(book_id=purse.book, draft=allocation(purse, 500_00), by="user:1")
    again = post(book_id=purse.book, draft=allocation(purse, 500_00), by="user:2")
    assert first.is_first
    assert not again.is_first
    assert first.entry_id == again.entry_id
    assert balance_pence(account_id=purse.budget) == 500_00
    assert balance_pence(account_id=purse.funding) == -500_00


OTHER_BODIES: list[dict[str, Any]] = [
    {"reason": "Another reason"},
    {"kind": "surplus"},
    {"effective_date": MAY.replace(day=5)},
    {"concerned_date": MAY},
    {"basis": {"rule": "equal"}},
]


@pytest.mark.parametrize("other", OTHER_BODIES)
def test_refuses_the_same_key_with_another_body(other: dict[str, Any]) -> None:
    purse = make_purse()
    draft = allocation(purse, 500_00)
    post(book_id=purse.book, draft=draft, by="user:1")
    with pytest.raises(UnableToPost, match="says something else"):
        post(book_id=purse.book, draft=replace(draft, **other), by="user:1")


def test_refuses_the_same_key_with_another_amount() -> None:
    purse = make_purse()
    post(book_id=purse.book, draft=allocation(purse, 500_00), by="user:1")
    with pytest.raises(UnableToPost, match="says something else"):
        post(book_id=purse.book, draft=allocation(purse, 500_01), by="user:1")


def test_says_the_same_by_itself_as_among_others() -> None:
    purse = make_purse()
    alone = allocation(purse, 500_00, basis={"rule": "equal", "weights": {"M-1": 1}}, concerned_date=MAY)
    other = replace(alone, key="allocate:2")

    [first, second] = [post(book_id=purse.book, draft=draft, by="user:1") for draft in (alone, other)]
    again = post_many(book_id=purse.book, drafts=[other, alone], by="user:1")

    assert again == [second._replace(is_first=False), first._replace(is_first=False)]
    with pytest.raises(UnableToPost, match="says something else"):
        post(book_id=purse.book, draft=replace(alone, basis={}), by="user:1")


def test_lets_two_books_use_the_same_key() -> None:
    for purse in (make_purse(), make_purse()):
        assert post(book_id=purse.book, draft=allocation(purse, 1), by="user:1").is_first


def test_writes_all_or_none() -> None:
    purse = make_purse()
    post(book_id=purse.book, draft=allocation(purse, 1), by="user:1")
    drafts = [allocation(purse, 5, key="allocate:2"), allocation(purse, 2)]
    with pytest.raises(UnableToPost, match="allocate:1 stands"):
        post_many(book_id=purse.book, drafts=drafts, by="user:1")
    assert Entry.objects.count() == 1
    assert balance_pence(account_id=purse.budget) == 1


@pytest.mark.django_db(transaction=True)
def test_writes_all_or_none_outside_a_transaction_too() -> None:
    purse = make_purse()
    post(book_id=purse.book, draft=allocation(purse, 1), by="user:1")
    drafts = [allocation(purse, 5, key="allocate:2"), allocation(purse, 2)]
    with pytest.raises(UnableToPost):
        post_many(book_id=purse.book, drafts=drafts, by="user:1")
    assert Entry.objects.count() == 1


def test_writes_what_is_asked_for_twice_in_one_go_once() -> None:
    purse = make_purse()
    first, again = post_many(
        book_id=purse.book, drafts=[allocation(purse, 5), allocation(purse, 5)], by="user:1"
    )
    assert first.is_first
    assert not again.is_first
    assert balance_pence(account_id=purse.budget) == 5


def test_refuses_two_bodies_under_one_key_in_one_go() -> None:
    purse = make_purse()
    with pytest.raises(UnableToPost, match="says something else"):
        post_many(book_id=purse.book, drafts=[allocation(purse, 5), allocation(purse, 6)], by="user:1")
    assert Entry.objects.count() == 0


def test_refuses_to_overdraw_and_moves_nothing() -> None:
    purse = make_purse()
    drafts = [
        allocation(purse, 100),
        make_draft(kind="pledge", source=purse.budget, target=purse.pool, pence=101),
    ]
    with pytest.raises(UnableToPost, match="not enough money"):
        post_many(book_id=purse.book, drafts=drafts, by="user:1")
    assert Entry.objects.count() == 0
    assert balance_pence(account_id=purse.budget) == 0


def test_leaves_the_transaction_around_it_usable() -> None:
    purse = make_purse()
    with transaction.atomic():
        with pytest.raises(UnableToPost):
            post(book_id=purse.book, draft=allocation(purse, 0), by="user:1")
        post(book_id=purse.book, draft=allocation(purse, 3), by="user:1")
    assert balance_pence(account_id=purse.budget) == 3


def test_refuses_a_draft_that_moves_nothing() -> None:
    purse = make_purse()
    with pytest.raises(UnableToPost, match="moves no money"):
        post(book_id=purse.book, draft=replace(allocation(purse, 1), moves=[]), by="user:1")


def test_refuses_a_move_its_kind_may_not_make() -> None:
    purse = make_purse()
    with pytest.raises(UnableToPost, match="cannot move money between"):
        post(book_id=purse.book, draft=allocation(purse, 1, kind="pay"), by="user:1")


def test_cannot_be_made_to_take_one_body_for_another() -> None:
    purse = make_purse()
    one = allocation(purse, 1, key="a", reason="b\nc")
    two = allocation(purse, 1, key="a\nb", reason="c")
    entries = [post(book_id=purse.book, draft=draft, by="user:1").entry_id for draft in (one, two)]
    hashes = set(Entry.objects.filter(pk__in=entries).values_list("body_hash", flat=True))
    assert len(hashes) == 2


def test_takes_words_in_any_language() -> None:
    purse = make_purse()
    draft = allocation(purse, 1, reason='‘Pwrs’ – £5 100% %s \\ "\n\tأهلا')
    posted = post(book_id=purse.book, draft=draft, by="user:1")
    assert Entry.objects.get(pk=posted.entry_id).reason == draft.reason


# ---- From queries ----------------------------------------------------------------------------------------------

DRAFTS = """
SELECT n AS draft_no, uuidv7() AS id, 'bulk:' || n AS key, 'allocate' AS kind, date '2026-05-04' AS effective_date,
    NULL::date AS concerned_date, 'In bulk' AS reason, '{}'::jsonb AS basis, NULL::uuid AS reverses_id,
    '' AS reversal_reason
FROM generate_series(1, %(count)s) n
"""
MOVES = (
    "SELECT n AS draft_no, %(from)s::uuid AS source_id, %(to)s::uuid AS target_id, n::bigint AS amount_pence"
)
MOVES += " FROM generate_series(%(first)s, %(last)s) n"


def post_bulk(purse: Purse, count: int, *, first: int = 1, last: int | None = None) -> int:
    values = {
        "count": count,
        "from": purse.funding,
        "to": purse.budget,
        "first": first,
        "last": last or count,
    }
    return post_from(book_id=purse.book, drafts_sql=DRAFTS, moves_sql=MOVES, by="system:x", values=values)


@pytest.mark.parametrize("count", [3, 700])
def test_writes_in_bulk_what_it_writes_from_drafts(count: int) -> None:
    bulk, single = make_purse(), make_purse()
    assert post_bulk(bulk, count) == count
    drafts = [
        allocation(single, number, key=f"bulk:{number}", reason="In bulk") for number in range(1, count + 1)
    ]
    post_many(book_id=single.book, drafts=drafts, by="system:x")
    assert balance_pence(account_id=bulk.budget) == balance_pence(account_id=single.budget)
    again = allocation(bulk, 2, key="bulk:2", reason="In bulk")
    assert not post(book_id=bulk.book, draft=again, by="system:x").is_first


def test_refuses_in_bulk_a_key_that_stands() -> None:
    purse = make_purse()
    post(book_id=purse.book, draft=allocation(purse, 1, key="bulk:2"), by="user:1")
    with pytest.raises(UnableToPost, match="stand in the books already"):
        post_bulk(purse, 3)
    assert Entry.objects.count() == 1


def test_refuses_in_bulk_a_draft_without_moves() -> None:
    with pytest.raises(UnableToPost, match="move no money"):
        post_bulk(make_purse(), 3, last=2)


def test_refuses_in_bulk_a_move_without_its_draft() -> None:
    with pytest.raises(UnableToPost):
        post_bulk(make_purse(), 3, last=4)


# ---- Whatever is posted ----------------------------------------------------------------------------------------


def open_many(purse: Purse, kind: AccountKind, count: int) -> list[UUID]:
    names = [AccountName(kind, uuid4(), "council") for _ in range(count)]
    opened = open_accounts(book_id=purse.book, names=names)
    return [opened[name] for name in names]


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32))
def test_keeps_every_balance_the_sum_of_its_transfers(seed: int) -> None:
    dice = random.Random(seed)
    purse = make_purse()
    budgets, pools = open_many(purse, AccountKind.BUDGET, 3), open_many(purse, AccountKind.POOL_SHARE, 3)
    model = dict.fromkeys([purse.funding, *budgets, *pools], 0)
    routes = {"allocate": ([purse.funding], budgets), "pledge": (budgets, pools), "return": (pools, budgets)}
    for _ in range(12):
        kind = dice.choice(list(routes))
        sources, targets = routes[kind]
        moves = [
            Move(dice.choice(sources), target, dice.randint(1, 60)) for target in dice.sample(targets, 2)
        ]
        after = dict(model)
        for move in moves:
            after[move.source_id] -= move.amount_pence
            after[move.target_id] += move.amount_pence
        draft = Draft(key=str(uuid4()), kind=kind, effective_date=MAY, reason="Random", moves=moves)
        is_covered = all(pence >= 0 for account, pence in after.items() if account != purse.funding)
        try:
            post(book_id=purse.book, draft=draft, by="user:1")
        except UnableToPost:
            assert not is_covered
        else:
            assert is_covered
            model = after
    assert balances_pence(account_ids=list(model)) == model


def test_asks_the_database_once() -> None:
    purse = make_purse()
    with connection.execute_wrapper(counted := Counted()):
        post_many(
            book_id=purse.book,
            drafts=[allocation(purse, 1, key=f"a:{number}") for number in range(20)],
            by="user:1",
        )
    assert [statement.split()[0] for statement in counted.statements] == ["SAVEPOINT", "WITH", "RELEASE"]
    assert Transfer.objects.count() == 20


class Counted:
    """Remembers what was asked."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements.append(sql)
        return execute(sql, params, many, context)
