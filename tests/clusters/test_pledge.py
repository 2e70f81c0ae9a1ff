"""Pledging: money goes from the budget into the member's share of the pool, and never more than is there."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from budgets.models import Budget
from budgets.queries import left_pence
from clusters.actions import UnableToPledge, pledge
from clusters.models import Membership, Pledge
from clusters.queries import money_in_pool, money_of
from ledger.actions import close_period
from ledger.models import Entry
from tests.budgets.makers import make_budget, make_stream
from tests.clusters.makers import make_cluster, make_member
from tests.people.makers import make_person

pytestmark = pytest.mark.django_db

ON = date(2026, 5, 4)


def make_pledger(*, budget_pence: int = 250_00) -> tuple[Membership, Budget]:
    """A member with a budget and nothing in the pool yet."""
    member = make_member(pledged={})
    return member, make_budget(person=member.person, pence={"council": budget_pence})


def put_in(
    member: Membership, budget: Budget, pence: int, *, on: date = ON, stream: str = "council"
) -> Pledge:
    return pledge(
        membership=member,
        budget=budget,
        stream=make_stream(council=member.cluster.council, code=stream),
        amount_pence=pence,
        on=on,
        by="user:1",
    )


def test_moves_the_money_and_writes_the_pledge_with_its_entry() -> None:
    amina, budget = make_pledger()
    made = put_in(amina, budget, 100_00)
    assert left_pence(budget=budget, stream=made.stream) == 150_00
    [held] = money_in_pool(membership=amina)
    assert (held.pledged_pence, held.share_pence, held.spent_pence) == (100_00, 100_00, 0)
    assert made.entry.key.startswith(f"pledge:{amina.pk}:")
    assert (made.entry.effective_date, made.entry.recorded_by) == (ON, "user:1")


def test_adds_up() -> None:
    amina, budget = make_pledger()
    put_in(amina, budget, 100_00)
    put_in(amina, budget, 150_00)
    assert money_in_pool(membership=amina)[0].share_pence == 250_00


def test_refuses_more_than_is_left_and_moves_nothing() -> None:
    amina, budget = make_pledger()
    entries = Entry.objects.count()
    with pytest.raises(
        UnableToPledge, match=r"You can't pledge £250.01 yet: £250.00 is left in your council money"
    ):
        put_in(amina, budget, 250_01)
    assert Entry.objects.count() == entries
    assert not Pledge.objects.exists()


def test_refuses_a_stream_the_budget_does_not_have() -> None:
    amina, budget = make_pledger()
    with pytest.raises(UnableToPledge, match=r"£0.00 is left in your health money"):
        put_in(amina, budget, 1, stream="health")


@pytest.mark.parametrize("pence", [0, -1])
def test_refuses_less_than_a_penny(pence: int) -> None:
    with pytest.raises(UnableToPledge, match="at least one penny"):
        put_in(*make_pledger(), pence)


def test_refuses_somebody_elses_budget_and_days_outside_it() -> None:
    amina, budget = make_pledger()
    other = make_budget(person=make_person(council=amina.cluster.council))
    with pytest.raises(UnableToPledge, match="somebody else's"):
        put_in(amina, other, 1)
    with pytest.raises(UnableToPledge, match="runs from 1 April 2026 up to 1 April 2027"):
        put_in(amina, budget, 1, on=date(2027, 4, 1))


def test_refuses_before_they_join_and_after_they_left() -> None:
    cluster = make_cluster()
    for member, on in (
        (make_member(cluster=cluster, pledged={}, joined_date=ON), date(2026, 5, 3)),
        (make_member(cluster=cluster, pledged={}, left_date=ON), ON),
    ):
        with pytest.raises(UnableToPledge, match="from the day you join"):
            put_in(member, make_budget(person=member.person), 1, on=on)


def test_refuses_a_day_in_a_closed_month() -> None:
    amina, budget = make_pledger()
    close_period(
        book_id=amina.cluster.council.book_id,
        start=date(2026, 4, 1),
        end=date(2026, 5, 1),
        at=datetime(2026, 5, 5, tzinfo=UTC),
        by="system:tests",
    )
    with pytest.raises(UnableToPledge, match=r"closed\. Nothing was moved"):
        put_in(amina, budget, 1, on=date(2026, 4, 30))


def test_says_where_many_members_money_stands_with_one_query(django_assert_num_queries: object) -> None:
    cluster = make_cluster()
    members = [make_member(cluster=cluster, pledged={"health": 2, "council": 1}) for _ in range(3)]
    assert callable(django_assert_num_queries)
    with django_assert_num_queries(1):
        found = money_of(memberships=members)
    assert [[part.stream_code for part in found[member.pk]] for member in members] == [
        ["council", "health"]
    ] * 3


@pytest.mark.django_db(transaction=True)
def test_two_pledges_at_once_never_take_more_than_there_is() -> None:
    amina, budget = make_pledger(budget_pence=100_00)
    stream = make_stream(council=amina.cluster.council)
    together = Barrier(4)
    refused: list[str] = []

    def try_it() -> None:
        together.wait()
        try:
            pledge(membership=amina, budget=budget, stream=stream, amount_pence=40_00, on=ON, by="user:1")
        except UnableToPledge as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 2
    assert left_pence(budget=budget, stream=stream) == 20_00
    assert money_in_pool(membership=amina)[0].share_pence == 80_00
