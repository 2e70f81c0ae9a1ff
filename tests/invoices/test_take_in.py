"""Taking in a document: good lines are shared to the penny at once, wrong ones wait with a reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from clusters.models import Membership
from clusters.queries import money_in_pool
from commissioning.actions import approve
from commissioning.models import Contract, ContractState
from invoices.actions import (
    NumberUsed,
    UnknownContract,
    UnknownCorrectedInvoice,
    put_in_inbox,
    take_in_chunk,
)
from invoices.models import Hold, Invoice, InvoiceLine
from invoices.queries import shares_of_council
from ledger.actions import close_period
from ledger.models import Entry, Transfer
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_request, make_service
from tests.invoices.makers import MAY_4, make_document, make_line, send
from tests.people.makers import make_commissioner
from tests.providers.makers import make_provider

pytestmark = pytest.mark.django_db


def make_trio(*, pledged: int = 1_000_00) -> tuple[Contract, list[Membership]]:
    """A contract of a cluster of three, each with the same pledge of council money."""
    cluster = make_cluster()
    members = [make_member(cluster=cluster, ref=f"M-{n}", pledged={"council": pledged}) for n in range(3)]
    return make_contract(cluster=cluster), members


def paid(contract: Contract) -> dict[tuple[int, str], int]:
    """Pence by line number and member."""
    sums: dict[tuple[int, str], int] = {}
    for share in shares_of_council(council_id=contract.council_id):
        place = (share.line_number, share.membership_ref)
        sums[place] = sums.get(place, 0) + share.pence
    return sums


def reasons(contract: Contract) -> dict[int, str]:
    holds = Hold.objects.filter(line__invoice__contract=contract)
    return dict(holds.values_list("line__line_number", "reason"))


def test_lets_each_pay_for_their_own_visit() -> None:
    contract, _ = make_trio()
    send(
        make_document(contract=contract, lines=[make_line(units="1.5", member_ref="M-1")]), contract=contract
    )
    assert paid(contract) == {(1, "M-1"): 30_00}


def test_shares_equally_and_gives_the_odd_penny_by_the_published_order() -> None:
    contract, _ = make_trio()
    line = make_line(service_code="SESSION", unit_rate_pence=50_00)
    send(make_document(contract=contract, number="S-1", lines=[line]), contract=contract)
    # sha256 of "S-1:1:M-0", "S-1:1:M-1", "S-1:1:M-2": the two smallest take the two odd pennies
    assert sorted(paid(contract).values()) == [16_66, 16_67, 16_67]
    assert sum(paid(contract).values()) == 50_00


def test_shares_by_all_that_was_pledged_by_then() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="A", pledged={"council": 300_00})
    make_member(cluster=cluster, ref="B", pledged={"council": 50_00, "health": 50_00})
    contract = make_contract(cluster=cluster)
    line = make_line(service_code="MINIBUS", unit_rate_pence=64_67)
    send(make_document(contract=contract, lines=[line]), contract=contract)
    assert paid(contract) == {(1, "A"): 48_50, (1, "B"): 16_17}


def test_says_why_somebody_paid_what_they_paid() -> None:
    contract, _ = make_trio()
    send(
        make_document(contract=contract, lines=[make_line(service_code="SESSION", unit_rate_pence=50_00)]),
        contract=contract,
    )
    entry = Entry.objects.get(kind="invoice")
    assert entry.basis == {"rule": "equal", "amount_pence": 50_00, "weights": {"M-0": 1, "M-1": 1, "M-2": 1}}
    assert entry.effective_date == MAY_4


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (make_line(service_code="SWIM", member_ref="M-0"), "unknown_service"),
        (make_line(service_date=date(2027, 4, 1), member_ref="M-0"), "outside_contract"),
        (make_line(service_date=date(2026, 3, 31), member_ref="M-0"), "outside_contract"),
        (make_line(unit_rate_pence=20_01, member_ref="M-0"), "rate_mismatch"),
        (make_line(amount_pence=20_01, member_ref="M-0"), "amount_mismatch"),
        (make_line(units="0.33", amount_pence=6_61, member_ref="M-0"), "amount_mismatch"),
        (make_line(member_ref="M-9"), "member_not_active"),
        (make_line(), "member_not_active"),
        (make_line(units="60", member_ref="M-0"), "insufficient_funds"),
        # the first reason that applies
        (make_line(service_date=date(2027, 4, 1), unit_rate_pence=1, member_ref="M-9"), "outside_contract"),
    ],
)
def test_holds_a_wrong_line_and_posts_the_good_ones(line: object, reason: str) -> None:
    contract, _ = make_trio()
    good = make_line(line_number=2, member_ref="M-1")
    assert isinstance(line, type(good))
    taken = send(make_document(contract=contract, lines=[line, good]), contract=contract)
    hold = Hold.objects.get()
    assert (hold.reason, hold.line.line_number, hold.line.entry) == (reason, 1, None)
    assert hold.due_date == date(2026, 6, 15)
    assert hold.owner
    assert paid(contract) == {(2, "M-1"): 20_00}
    assert taken.invoice.lines.count() == 2


def test_holds_a_visit_billed_twice_in_one_invoice_or_in_two() -> None:
    contract, _ = make_trio()
    lines = [
        make_line(member_ref="M-0", units="1.5"),
        make_line(line_number=2, member_ref="M-0", units="1.50"),
    ]
    send(make_document(contract=contract, lines=lines), contract=contract)
    send(
        make_document(contract=contract, lines=[make_line(line_number=3, member_ref="M-0", units="1.50")]),
        contract=contract,
    )
    assert reasons(contract) == {2: "duplicate_line", 3: "duplicate_line"}


def test_holds_what_goes_over_the_units_of_the_whole_term() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-0")
    contract = make_contract(cluster=cluster, services=[make_service(max_units=Decimal(5))])
    lines = [
        make_line(line_number=n, units="2", member_ref="M-0", service_date=MAY_4 + timedelta(n))
        for n in (1, 2, 3)
    ]
    send(make_document(contract=contract, lines=lines), contract=contract)
    send(
        make_document(contract=contract, lines=[make_line(line_number=4, member_ref="M-0")]),
        contract=contract,
    )
    assert reasons(contract) == {3: "units_exceeded"}


def test_holds_a_shared_line_whole_when_one_member_cannot_pay() -> None:
    contract, _ = make_trio(pledged=20_00)
    session = make_line(service_code="SESSION", unit_rate_pence=50_00)
    again = make_line(line_number=2, service_code="SESSION", unit_rate_pence=50_00)
    small = make_line(line_number=3, service_code="HC-HOUR", units="0.1", member_ref="M-0")
    send(make_document(contract=contract, lines=[session, again, small]), contract=contract)
    assert reasons(contract) == {2: "insufficient_funds"}
    assert paid(contract)[(3, "M-0")] == 2_00


def test_shares_only_among_those_who_were_members_that_day() -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-0")
    make_member(cluster=cluster, ref="M-1", left_date=MAY_4)
    make_member(cluster=cluster, ref="M-2", joined_date=MAY_4)
    contract = make_contract(cluster=cluster)
    send(
        make_document(contract=contract, lines=[make_line(service_code="SESSION", unit_rate_pence=50_00)]),
        contract=contract,
    )
    assert paid(contract) == {(1, "M-0"): 25_00, (1, "M-2"): 25_00}


def test_takes_the_same_document_in_once() -> None:
    contract, _ = make_trio()
    document = make_document(contract=contract, lines=[make_line(member_ref="M-0")])
    first, again = send(document, contract=contract), send(document, contract=contract)
    assert first.is_first
    assert not again.is_first
    assert first.invoice.pk == again.invoice.pk
    assert Entry.objects.filter(kind="invoice").count() == 1


def test_refuses_the_same_number_with_other_contents() -> None:
    contract, _ = make_trio()
    send(make_document(contract=contract, number="N", lines=[make_line(member_ref="M-0")]), contract=contract)
    with pytest.raises(NumberUsed, match="different contents"):
        send(
            make_document(contract=contract, number="N", lines=[make_line(member_ref="M-1")]),
            contract=contract,
        )
    assert Invoice.objects.count() == 1


def test_answers_for_a_contract_that_does_not_run_as_for_one_that_is_not_there() -> None:
    ended, _ = make_trio()
    Contract.objects.filter(pk=ended.pk).update(state=ContractState.ENDED)
    not_yet = make_request(cluster=ended.cluster, provider=ended.provider).contract
    said = set()
    for ref in (ended.ref, not_yet.ref, "K-NOWHERE"):
        document = replace(
            make_document(contract=ended, lines=[make_line(member_ref="M-0")]), contract_ref=ref
        )
        with pytest.raises(UnknownContract) as refusal:
            send(document, contract=ended)
        said.add(str(refusal.value).replace(ref, "it"))
    assert len(said) == 1
    assert Invoice.objects.count() == 0


def test_gives_money_back_as_the_corrected_line_took_it() -> None:
    contract, _ = make_trio()
    session = make_line(service_code="SESSION", unit_rate_pence=50_00)
    send(make_document(contract=contract, number="S-1", lines=[session]), contract=contract)
    before = paid(contract)
    credit = make_line(
        line_number=9,
        service_code="SESSION",
        units="0",
        unit_rate_pence=50_00,
        amount_pence=-50_00,
        corrects_line=1,
    )
    send(make_document(contract=contract, number="CN-1", lines=[credit], corrects="S-1"), contract=contract)
    after = paid(contract)
    assert {ref: after[(9, ref)] for _, ref in before} == {ref: -pence for (_, ref), pence in before.items()}


def test_holds_a_credit_for_a_line_that_was_not_accepted() -> None:
    contract, _ = make_trio()
    send(
        make_document(contract=contract, number="S-1", lines=[make_line(member_ref="M-9")]), contract=contract
    )
    credit = make_line(line_number=2, units="0", amount_pence=-20_00, corrects_line=1)
    send(make_document(contract=contract, lines=[credit], corrects="S-1"), contract=contract)
    assert reasons(contract) == {1: "member_not_active", 2: "corrected_line_not_accepted"}


def test_refuses_a_credit_note_for_an_invoice_it_does_not_know() -> None:
    contract, _ = make_trio()
    credit = make_line(units="0", amount_pence=-20_00, corrects_line=1)
    with pytest.raises(UnknownCorrectedInvoice, match="Send the invoice first"):
        send(make_document(contract=contract, lines=[credit], corrects="NOWHERE"), contract=contract)


def test_dates_a_late_line_in_the_open_month_and_says_which_day_it_concerns() -> None:
    contract, _ = make_trio()
    close_period(
        book_id=contract.council.book_id,
        start=date(2026, 4, 1),
        end=date(2026, 6, 1),
        at=datetime(2026, 6, 3, tzinfo=UTC),
        by="user:1",
    )
    send(
        make_document(contract=contract, lines=[make_line(member_ref="M-0")]),
        contract=contract,
        on=date(2026, 6, 9),
    )
    entry = Entry.objects.get(kind="invoice")
    assert (entry.effective_date, entry.concerned_date) == (date(2026, 6, 9), MAY_4)


def test_knows_only_the_provider_whose_system_asks() -> None:
    contract, _ = make_trio()
    other = make_contract(cluster=contract.cluster, provider=make_provider(council=contract.council))
    document = make_document(contract=contract, lines=[make_line(member_ref="M-0")])
    with pytest.raises(UnknownContract):
        send(document, contract=other)
    assert InvoiceLine.objects.count() == 0


@pytest.mark.parametrize("in_bulk", [False, True])
def test_draws_on_what_is_committed_to_the_contract_before_the_pool(in_bulk: bool) -> None:
    cluster = make_cluster()
    member = make_member(cluster=cluster, ref="M-0", pledged={"council": 300_00})
    approval = make_request(
        cluster=cluster, weekly_pence=70_00, start_date=MAY_4, end_date=MAY_4 + timedelta(7)
    )
    commissioner = make_commissioner(council=cluster.council, approval_limit_pence=50_000_00)
    approve(approval=approval, by=commissioner, at=datetime(2026, 5, 3, tzinfo=UTC), note="")
    contract = Contract.objects.get(pk=approval.contract_id)
    lines = [make_line(line_number=n, units=str(n + 1), member_ref="M-0") for n in (1, 2)]
    document = make_document(contract=contract, lines=lines)
    if in_bulk:
        put_in_inbox(council=cluster.council, batch="b", documents=[(1, document)])
        take_in_chunk(
            council=cluster.council, batch="b", clusters=[cluster.pk], on=date(2026, 6, 1), by="key:test"
        )
    else:
        send(document, contract=contract)
    [held] = money_in_pool(membership=member)
    assert (held.committed_pence, held.share_pence) == (0, 200_00)
    moves = Transfer.objects.filter(entry__kind="invoice").order_by("entry__key", "source__kind")
    assert [(move.source.kind, move.amount_pence) for move in moves] == [
        ("committed", 40_00),
        ("committed", 30_00),
        ("pool_share", 30_00),
    ]
