"""Sending many invoices at once: each by itself, a result for each, and the same outcome as one by one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from invoices.actions.receive_many import TOGETHER_FROM_LINES
from invoices.api import examples
from invoices.models import Hold, IdempotentRequest, Invoice, InvoiceLine
from ledger.models import Entry
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.invoices.systems import System, make_body, make_line_body, make_system, said

pytestmark = pytest.mark.django_db

BATCHES = "/api/v1/invoices/batches"
FEW, MANY = 1, TOGETHER_FROM_LINES // 3


def make_rich_system() -> System:
    """A system whose contract's member can pay for a lot of visits."""
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1", pledged={"council": 100_000_00})
    return make_system(contract=make_contract(cluster=cluster))


def lines(count: int, *, day: int) -> list[dict[str, Any]]:
    """So many lines of one day, each of another length."""
    return [
        make_line_body(
            line_number=n,
            service_date=f"2026-05-{day:02d}",
            units=f"1.{n:02d}",
            amount_pence=2000 + 20 * n,
        )
        for n in range(1, count + 1)
    ]


def mixed(system: System, *, each: int) -> list[dict[str, Any]]:
    """Good, held, unreadable, unknown, sent twice, and a credit note: in this order."""
    good = make_body(system.contract, *lines(each, day=4), number="GOOD")
    held = make_body(
        system.contract,
        make_line_body(unit_rate_pence=1, amount_pence=1),
        *lines(each, day=5)[1:],
        number="HELD",
    )
    credit = make_line_body(units="0", amount_pence=-2020, corrects_line=1)
    return [
        good,
        held,
        make_body(system.contract, total_pence=1, number="WRONG"),
        make_body(system.contract, contract_ref="K-NONE", number="NONE"),
        make_body(system.contract, provider_ref="PR-OTHER", number="OTHER"),
        good,
        good | {"issue_date": "2026-05-30"},
        make_body(system.contract, credit, type="credit_note", corrects="GOOD", number="CREDIT"),
        make_body(system.contract, credit, type="credit_note", corrects="NEVER", number="CREDIT-2"),
    ]


def send(system: System, documents: list[Any], *, key: str | None = None) -> Any:
    answer = system.write(BATCHES, {"documents": documents}, key=key)
    assert answer.status_code == 207, answer.content
    return said(answer)


@pytest.mark.parametrize("each", [FEW, MANY])
def test_takes_each_document_in_or_refuses_it_by_itself(each: int) -> None:
    system = make_rich_system()
    answer = send(system, mixed(system, each=each))

    assert (answer["taken_in"], answer["came_before"], answer["refused"]) == (3, 1, 5)
    assert [(row["index"], row["number"], row["status"]) for row in answer["results"]] == [
        (0, "GOOD", 201),
        (1, "HELD", 201),
        (2, "WRONG", 422),
        (3, "NONE", 404),
        (4, "OTHER", 404),
        (5, "GOOD", 200),
        (6, "GOOD", 409),
        (7, "CREDIT", 201),
        (8, "CREDIT-2", 422),
    ]
    pointers = [row["problem"]["errors"][0]["pointer"] for row in answer["results"] if row["problem"]]
    assert pointers == [
        "/documents/2/total_pence",
        "/documents/3/contract_ref",
        "/documents/4/provider_ref",
        "/documents/6/number",
        "/documents/8/corrects",
    ]
    assert answer["results"][0]["invoice"]["accepted_pence"] == sum(2000 + 20 * n for n in range(1, each + 1))
    assert answer["results"][1]["invoice"]["lines"][0]["reason"]["code"] == "rate_mismatch"
    assert sorted(Invoice.objects.values_list("number", flat=True)) == ["CREDIT", "GOOD", "HELD"]


