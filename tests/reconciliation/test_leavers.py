"""Months in which somebody leaves, takes some back or is settled with: statements say so, and everything agrees."""

from datetime import UTC, date, datetime, time, timedelta

import psycopg
import pytest

from clusters.models import Membership
from commissioning.actions.leave import leave
from commissioning.actions.settle import settle
from reconciliation.models import Statement
from reconciliation.queries.faults import faults
from tests.clusters.makers import make_return
from tests.commissioning.leavers import ON, in_pool, make_promised, make_three, user_of
from tests.invoices.makers import make_document, make_line, send
from tests.reconciliation.makers import JUNE, MAY, count, doubts

pytestmark = pytest.mark.django_db(transaction=True)


def at(on: date) -> datetime:
    return datetime.combine(on, time(9), tzinfo=UTC)


def statement_of(member: Membership, month: date) -> Statement:
    return Statement.objects.get(membership=member, cluster_month__month_end__start_date=month)


def figures(statement: Statement) -> tuple[int, int, int, int, int, int]:
    """Opening, returned, spent, closing, and of that committed and available."""
    return (
        statement.opening_pence,
        statement.returned_pence,
        statement.spent_pence,
        statement.closing_pence,
        statement.committed_pence,
        statement.available_pence,
    )


def test_says_what_went_back_in_the_month_somebody_left_and_when_they_were_settled_with() -> None:
    amina, ben, chidi = members = make_three()
    contract = make_promised(cluster=amina.cluster, promises={each: {"council": 360_00} for each in members})
    for day in (date(2026, 4, 30), ON - timedelta(days=1), ON + timedelta(days=2)):
        line = make_line(service_code="SESSION", service_date=day, units="2", unit_rate_pence=30_00)
        if day > ON and amina.left_date is None:
            amina = leave(membership=amina, on=ON, by=user_of(amina), at=at(ON))
        send(make_document(contract=contract, lines=[line]), contract=contract, on=ON + timedelta(days=3))
    assert in_pool(amina) == (0, 140_00)  # 180 as she left, of which two days were billed: 40
    settle(membership=amina, by="system:tests", at=at(date(2026, 6, 3)))

    for month, on in ((date(2026, 4, 1), MAY), (MAY, JUNE), (JUNE, date(2026, 7, 1))):
        month_end = count(contract.council, start_date=month, on=on)
        assert doubts(month_end) == []
        assert not month_end.findings.filter(is_blocking=True).exists()
    assert figures(statement_of(amina, date(2026, 4, 1))) == (0, 0, 20_00, 980_00, 340_00, 640_00)
    assert figures(statement_of(amina, MAY)) == (980_00, 820_00, 20_00, 140_00, 140_00, 0)
    assert figures(statement_of(amina, JUNE)) == (140_00, 140_00, 0, 0, 0, 0)
    assert figures(statement_of(ben, MAY)) == (980_00, 0, 50_00, 930_00, 290_00, 640_00)
    assert figures(statement_of(chidi, MAY)) == figures(statement_of(ben, MAY))
    assert list(faults(council=contract.council)) == []


def test_spreads_only_what_was_left_in_over_the_year() -> None:
    amina, ben, _ = make_three()
    make_return(membership=amina, stream="council", amount_pence=500_00, on=date(2026, 4, 30))
    count(amina.cluster.council, start_date=MAY, on=JUNE)
    mine, other = statement_of(amina, MAY), statement_of(ben, MAY)
    assert other.allocation_pence == 84_93  # 1,000 pounds for 31 of 365 days
    assert mine.allocation_pence == 84_93 - 46_27  # 500 of it is back, from May on: 31 of 335 days


def test_finds_a_return_that_does_not_say_what_was_moved_and_one_that_is_gone(
    superuser_connection: psycopg.Connection,
) -> None:
    amina, *_ = make_three()
    make_return(membership=amina, stream="council", amount_pence=500_00, on=ON)
    assert list(faults(council=amina.cluster.council)) == []
    superuser_connection.execute("SET session_replication_role = replica")
    superuser_connection.execute("UPDATE clusters_pledgereturn SET amount_pence = 1")
    superuser_connection.commit()
    [fault] = faults(council=amina.cluster.council)
    assert (fault.table, fault.expected, fault.found) == ("clusters_pledgereturn", "50000", "1")
    superuser_connection.execute("DELETE FROM clusters_pledgereturn")
    superuser_connection.commit()
    [fault] = faults(council=amina.cluster.council)
    assert (fault.table, fault.expected) == ("ledger_entry", "a return")
