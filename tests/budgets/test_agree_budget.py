"""Agreeing a budget: the council's money becomes a person's to plan with."""

from datetime import UTC, date, datetime

import pytest

from budgets.actions import BudgetPart, UnableToAgreeBudget, add_stream, agree_budget
from budgets.models import Budget
from budgets.queries import budget_on, left_by_stream, left_in_budgets, left_pence
from ledger.actions import AccountName, close_period
from ledger.models import AccountKind, Entry
from ledger.queries import balance_pence
from people.models import Council
from tests.budgets.makers import make_budget, make_stream
from tests.guards import assert_refused
from tests.people.makers import make_council, make_person

pytestmark = pytest.mark.django_db


def funding(council: Council, stream: str) -> int:
    return balance_pence(
        account_id=AccountName(AccountKind.FUNDING, council.pk, stream).id_in(council.book_id)
    )


def test_moves_each_streams_money_into_the_budget() -> None:
    person = make_person()
    budget = make_budget(person=person, pence={"health": 2_000_00, "council": 10_000_00})
    assert [
        (part.stream.code, part.allocated_pence, part.left_pence) for part in left_by_stream(budget=budget)
    ] == [
        ("council", 10_000_00, 10_000_00),
        ("health", 2_000_00, 2_000_00),
    ]
    assert funding(person.council, "council") == -10_000_00
    entry = Entry.objects.get(key=f"allocate:{budget.pk}:health")
    assert (entry.kind, entry.effective_date) == ("allocate", date(2026, 4, 1))


def test_posts_nothing_for_a_stream_with_nothing_in_it() -> None:
    budget = make_budget(pence={"council": 0})
    assert not Entry.objects.exists()
    assert left_pence(budget=budget, stream=make_stream(council=budget.person.council)) == 0


def test_counts_from_the_first_open_day_where_the_books_are_closed() -> None:
    person = make_person()
    at = datetime(2026, 6, 1, tzinfo=UTC)
    close_period(
        book_id=person.council.book_id, start=date(2026, 4, 1), end=date(2026, 6, 1), at=at, by="system:tests"
    )
    make_budget(person=person)
    entry = Entry.objects.get()
    assert (entry.effective_date, entry.concerned_date) == (date(2026, 6, 1), date(2026, 4, 1))


def test_refuses_dates_that_overlap_another_budget() -> None:
    person = make_person()
    make_budget(person=person)
    with pytest.raises(UnableToAgreeBudget, match="a budget from 1 April 2026 to 1 April 2027 already"):
        make_budget(person=person, start_date=date(2027, 3, 31), end_date=date(2028, 1, 1))
    make_budget(person=person, start_date=date(2027, 4, 1), end_date=date(2028, 4, 1))


def test_refuses_parts_that_do_not_hold_together() -> None:
    person, other = make_person(), make_council()
    mine, theirs = make_stream(council=person.council), make_stream(council=other)
    for parts, why in (
        ([], "at least one source"),
        ([BudgetPart(stream=mine, annual_pence=1)] * 2, "named twice"),
        ([BudgetPart(stream=theirs, annual_pence=1)], "belongs to another council"),
        ([BudgetPart(stream=mine, annual_pence=-1)], "less than nothing"),
    ):
        with pytest.raises(UnableToAgreeBudget, match=why):
            agree_budget(
                person=person,
                start_date=date(2026, 4, 1),
                end_date=date(2027, 4, 1),
                parts=parts,
                by="user:1",
            )
    assert not Budget.objects.exists()


def test_refuses_a_budget_that_ends_before_it_starts() -> None:
    with pytest.raises(UnableToAgreeBudget, match="ends before it starts"):
        make_budget(start_date=date(2026, 4, 1), end_date=date(2026, 4, 1))


def test_names_a_stream_once() -> None:
    council = make_council()
    first = add_stream(council=council, code="nhs", name="NHS money")
    assert add_stream(council=council, code="nhs", name="Other") == first


def test_finds_the_budget_of_a_day() -> None:
    budget = make_budget()
    assert budget_on(person=budget.person, on=date(2027, 3, 31)) == budget
    assert budget_on(person=budget.person, on=date(2027, 4, 1)) is None


def test_says_what_is_left_in_many_budgets_with_one_query(django_assert_num_queries: object) -> None:
    council = make_council()
    budgets = [make_budget(person=make_person(council=council)) for _ in range(3)]
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(1):
        found = left_in_budgets(budgets=budgets)
    assert [found[budget.pk][0].left_pence for budget in budgets] == [10_000_00] * 3


def test_postgresql_lets_no_two_budgets_of_a_person_overlap() -> None:
    budget = make_budget()
    assert_refused(
        "INSERT INTO budgets_budget (person_id, start_date, end_date) VALUES (%s, '2026-05-01', '2026-06-01')",
        budget.person_id,
        match="budgets_budget_never_overlaps_another",
    )
