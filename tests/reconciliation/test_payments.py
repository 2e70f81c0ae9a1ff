"""Paying providers changes nothing of what members paid; and what the books paid is what the bank says."""

from datetime import date

import pytest

from invoices.actions.pay import settle
from invoices.actions.statement import import_statements
from reconciliation.models import CertificateLine, MonthEndState
from tests.invoices.banking import Entry, camt
from tests.invoices.paying import AT, ON, make_desk, make_sent
from tests.reconciliation.makers import count

pytestmark = pytest.mark.django_db
MAY_20, MAY_28 = date(2026, 5, 20), date(2026, 5, 28)


def bank(code: str) -> tuple[int, int]:
    """What the certificate says of the bank: by the statements, and by the books."""
    line = CertificateLine.objects.get(code=code)
    return line.expected, line.found


def test_a_month_is_clean_when_books_and_bank_agree_on_what_was_paid_and_came_back() -> None:
    desk = make_desk(streams={"council": 300_00, "health": 100_00})
    payment = make_sent(desk).payments.get()
    paid = Entry(pence=-100_00, reference=payment.reference, on=MAY_20)
    import_statements(council=desk.council, data=camt(paid), file="a.xml", by=desk.farah, on=ON, at=AT)
    assert count(desk.council).state == MonthEndState.CLEAN
    assert bank("bank") == (100_00, 100_00)
    back = camt(Entry(pence=100_00, reference=payment.reference, on=MAY_28), opening=900_00, ref="S-2")
    import_statements(council=desk.council, data=back, file="b.xml", by=desk.farah, on=ON, at=AT)
    again = count(desk.council)
    assert again.state == MonthEndState.CLEAN


def test_a_payment_no_statement_tells_of_stops_the_month() -> None:
    desk = make_desk()
    settle(payment=make_sent(desk).payments.get(), paid_date=MAY_20, on=ON, at=AT, by="system:by-hand")
    assert count(desk.council).state == MonthEndState.UNCLEAR
    assert bank("bank") == (0, 100_00)
