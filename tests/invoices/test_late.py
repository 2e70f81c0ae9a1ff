"""A late change: accepted lines are put right by the difference, exactly, and a second run changes nothing."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from clusters.models import SharingRule
from commissioning.models import Contract, ContractService
from invoices.actions import release
from invoices.actions.disputes import uphold
from invoices.actions.late import UnableToApply, apply_late_change
from invoices.models import Adjustment, Hold, Invoice, InvoiceKind, InvoiceLine
from invoices.queries import shares_of_lines
from invoices.queries.adjusting import standing_of
from invoices.queries.payable import owed_to_providers
from invoices.rules.late import LateChange
from ledger.models import AccountKind
from people.models import User
from reconciliation.models import Finding
from reconciliation.queries.faults import faults
from tests.clusters.makers import make_cluster, make_member, make_pledge
from tests.commissioning.makers import make_contract, make_service
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.paying import AT, ON, make_desk, make_officer, make_sent
from tests.invoices.test_disputes import dispute, line_of
from tests.people.makers import make_commissioner
from tests.reconciliation.makers import count
from tests.visiting import answered, as_user, seen

pytestmark = pytest.mark.django_db
MAY_1 = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def _june() -> Iterator[None]:
    """It is the first of June at nine."""
    with time_machine.travel(AT, tick=False):
        yield


def make_weeks(*weeks: str, weekly_pence: int = 700_00, pledged: int = 2_000_00) -> Contract:
    """A contract for weeks of day care at 700 pounds, shared by two; a line for each of these, from 1 May on."""
    cluster = make_cluster()
    for ref in ("M-0", "M-1"):
        make_member(cluster=cluster, ref=ref, pledged={"council": pledged, "health": 333_33})
    terms = make_service(code="DAY", rule=SharingRule.BY_PLEDGE, unit_rate_pence=weekly_pence, unit="week")
    contract = make_contract(cluster=cluster, services=[terms])
    lines = [
        make_line(
            line_number=place,
            service_code="DAY",
            service_date=date(2026, 5, 1 + 7 * (place - 1)),
            units=units,
            unit_rate_pence=weekly_pence,
        )
        for place, units in enumerate(weeks or ("1",), start=1)
    ]
    taken = send(make_document(contract=contract, lines=lines), contract=contract)
    assert not taken.invoice.lines.exclude(state="accepted").exists()
    return contract


def apply(
    contract: Contract,
    *,
    first: int | None = None,
    last: int | None = None,
    rate_pence: int | None = None,
    by: User | None = None,
) -> list[Invoice]:
    """A finance officer applies a change of these days of May."""
    days = [date(2026, 5, day) if day else None for day in (first, last)]
    return apply_late_change(
        service=contract.services.get(),
        change=LateChange(first=days[0], last=days[1], rate_pence=rate_pence),
        reason="The provider wrote to us",
        by=by or make_officer(council=contract.council),
        on=ON,
        at=AT,
    )


def left(contract: Contract) -> list[int]:
    """What each line still costs, pence, in order."""
    lines = list(InvoiceLine.objects.filter(invoice__contract=contract, corrects_line=None).order_by("pk"))
    standing = standing_of(lines)
    return [standing[line.pk].pence for line in lines]


def test_puts_a_rate_right_and_keeps_the_days() -> None:
    contract = make_weeks("1", "1")
    [made] = apply(contract, rate_pence=400_00)
    assert (made.kind, made.total_pence) == (InvoiceKind.ADJUSTMENT, -600_00)
    assert list(made.lines.order_by("line_number").values_list("amount_pence", "service_date", "units")) == [
        (-300_00, MAY_1, Decimal(0)),
        (-300_00, date(2026, 5, 8), Decimal(0)),
    ]
    assert left(contract) == [400_00, 400_00]
    [owed] = owed_to_providers(council=contract.council)
    assert owed.amount_pence == 800_00


def test_moves_the_start_by_days() -> None:
    contract = make_weeks()
    [made] = apply(contract, first=2)
    assert (made.total_pence, made.lines.get().units) == (-100_00, Decimal("-0.1429"))
    [made] = apply(contract, first=2, last=6)
    assert made.total_pence == -100_00
    [made] = apply(contract, rate_pence=350_00)
    assert made.total_pence == -250_00
    assert left(contract) == [250_00]
    [made] = apply(contract, first=20)
    assert made.total_pence == -250_00
    assert left(contract) == [0]


def test_a_second_run_changes_nothing() -> None:
    contract = make_weeks("1", "2")
    apply(contract, rate_pence=400_00)
    with pytest.raises(UnableToApply, match="changes nothing"):
        apply(contract, rate_pence=400_00)
    assert Invoice.objects.filter(kind=InvoiceKind.ADJUSTMENT).count() == 1


def test_goes_back_where_it_was() -> None:
    contract = make_weeks()
    apply(contract, first=3)
    [back] = apply(contract, first=1)
    assert back.total_pence == 200_00
    entry = back.lines.get().entry
    assert entry is not None
    assert entry.kind == "invoice"
    assert {move.target.kind for move in entry.transfers.all()} == {AccountKind.PAYABLE}
    assert left(contract) == [700_00]


def test_asks_for_more_and_waits_where_there_is_no_money() -> None:
    contract = make_weeks(pledged=250_00)
    [made] = apply(contract, rate_pence=2_100_00)
    hold = Hold.objects.get()
    assert (hold.line.invoice, hold.reason) == (made, "insufficient_funds")
    assert left(contract) == [700_00]
    for member in contract.cluster.memberships.all():
        for stream in ("council", "health"):
            make_pledge(membership=member, stream=stream, amount_pence=1_000_00, on=ON)
    officer = make_officer(council=contract.council)
    release(hold=hold, corrections={}, note="They put more in", by=officer, on=ON, at=AT)
    assert left(contract) == [2_100_00]


def test_shares_the_difference_as_the_line_was() -> None:
    contract = make_weeks(weekly_pence=700_01)
    apply(contract, last=10, first=9)
    line, back = InvoiceLine.objects.order_by("pk")
    whole = {(one.membership_ref, one.stream): one.pence for one in shares_of_lines(line_ids=[line.pk])}
    given = {(one.membership_ref, one.stream): -one.pence for one in shares_of_lines(line_ids=[back.pk])}
    assert given == whole


def test_leaves_what_did_not_happen_taken_back() -> None:
    desk = make_desk()
    uphold(dispute=dispute(desk), answer="Closed", by=desk.farah, on=ON, at=AT)
    [made] = apply(desk.contract, rate_pence=25_00)
    assert made.lines.get().corrected_line == line_of(desk, 40_00)
    assert made.total_pence == 10_00


def test_takes_what_was_paid_off_the_next_payment() -> None:
    desk = make_desk()
    make_sent(desk)
    apply(desk.contract, rate_pence=15_00)
    [owed] = owed_to_providers(council=desk.council)
    assert owed.amount_pence == -25_00


def test_leaves_the_month_and_the_books_without_a_fault() -> None:
    contract = make_weeks("1", "1", "2")
    apply(contract, first=3, last=20)
    apply(contract, rate_pence=733_33, first=5)
    month = count(contract.council)
    assert not Finding.objects.filter(month_end=month, is_blocking=True).exists()
    assert list(faults(council=contract.council)) == []


def test_is_for_finance_officers_with_a_reason_and_days_in_order() -> None:
    contract = make_weeks()
    with pytest.raises(UnableToApply, match="finance officer"):
        apply(contract, rate_pence=1, by=make_commissioner(council=contract.council))
    with pytest.raises(UnableToApply, match="before the first"):
        apply(contract, first=5, last=4)
    with pytest.raises(UnableToApply, match="Say why"):
        apply_late_change(
            service=contract.services.get(),
            change=LateChange(first=None, last=None, rate_pence=1),
            reason=" ",
            by=make_officer(council=contract.council),
            on=ON,
            at=AT,
        )
    assert not Adjustment.objects.exists()


def address(service: ContractService) -> str:
    """Where a service's late changes are written."""
    return reverse("invoices:late-change", args=[service.pk])


