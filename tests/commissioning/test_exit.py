"""The exit settlement as pure arithmetic: own part held, the rest home, nothing lost and never a debt."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.rules.home import home
from commissioning.rules.exit import Promise, Stake, Term, exit_of, settlement_of

START = date(2026, 4, 6)
OLD, NEW = UUID(int=1), UUID(int=2)


def make_term(
    *, weeks: int = 12, weekly_pence: int = 90_00, one_off_pence: int = 0, notice_days: int = 14
) -> Term:
    end = START + timedelta(weeks=weeks)
    return Term(
        start_date=START,
        end_date=end,
        planned_end_date=end,
        weekly_pence=weekly_pence,
        one_off_pence=one_off_pence,
        notice_days=notice_days,
    )


def make_promise(*, promised: int = 360_00, drawn: int = 0, term: Term | None = None) -> Promise:
    return Promise(
        contract_id=uuid4(),
        promised_pence=promised,
        drawn_pence=drawn,
        balance_pence=promised - drawn,
        term=term or make_term(),
    )


def make_stake(*, share: int = 640_00, promises: tuple[Promise, ...] = ()) -> Stake:
    put_in = share + sum(each.balance_pence for each in promises)
    return Stake(stream_code="council", share_pence=share, promises=promises, came_from=[(NEW, put_in)])


def test_holds_the_own_part_up_to_the_end_of_notice_and_sends_the_rest_home() -> None:
    """Four of twelve weeks have passed and were billed; two more cannot be cancelled: 30 of 90 pounds a week."""
    promise = make_promise(promised=360_00, drawn=120_00)
    result = exit_of(make_stake(promises=(promise,)), left_date=START + timedelta(weeks=4))
    assert result.held == {promise.contract_id: 60_00}
    assert result.released == {promise.contract_id: 180_00}
    assert result.returned == {NEW: 640_00 + 180_00}
    assert (result.back_pence, result.held_pence, result.stake_pence) == (820_00, 60_00, 880_00)


def test_rounds_the_own_part_up_to_the_penny() -> None:
    promise = make_promise(promised=100, term=make_term(weeks=3, weekly_pence=1_00, notice_days=0))
    assert promise.held_pence(START + timedelta(weeks=1)) == 34


def test_holds_no_more_than_still_stands_promised_where_more_was_billed() -> None:
    promise = make_promise(promised=360_00, drawn=350_00)
    assert promise.held_pence(START + timedelta(weeks=12)) == 10_00
    assert make_promise(promised=360_00, drawn=200_00).held_pence(START + timedelta(weeks=4)) == 0


def test_counts_the_one_off_part_as_soon_as_the_contract_has_begun() -> None:
    term = make_term(weeks=1, weekly_pence=70_00, one_off_pence=30_00, notice_days=0)
    promise = make_promise(promised=100_00, term=term)
    assert promise.held_pence(START) == 0
    assert promise.held_pence(START + timedelta(days=1)) == 40_00


def test_goes_by_days_where_a_contract_expects_no_value_in_advance() -> None:
    promise = make_promise(promised=84_00, term=make_term(weekly_pence=0, notice_days=0))
    assert promise.held_pence(START + timedelta(days=1)) == 1_00


def test_values_a_contract_that_ends_early_for_the_term_it_was_promised_for() -> None:
    whole = make_term(notice_days=28)
    early = Term(**{**vars(whole), "end_date": START + timedelta(weeks=6)})
    promise = make_promise(promised=360_00, term=early)
    assert promise.held_pence(START + timedelta(weeks=5)) == 180_00


def test_holds_nothing_for_a_contract_that_has_not_begun_by_the_end_of_notice() -> None:
    assert make_promise().held_pence(START - timedelta(days=14)) == 0


def test_sends_money_home_to_the_newest_budget_first() -> None:
    assert home(150, [(NEW, 100), (OLD, 200)]) == {NEW: 100, OLD: 50}
    assert home(350, [(NEW, 100), (OLD, 200)]) == {NEW: 150, OLD: 200}
    assert home(0, []) == {}
    with pytest.raises(ValueError, match="there is none"):
        home(1, [])


def test_settles_everything_in_the_end() -> None:
    promise = make_promise(promised=360_00, drawn=120_00)
    result = settlement_of(make_stake(share=0, promises=(promise,)))
    assert (result.returned, result.held) == ({NEW: 240_00}, {})


pence = st.integers(min_value=0, max_value=10**9)


@st.composite
def promises(draw: st.DrawFn) -> Promise:
    """Any promise: some of it drawn, some perhaps released before."""
    promised = draw(st.integers(min_value=1, max_value=10**8))
    drawn = draw(st.integers(min_value=0, max_value=promised))
    weeks = draw(st.integers(min_value=1, max_value=104))
    term = make_term(
        weeks=weeks,
        weekly_pence=draw(st.integers(min_value=0, max_value=10**6)),
        one_off_pence=draw(st.integers(min_value=0, max_value=10**6)),
        notice_days=draw(st.integers(min_value=0, max_value=84)),
    )
    return Promise(
        contract_id=uuid4(),
        promised_pence=promised,
        drawn_pence=drawn,
        balance_pence=draw(st.integers(min_value=0, max_value=promised - drawn)),
        term=term,
    )


@given(
    share=pence,
    promised=st.lists(promises(), max_size=4),
    came_from=st.lists(st.tuples(st.uuids(), pence), min_size=1, max_size=3, unique_by=lambda each: each[0]),
    days=st.integers(min_value=-100, max_value=900),
)
def test_loses_nothing_and_owes_nothing(
    share: int, promised: list[Promise], came_from: list[tuple[UUID, int]], days: int
) -> None:
    stake = Stake(stream_code="council", share_pence=share, promises=promised, came_from=came_from)
    result = exit_of(stake, left_date=START + timedelta(days=days))
    balances = {each.contract_id: each.balance_pence for each in promised}
    assert result.stake_pence == share + sum(balances.values())
    assert all(0 < result.held[each] <= balances[each] for each in result.held)
    assert all(part > 0 for part in [*result.released.values(), *result.returned.values()])
    assert all(
        result.released.get(each, 0) + result.held.get(each, 0) == balance
        for each, balance in balances.items()
    )
    assert result.back_pence == share + sum(result.released.values())
    assert set(result.returned) <= {budget for budget, _ in came_from}


@given(
    promised=promises(),
    days=st.integers(min_value=0, max_value=900),
    more=st.integers(min_value=0, max_value=300),
)
def test_never_holds_less_for_leaving_later(promised: Promise, days: int, more: int) -> None:
    first = START + timedelta(days=days)
    assert promised.held_pence(first) <= promised.held_pence(first + timedelta(days=more))
