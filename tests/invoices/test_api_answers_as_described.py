"""What is answered to a document is what the shapes say that describe it: both say it, for speed."""

import json

import pytest
from rest_framework.renderers import JSONRenderer

from invoices.actions import reject
from invoices.api import shapes
from invoices.models import Hold, Invoice, LineState
from invoices.queries.outcomes import Outcome, outcome_of
from people.models import RoleKind
from tests.invoices.systems import System, make_body, make_line_body, make_system, said
from tests.invoices.test_practice import NOON
from tests.people.makers import make_user_with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def system() -> System:
    return make_system()


def as_described(outcome: Outcome) -> str:
    written: bytes = JSONRenderer().render(shapes.AnswerShape(outcome).data)
    return written.decode()


def test_a_good_line_and_a_held_one(system: System) -> None:
    lines = [make_line_body(), make_line_body(line_number=2, service_code="NOBODY-KNOWS")]

    answered = said(system.send(make_body(system.contract, *lines)))

    outcome = outcome_of(Invoice.objects.get(pk=answered["id"]))
    assert [line.line.state for line in outcome.lines] == [LineState.ACCEPTED, LineState.HELD]
    assert answered == json.loads(as_described(outcome))
    assert shapes.write_answer(outcome) == as_described(outcome)


def test_a_credit_note(system: System) -> None:
    invoice = make_body(system.contract, make_line_body())
    system.send(invoice)
    back = make_line_body(amount_pence=-500, units="0.25", corrects_line=1)
    note = make_body(system.contract, back, type="credit_note", corrects=invoice["number"])

    answered = said(system.send(note))

    outcome = outcome_of(Invoice.objects.get(pk=answered["id"]))
    assert answered["corrects"] == invoice["number"]
    assert shapes.write_answer(outcome) == as_described(outcome)


def test_a_rejected_line(system: System) -> None:
    answered = said(
        system.send(make_body(system.contract, make_line_body(unit_rate_pence=1, amount_pence=1)))
    )
    officer = make_user_with_role(council=system.contract.council, kind=RoleKind.FINANCE_OFFICER)
    reject(hold=Hold.objects.get(), reason="Nobody was there.", by=officer, at=NOON)

    outcome = outcome_of(Invoice.objects.get(pk=answered["id"]))

    assert outcome.sums.rejected_pence == 1
    assert shapes.write_answer(outcome) == as_described(outcome)


def test_a_row_of_a_list(system: System) -> None:
    system.send(make_body(system.contract))

    [row] = said(system.ask())["results"]

    outcome = outcome_of(Invoice.objects.get())
    assert row == json.loads(
        JSONRenderer().render(shapes.SummaryShape({"invoice": outcome.invoice, "sums": outcome.sums}).data)
    )
