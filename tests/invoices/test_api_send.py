"""Sending an invoice: what a provider's system is told, line by line."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from invoices.models import Hold, Invoice, InvoiceLine
from ledger.models import Entry
from tests.invoices.systems import make_body, make_line_body, make_system, said

pytestmark = pytest.mark.django_db


def test_takes_a_good_invoice_in_and_says_so() -> None:
    system = make_system()
    answer = system.send(make_body(system.contract, number="NG-1"))

    assert answer.status_code == 201
    invoice = Invoice.objects.get()
    assert answer["Location"] == f"/api/v1/invoices/{invoice.pk}"
    assert "Idempotent-Replayed" not in answer
    assert said(answer) == {
        "id": str(invoice.pk),
        "number": "NG-1",
        "kind": "invoice",
        "contract_ref": system.contract.ref,
        "corrects": None,
        "issue_date": "2026-05-31",
        "period_start": "2026-05-01",
        "period_end": "2026-05-31",
        "received_at": f"{invoice.received_at:%Y-%m-%dT%H:%M:%S.%f}Z",
        "total_pence": 2000,
        "accepted_pence": 2000,
        "held_pence": 0,
        "rejected_pence": 0,
        "lines": [
            {
                "line_number": 1,
                "pointer": "/lines/0",
                "amount_pence": 2000,
                "state": "accepted",
                "reason": None,
                "owner": None,
                "due_date": None,
            }
        ],
    }
    assert invoice.received_by == system.key.label


def test_holds_a_wrong_line_with_its_reason_and_posts_the_good_ones() -> None:
    system = make_system()
    lines = [
        make_line_body(line_number=7),
        make_line_body(line_number=3, unit_rate_pence=2001, amount_pence=2001),
        make_line_body(line_number=5, service_code="NOTHING"),
        make_line_body(line_number=1, service_date="2026-05-05"),
    ]
    answer = said(system.send(make_body(system.contract, *lines)))

    assert [(line["line_number"], line["pointer"], line["state"]) for line in answer["lines"]] == [
        (7, "/lines/0", "accepted"),
        (3, "/lines/1", "held"),
        (5, "/lines/2", "held"),
        (1, "/lines/3", "accepted"),
    ]
    assert (answer["accepted_pence"], answer["held_pence"], answer["total_pence"]) == (4000, 4001, 8001)
    held = answer["lines"][1]
    assert held["reason"] == {"code": "rate_mismatch", "detail": "The rate is not the contract's."}
    assert held["owner"] == "provider"
    assert held["due_date"] == (timezone.localdate() + timedelta(days=14)).isoformat()
    assert Entry.objects.filter(kind="invoice").count() == 2
    assert Hold.objects.count() == 2


def test_takes_a_credit_note_in() -> None:
    system = make_system()
    system.send(make_body(system.contract, number="NG-1"))
    credit = make_line_body(units="0", amount_pence=-2000, corrects_line=1)
    answer = system.send(make_body(system.contract, credit, type="credit_note", corrects="NG-1"))

    assert answer.status_code == 201
    assert (said(answer)["kind"], said(answer)["corrects"]) == ("credit_note", "NG-1")
    assert said(answer)["accepted_pence"] == -2000


def test_tells_nobodys_name() -> None:
    system = make_system()
    sent = system.send(make_body(system.contract)).content.decode()
    shown = system.ask(f"/api/v1/invoices/{Invoice.objects.get().pk}").content.decode()

    assert "Amina" not in sent + shown
    assert "M-1" in shown


def test_asks_the_database_no_more_for_a_hundred_lines_than_for_four() -> None:
    system = make_system()

    def questions(lines: int, day: str) -> int:
        rows = [
            make_line_body(line_number=n, service_date=day, units=f"0.{n:04d}", amount_pence=(n + 2) // 5)
            for n in range(1, lines + 1)
        ]
        with CaptureQueriesContext(connection) as captured:
            answer = system.send(make_body(system.contract, *rows))
        assert {line["state"] for line in said(answer)["lines"]} == {"accepted"}
        return len(captured)

    questions(4, "2026-05-04")  # opens the account of what is owed, notes the use of the key
    few, many = questions(4, "2026-05-05"), questions(100, "2026-05-06")
    assert many == few
    assert many <= 40
    assert InvoiceLine.objects.count() == 108
