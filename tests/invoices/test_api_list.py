"""Following what became of invoices: pages of them, and one in full."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from invoices.actions import reject
from invoices.models import Hold, Invoice
from people.models import RoleKind
from tests.commissioning.makers import make_contract
from tests.invoices.systems import INVOICES, System, make_body, make_line_body, make_system, said
from tests.people.makers import make_user_with_role

pytestmark = pytest.mark.django_db

WRONG = {"unit_rate_pence": 1999, "amount_pence": 1999}


def send_some(system: System) -> list[str]:
    """Three invoices, the second with a held line, each issued a month later."""
    numbers = []
    for month in (4, 5, 6):
        line = make_line_body(service_date=f"2026-{month:02d}-04", **(WRONG if month == 5 else {}))
        body = make_body(system.contract, line, issue_date=f"2026-{month:02d}-28")
        assert system.send(body).status_code == 201
        numbers.append(body["number"])
    return numbers


def numbers_in(system: System, **query: str) -> list[str]:
    return [row["number"] for row in said(system.ask(**query))["results"]]


def test_lists_the_newest_first_with_what_became_of_them() -> None:
    system = make_system()
    first, second, third = send_some(system)
    page = said(system.ask())

    assert [row["number"] for row in page["results"]] == [third, second, first]
    assert page["next"] is None
    assert [(row["accepted_pence"], row["held_pence"]) for row in page["results"]] == [
        (2000, 0),
        (0, 1999),
        (2000, 0),
    ]


def test_gives_a_page_at_a_time() -> None:
    system = make_system()
    sent = send_some(system)
    seen, address = [], f"http://testserver{INVOICES}?limit=1&contract={system.contract.ref}"
    while address:
        page = said(system.ask(address.removeprefix("http://testserver")))
        seen += [row["number"] for row in page["results"]]
        address = page["next"]
    assert seen == sent[::-1]


def test_finds_what_is_asked_for() -> None:
    system = make_system()
    april, may, june = send_some(system)
    another = make_contract(cluster=system.contract.cluster, provider=system.contract.provider)
    system.send(
        make_body(
            another, make_line_body(service_date="2026-07-01"), number="ELSEWHERE", issue_date="2026-07-01"
        )
    )

    assert numbers_in(system, state="held") == [may]
    assert numbers_in(system, state="accepted") == ["ELSEWHERE", june, april]
    assert numbers_in(system, state="rejected") == []
    assert numbers_in(system, contract=another.ref) == ["ELSEWHERE"]
    assert numbers_in(system, number=april) == [april]
    assert numbers_in(system, issued_from="2026-05-28", issued_before="2026-06-28") == [may]
    assert numbers_in(system, contract="K-NONE") == []


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("state=open", "state", "invalid"),
        ("state=", "state", "invalid"),
        ("limit=0", "limit", "invalid"),
        ("limit=101", "limit", "invalid"),
        ("limit=ten", "limit", "invalid"),
        ("issued_from=2026-02-30", "issued_from", "invalid"),
        ("issued_from=20260430", "issued_from", "invalid"),
        ("issued_before=2026-W17-4", "issued_before", "invalid"),
        ("issued_before=%D9%A2026-04-30", "issued_before", "invalid"),
        ("cursor=1", "cursor", "invalid"),
        ("contract=%00", "contract", "invalid"),
        ("contract=K-1&contract=K-2", "contract", "sent_twice"),
        ("page=2", "page", "unknown_parameter"),
        ("format=json", "format", "unknown_parameter"),
    ],
)
def test_refuses_a_question_it_does_not_understand(query: str, parameter: str, code: str) -> None:
    answer = make_system().ask(f"{INVOICES}?{query}")
    assert answer.status_code == 400
    problem = said(answer)
    assert problem["code"] == "invalid_parameter"
    assert [(fault["parameter"], fault["code"]) for fault in problem["errors"]] == [(parameter, code)]


def test_shows_an_invoice_with_every_hold_it_had() -> None:
    system = make_system()
    lines = [make_line_body(), make_line_body(line_number=2, **WRONG)]
    invoice_id = said(system.send(make_body(system.contract, *lines)))["id"]
    officer = make_user_with_role(council=system.contract.council, kind=RoleKind.FINANCE_OFFICER)
    reject(hold=Hold.objects.get(), reason="Please bill the agreed rate.", by=officer, at=timezone.now())
    shown = said(system.ask(f"{INVOICES}/{invoice_id}"))

    assert (shown["accepted_pence"], shown["held_pence"], shown["rejected_pence"]) == (2000, 0, 1999)
    assert shown["lines"][1]["state"] == "rejected"
    assert shown["lines"][1]["reason"]["code"] == "rate_mismatch"
    assert (shown["lines"][1]["units"], shown["lines"][1]["member_ref"]) == ("1", "M-1")
    [hold] = shown["holds"]
    assert (hold["line_number"], hold["pointer"], hold["state"]) == (2, "/lines/1", "rejected")
    assert hold["note"] == "Please bill the agreed rate."
    assert hold["resolved_at"]


def test_asks_the_database_the_same_few_questions_however_much_there_is() -> None:
    system = make_system()
    system.send(make_body(system.contract))

    def questions(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert system.ask(path).status_code == 200
        return len(captured)

    before = questions(INVOICES), questions(f"{INVOICES}/{Invoice.objects.get().pk}")
    lines = [make_line_body(line_number=n, service_date=f"2026-05-{n:02d}", **WRONG) for n in range(10, 30)]
    big = said(system.send(make_body(system.contract, *lines)))["id"]
    send_some(system)

    assert (questions(INVOICES), questions(f"{INVOICES}/{big}")) == before
    assert max(before) <= 5
