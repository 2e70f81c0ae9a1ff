"""Splitting a held line: what is right is paid, the rest is rejected or waits, and both are what was billed."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from invoices.actions import UnableToSplit, release, split_line
from invoices.models import Hold, HoldState, Invoice, InvoiceKind, InvoiceLine, LineState
from invoices.queries.adjusting import standing_of
from invoices.queries.payable import payable_lines
from people.models import User
from reconciliation.models import Finding
from reconciliation.queries.faults import faults
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.paying import AT, ON, Desk, make_desk
from tests.people.makers import make_commissioner
from tests.reconciliation.makers import count
from tests.visiting import answered, seen

pytestmark = pytest.mark.django_db


def make_held(desk: Desk, *, units: str = "3", rate_pence: int = 21_33) -> Hold:
    """A line of three sessions at a rate that is not the contract's, 20 pounds."""
    wrong = make_line(
        service_code="SESSION", units=units, unit_rate_pence=rate_pence, service_date=date(2026, 5, 20)
    )
    send(make_document(contract=desk.contract, lines=[wrong]), contract=desk.contract)
    return Hold.objects.select_related("line").get()


def split(
    hold: Hold, desk: Desk, *, units: str = "2", is_rest_held: bool = False, by: User | None = None
) -> Invoice:
    """Farah pays so much of it."""
    return split_line(
        hold=hold,
        units=Decimal(units),
        is_rest_held=is_rest_held,
        reason="They came twice",
        by=by or desk.farah,
        on=ON,
        at=AT,
    )


def test_pays_what_is_right_and_rejects_the_rest() -> None:
    desk = make_desk()
    made = split(make_held(desk), desk)
    paid = InvoiceLine.objects.get(service_date=date(2026, 5, 20), corrects_line=None)
    rest = made.lines.get()
    assert (paid.state, paid.amount_pence, paid.units) == (LineState.ACCEPTED, 40_00, Decimal(2))
    assert (rest.state, rest.amount_pence, rest.units) == (LineState.REJECTED, 23_99, Decimal(1))
    assert paid.amount_pence + rest.amount_pence == 63_99
    hold = Hold.objects.get(line=rest)
    assert (hold.state, hold.note) == (HoldState.REJECTED, "They came twice")
    assert paid in payable_lines(council=desk.council)
    assert rest not in payable_lines(council=desk.council)


def test_lets_the_rest_wait_and_pays_it_later() -> None:
    desk = make_desk()
    rest = split(make_held(desk), desk, is_rest_held=True).lines.get()
    hold = Hold.objects.get(line=rest, state=HoldState.OPEN)
    assert (hold.reason, rest.state) == ("rate_mismatch", LineState.HELD)
    release(hold=hold, corrections={}, note="The third visit is proved", by=desk.farah, on=ON, at=AT)
    paid = InvoiceLine.objects.get(service_date=date(2026, 5, 20), corrects_line=None)
    assert standing_of([paid])[paid.pk].pence == 63_99


@pytest.mark.parametrize("is_rest_held", [False, True])
def test_leaves_the_month_and_the_books_without_a_fault(is_rest_held: bool) -> None:
    desk = make_desk()
    split(make_held(desk), desk, is_rest_held=is_rest_held)
    assert list(faults(council=desk.council)) == []
    month = count(desk.council)
    assert not Finding.objects.filter(month_end=month, is_blocking=True).exists()
    assert Finding.objects.filter(month_end=month, kind="held_line").exists() is is_rest_held


@pytest.mark.parametrize(
    ("units", "words"), [("0", "more than 0, at most 3"), ("4", "at most 3"), ("-1", "more than 0")]
)
def test_pays_no_more_than_was_billed(units: str, words: str) -> None:
    desk = make_desk()
    with pytest.raises(UnableToSplit, match=words):
        split(make_held(desk), desk, units=units)
    assert not Invoice.objects.filter(kind=InvoiceKind.ADJUSTMENT).exists()


def test_is_not_for_what_leaves_nothing_over() -> None:
    desk = make_desk()
    with pytest.raises(UnableToSplit, match="nothing is left over"):
        split(make_held(desk, rate_pence=19_00), desk, units="3")


def test_is_for_finance_officers_and_once() -> None:
    desk = make_desk()
    hold = make_held(desk)
    with pytest.raises(UnableToSplit, match="finance officer"):
        split(hold, desk, by=make_commissioner(council=desk.council))
    split(hold, desk)
    with pytest.raises(UnableToSplit, match=r"at most 2|dealt with|nothing is left"):
        split(hold, desk, units="1")
    assert Invoice.objects.filter(kind=InvoiceKind.ADJUSTMENT).count() == 1


def test_is_done_on_a_page() -> None:
    desk = make_desk()
    address = reverse("reconciliation:split", args=[make_held(desk).pk])
    assert address in seen(desk.farah, reverse("reconciliation:holds"))
    assert "Say what becomes of the rest." in answered(desk.farah, address, units="2", reason="x")
    page = answered(desk.farah, address, units="2", rest="rejected", reason="They came twice")
    assert "The line is split" in page
    assert "2 × £20.00 = £40.00" in page
