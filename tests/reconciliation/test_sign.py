"""Signing a month, and withdrawing a signature."""

from datetime import date

import pytest
from django.utils import timezone

from jobs.models import Job
from reconciliation.actions import (
    UnableToReconcile,
    UnableToSign,
    ask_for_month_end,
    sign,
    withdraw_signature,
)
from reconciliation.models import MonthEndState
from tests.clusters.makers import make_member, make_pledge
from tests.commissioning.makers import make_contract
from tests.people.makers import make_commissioner
from tests.reconciliation.makers import JUNE, MAY, bill, count, make_finance_officer, make_pool

pytestmark = pytest.mark.django_db


def test_is_signed_by_a_finance_officer_of_that_council() -> None:
    pool = make_pool()
    bill(pool)
    officer = make_finance_officer(council=pool.council)
    month_end = sign(month_end=count(pool.council), by=officer, on=JUNE, at=timezone.now())
    assert (month_end.state, month_end.signed_by) == (MonthEndState.SIGNED, officer)
    assert [event.words for event in month_end.events.all()] == ["Signed"]


def test_refuses_everybody_else() -> None:
    pool, other = make_pool(), make_pool()
    month_end = count(pool.council)
    for user in (make_finance_officer(council=other.council), make_commissioner(council=pool.council)):
        with pytest.raises(UnableToSign, match=r"Only a finance officer of this council"):
            sign(month_end=month_end, by=user, on=JUNE, at=timezone.now())


def test_refuses_a_month_that_is_not_over() -> None:
    pool = make_pool()
    month_end = count(pool.council, on=date(2026, 5, 20))
    with pytest.raises(UnableToSign, match=r"May 2026 is not over yet. You can sign it from 1 June 2026"):
        sign(
            month_end=month_end,
            by=make_finance_officer(council=pool.council),
            on=date(2026, 5, 31),
            at=timezone.now(),
        )


def test_refuses_while_it_is_being_counted() -> None:
    pool = make_pool()
    count(pool.council)
    month_end = ask_for_month_end(council=pool.council, start_date=MAY, on=JUNE, by="system:tests")
    with pytest.raises(UnableToSign, match=r"being counted"):
        sign(month_end=month_end, by=make_finance_officer(council=pool.council), on=JUNE, at=timezone.now())


def test_refuses_what_does_not_agree() -> None:
    from tests.reconciliation.test_find import post_without_line

    pool = make_pool()
    post_without_line(pool)
    with pytest.raises(UnableToSign, match=r"Not everything in May 2026 agrees"):
        sign(
            month_end=count(pool.council),
            by=make_finance_officer(council=pool.council),
            on=JUNE,
            at=timezone.now(),
        )


def test_asks_for_another_count_when_something_arrived_since() -> None:
    pool = make_pool()
    officer = make_finance_officer(council=pool.council)
    month_end = count(pool.council)
    bill(pool, day=JUNE)
    bill(pool)
    with pytest.raises(
        UnableToSign, match=r"Something new has arrived in 1 cluster since May 2026 was counted"
    ):
        sign(month_end=month_end, by=officer, on=JUNE, at=timezone.now())
    assert sign(month_end=count(pool.council), by=officer, on=JUNE, at=timezone.now()).is_final


def test_does_not_mind_what_arrived_for_later_months() -> None:
    pool = make_pool()
    month_end = count(pool.council)
    bill(pool, day=JUNE)
    newcomer = make_member(cluster=pool.cluster, joined_date=JUNE)
    make_pledge(membership=newcomer, stream="council", amount_pence=5_00, on=JUNE)
    make_contract(cluster=pool.cluster, start_date=JUNE)
    assert sign(
        month_end=month_end, by=make_finance_officer(council=pool.council), on=JUNE, at=timezone.now()
    ).is_final


def test_is_not_counted_again_until_the_signature_is_withdrawn() -> None:
    pool = make_pool()
    officer = make_finance_officer(council=pool.council)
    month_end = sign(month_end=count(pool.council), by=officer, on=JUNE, at=timezone.now())
    with pytest.raises(UnableToReconcile, match=r"Withdraw the signature first"):
        ask_for_month_end(council=pool.council, start_date=MAY, on=JUNE, by=officer.label)
    with pytest.raises(UnableToSign, match=r"say why"):
        withdraw_signature(month_end=month_end, reason="", by=officer)
    withdraw_signature(month_end=month_end, reason="An invoice came late", by=officer)
    bill(pool)
    again = count(pool.council)
    assert (again.state, again.signed_by) == (MonthEndState.CLEAN, None)
    assert Job.objects.unfinished().count() == 0
