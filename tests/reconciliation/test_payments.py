"""Paying providers, and money that comes back, changes nothing of what members paid in a month."""

import pytest

from invoices.actions.pay import return_payment, settle
from reconciliation.models import MonthEndState
from tests.invoices.paying import AT, PAY_DATE, make_desk, make_sent
from tests.reconciliation.makers import MAY, count

pytestmark = pytest.mark.django_db


def test_a_month_stays_clean_when_providers_are_paid() -> None:
    desk = make_desk(streams={"council": 300_00, "health": 100_00})
    payment = make_sent(desk).payments.get()
    settle(payment=payment, paid_date=MAY.replace(day=20), on=PAY_DATE, at=AT, by="system:bank")
    assert count(desk.council).state == MonthEndState.CLEAN
    return_payment(payment=payment, reason="Closed", on=PAY_DATE, by="system:bank")
    assert count(desk.council).state == MonthEndState.CLEAN
