"""A credit note gives back at most what is left of its invoice; else it is refused whole, and nothing is stored."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from commissioning.models import Contract
from invoices.actions import CreditTooLarge, UnableToRelease, reject, release
from invoices.models import Hold, Invoice, InvoiceLine
from invoices.queries.crediting import left_to_credit_pence
from ledger.models import Entry
from people.models import User
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.guards import assert_refused
from tests.invoices.makers import make_document, make_line, send
from tests.invoices.paying import make_officer
from tests.invoices.systems import System, make_body, make_line_body, make_system, said

pytestmark = pytest.mark.django_db


def make_billed(*lines: Any) -> Contract:
    """A contract with an invoice B-1 of an hour, 20 pounds, or of other lines."""
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1")
    contract = make_contract(cluster=cluster)
    sent = lines or [make_line(member_ref="M-1")]
    send(make_document(contract=contract, number="B-1", lines=sent), contract=contract)
    return contract


def credit(contract: Contract, pence: int, *, line: int = 1) -> Invoice:
    """Credit so much of a line of B-1."""
    back = make_line(units="0", amount_pence=-pence, corrects_line=line, member_ref="M-1")
    document = make_document(contract=contract, lines=[back], corrects="B-1")
    return send(document, contract=contract).invoice


def test_refuses_more_than_the_invoice_came_to_and_stores_nothing() -> None:
    contract = make_billed()
    entries = Entry.objects.count()
    with pytest.raises(
        CreditTooLarge, match=r"gives back £20\.01, and £20\.00 is left of invoice B-1"
    ) as told:
        credit(contract, 20_01)
    assert told.value.pointer == "/total_pence"
    assert (Invoice.objects.count(), Entry.objects.count()) == (1, entries)


def test_counts_the_credits_that_came_before() -> None:
    contract = make_billed()
    credit(contract, 15_00)
    with pytest.raises(CreditTooLarge, match=r"£5\.00 is left"):
        credit(contract, 5_01)
    credit(contract, 5_00)
    with pytest.raises(CreditTooLarge, match=r"£0\.00 is left"):
        credit(contract, 1)
    assert left_to_credit_pence(Invoice.objects.get(number="B-1")) == 0


def test_counts_no_credit_line_that_was_rejected() -> None:
    contract = make_billed(make_line(member_ref="M-9"))  # held, so a credit of it is held as well
    credit(contract, 20_00)
    officer: User = make_officer(council=contract.council)
    hold = Hold.objects.get(reason="corrected_line_not_accepted")
    with pytest.raises(CreditTooLarge, match="Credit that much at most"):
        credit(contract, 1)
    reject(hold=hold, reason="Wrong line", by=officer, at=datetime(2026, 6, 2, tzinfo=UTC))
    assert credit(contract, 20_00).total_pence == -20_00


def test_holds_a_credit_line_that_is_put_right_to_what_is_left() -> None:
    held, good = make_line(member_ref="M-9"), make_line(line_number=2, member_ref="M-1")
    contract = make_billed(held, good)
    officer: User = make_officer(council=contract.council)
    credit(contract, 15_00)  # of the held line, so it is held as well
    credit(contract, 5_00, line=2)
    hold = Hold.objects.get(reason="corrected_line_not_accepted")
    at = datetime(2026, 6, 2, tzinfo=UTC)

    def put_right(pence: int) -> None:
        corrections = {"corrects_line": 2, "amount_pence": -pence}
        release(hold=hold, corrections=corrections, note="Wrong line", by=officer, on=at.date(), at=at)

    with pytest.raises(UnableToRelease, match=r"give back £35\.01, and £35\.00 is left of invoice B-1"):
        put_right(35_01)
    accept = (
        "UPDATE invoices_invoiceline SET amount_pence = -3501, state = 'accepted', corrected_line_id = %s,"
        " service_id = %s, membership_id = %s, entry_id = uuidv7() WHERE id = %s"
    )
    line = InvoiceLine.objects.get(invoice__number="B-1", line_number=2)
    assert_refused(
        accept, line.pk, line.service_id, line.membership_id, hold.line_id, match="give back 1 pence"
    )
    put_right(14_00)
    assert left_to_credit_pence(Invoice.objects.get(number="B-1")) == 21_00


@pytest.fixture
def system() -> System:
    """A system with one invoice, B-1, of 20 pounds."""
    system = make_system()
    system.send(make_body(system.contract, number="B-1"))
    return system


def credit_body(system: System, pence: int, **changes: Any) -> dict[str, Any]:
    """A credit note of B-1 as JSON."""
    line = make_line_body(units="0", amount_pence=-pence, corrects_line=1)
    return make_body(system.contract, line, type="credit_note", corrects="B-1", **changes)


def test_answers_a_system_with_the_place_and_lets_the_key_be_used_again(system: System) -> None:
    answer = system.send(credit_body(system, 20_01), key="again")
    problem = said(answer)
    assert (answer.status_code, problem["code"]) == (422, "credit_too_large")
    assert [fault["pointer"] for fault in problem["errors"]] == ["/total_pence"]
    assert Invoice.objects.count() == 1
    assert system.send(credit_body(system, 20_00), key="again").status_code == 201


@pytest.mark.parametrize("lines", [1, 50], ids=["one by one", "together"])
def test_refuses_the_second_of_two_in_a_batch(lines: int) -> None:
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1", pledged={"council": 2_000_00})
    system = make_system(contract=make_contract(cluster=cluster))
    rows = [
        make_line_body(line_number=n, units=f"1.{n:02d}", amount_pence=2000 + 20 * n)
        for n in range(1, lines + 1)
    ]
    total = sum(row["amount_pence"] for row in rows)
    documents = [
        make_body(system.contract, *rows, number="B-1"),
        credit_body(system, total),
        credit_body(system, 1),
    ]
    answer = said(system.write("/api/v1/invoices/batches", {"documents": documents}))
    assert [row["status"] for row in answer["results"]] == [201, 201, 422]
    problem = answer["results"][2]["problem"]
    assert problem["code"] == "credit_too_large"
    assert problem["errors"][0]["pointer"] == "/documents/2/total_pence"


@pytest.mark.django_db(transaction=True)
def test_lets_two_at_once_give_back_no_more_together() -> None:
    contract = make_billed()

    def at_once(pence: int) -> str:
        try:
            return credit(contract, pence).number
        except CreditTooLarge:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as others:
        came = list(others.map(at_once, [15_00] * 4))
    assert came.count("refused") == 3
    assert sum(InvoiceLine.objects.values_list("amount_pence", flat=True)) == 5_00


def test_is_held_by_postgresql_too() -> None:
    contract = make_billed()
    bill = Invoice.objects.get(number="B-1")
    credit(contract, 15_00)
    insert = (
        "INSERT INTO invoices_invoice (council_id, provider_id, contract_id, kind, number, corrects_id, issue_date,"
        " period_start_date, period_end_date, total_pence, body_hash, received_by)"
        " VALUES (%s, %s, %s, 'credit_note', 'RAW', %s, %s, %s, %s, %s, '', '')"
    )
    day = date(2026, 5, 31)
    said_of_it = (contract.council_id, contract.provider_id, contract.pk, bill.pk, day, day, day)
    assert_refused(insert, *said_of_it, -5_01, match="more than the 500 pence that are left")
    with connection.cursor() as cursor:
        cursor.execute(insert, [*said_of_it, -5_00])