def test_shows_what_a_change_does_before_it_is_made() -> None:
    contract = make_weeks("1", "1")
    farah, page = make_officer(council=contract.council), address(contract.services.get())
    line = InvoiceLine.objects.order_by("pk")[0]
    assert page in seen(farah, reverse("reconciliation:line", args=[line.pk]))
    shown = seen(farah, f"{page}?what=rate&rate_pence=400&first=2026-05-02")
    assert "2 lines, <strong>-£557.14</strong> together" in shown
    assert not Adjustment.objects.exists()
    said = {"what": "rate", "rate_pence": "400", "first": "2026-05-02", "last": ""}
    assert "Say why, and who told you" in answered(farah, page, **said)
    done = answered(farah, page, **said, reason="They wrote")
    assert "Put right, by 1 adjustment." in done
    assert "They wrote" in done
    assert "every accepted line is right by it already" in seen(
        farah, f"{page}?what=rate&rate_pence=400&first=2026-05-02"
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("what=rate", "Write the new price."),
        ("what=days", "Write the first day, the last, or both."),
        ("what=days&first=2026-05-09&last=2026-05-01", "The last day lies before the first."),
        ("what=", "Say what changed."),
    ],
)
def test_asks_for_what_belongs_together(asked: str, words: str) -> None:
    contract = make_weeks()
    page = seen(make_officer(council=contract.council), f"{address(contract.services.get())}?{asked}")
    assert words in page


def test_is_not_for_others() -> None:
    contract = make_weeks()
    page = address(contract.services.get())
    assert seen(make_commissioner(council=contract.council), page) == "404"
    assert as_user(make_officer(council=make_weeks().council)).post(page).status_code == 404