@pytest.mark.parametrize("each", [FEW, MANY])
def test_comes_to_the_same_as_one_by_one(each: int) -> None:
    together, alone = make_rich_system(), make_rich_system()
    batch = send(together, mixed(together, each=each))["results"]
    singly = [alone.send(body) for body in mixed(alone, each=each)]

    assert [row["status"] for row in batch] == [answer.status_code for answer in singly]
    for row, answer in zip(batch, singly, strict=True):
        if row["invoice"]:
            assert [line["state"] for line in row["invoice"]["lines"]] == [
                line["state"] for line in said(answer)["lines"]
            ]
        else:
            assert row["problem"]["code"] == said(answer)["code"]
    assert Entry.objects.filter(kind__in=["invoice", "credit"]).count() == 2 * len(
        {line.entry_id for line in InvoiceLine.objects.filter(invoice__provider=together.contract.provider)}
        - {None}
    )


def test_answers_the_same_batch_again_letter_for_letter() -> None:
    system = make_rich_system()
    documents = [make_body(system.contract), make_body(system.contract, number="X", total_pence=1)]
    first = system.write(BATCHES, {"documents": documents}, key="k")
    again = system.write(BATCHES, {"documents": documents}, key="k")
    other = system.write(BATCHES, {"documents": documents[:1]}, key="k")

    assert (first.status_code, again.status_code, again.content) == (207, 207, first.content)
    assert again["Idempotent-Replayed"] == "true"
    assert (other.status_code, said(other)["code"]) == (422, "idempotency_key_used_otherwise")
    assert IdempotentRequest.objects.get().invoice is None


def test_keeps_keys_of_batches_and_of_single_invoices_apart() -> None:
    system = make_rich_system()
    body = make_body(system.contract)
    assert system.send(body, key="k").status_code == 201
    assert system.write(BATCHES, {"documents": [body]}, key="k").status_code == 422
    assert system.write(BATCHES, {"documents": [body]}, key="l").status_code == 207
    assert system.send(body, key="l").status_code == 422


@pytest.mark.parametrize(
    "body",
    [[], {}, {"documents": []}, {"documents": {}}, {"documents": [1], "more": 1}, {"documents": [{}] * 1001}],
)
def test_refuses_what_is_no_list_of_documents(body: Any) -> None:
    answer = make_system().write(BATCHES, body)
    assert (answer.status_code, said(answer)["code"]) == (422, "wrong_batch")


@pytest.mark.parametrize("row", [None, 1, "x", [], {}, {"number": 5}, {"number": "\ud800"}])
def test_refuses_a_row_that_is_no_document_and_takes_the_others_in(row: Any) -> None:
    system = make_system()
    answer = send(system, [row, make_body(system.contract)])
    assert [one["status"] for one in answer["results"]] == [422, 201]


def test_answers_as_its_description_shows() -> None:
    system = make_system()
    answer = send(system, [make_body(system.contract), make_body(system.contract, contract_ref="K-009")])
    assert list(answer) == list(examples.BATCH_ANSWER)
    for row, shown in zip(answer["results"], examples.BATCH_ANSWER["results"], strict=True):
        assert list(row) == list(shown)
    assert list(answer["results"][0]["invoice"]) == list(examples.BATCH_ANSWER["results"][0]["invoice"])
    assert list(answer["results"][1]["problem"]) == list(examples.BATCH_ANSWER["results"][1]["problem"])


def test_asks_the_database_as_often_for_many_documents_as_for_some() -> None:
    system = make_rich_system()

    def questions(count: int, *, day: int) -> int:
        documents = [make_body(system.contract, *lines(5, day=day + n)) for n in range(count)]
        with CaptureQueriesContext(connection) as captured:
            assert send(system, documents)["taken_in"] == count
        return len(captured)

    questions(8, day=1)
    some, many = questions(8, day=9), questions(14, day=17)
    assert many == some


def test_holds_what_it_could_not_pay_in_the_order_of_the_list() -> None:
    system = make_system()  # 1,000 pounds: fifty hours
    documents = [
        make_body(
            system.contract, make_line_body(service_date=f"2026-05-{n:02d}", units="2", amount_pence=4000)
        )
        for n in range(1, 31)
    ]
    answer = send(system, documents)
    states = [row["invoice"]["lines"][0]["state"] for row in answer["results"]]
    assert states == ["accepted"] * 25 + ["held"] * 5
    assert set(Hold.objects.values_list("reason", flat=True)) == {"insufficient_funds"}
