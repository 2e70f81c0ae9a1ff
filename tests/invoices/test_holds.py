"""Held lines are released once they are right, or rejected for a reason; nothing else changes them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import Error

from commissioning.models import Contract
from invoices.actions import UnableToReject, UnableToRelease, reject, release
from invoices.models import Correction, Hold, HoldState, InvoiceLine, LineState
from invoices.rules import Line
from ledger.models import Entry
from people.models import RoleKind, User
from tests.clusters.makers import make_cluster, make_member, make_pledge
from tests.commissioning.makers import make_contract
from tests.guards import assert_refused
from tests.invoices.makers import MAY_4, make_document, make_line, send
from tests.people.makers import make_user_with_role

pytestmark = pytest.mark.django_db

WHEN: dict[str, Any] = {"at": datetime(2026, 6, 3, 9, tzinfo=UTC), "on": date(2026, 6, 3)}


def make_hold(line: Line) -> tuple[Hold, User, Contract]:
    """A line of a two-member cluster's contract that is held, and the finance officer who may decide."""
    cluster = make_cluster()
    for ref in ("M-0", "M-1"):
        make_member(cluster=cluster, ref=ref, pledged={"council": 100_00})
    contract = make_contract(cluster=cluster)
    send(make_document(contract=contract, lines=[line]), contract=contract)
    officer = make_user_with_role(council=cluster.council, kind=RoleKind.FINANCE_OFFICER)
    return Hold.objects.get(), officer, contract


def test_releases_a_line_put_right_and_keeps_what_it_said() -> None:
    hold, officer, _ = make_hold(make_line(member_ref="M-9"))
    line = release(hold=hold, corrections={"member_ref": "M-1"}, note="The provider rang", by=officer, **WHEN)
    assert line.state == LineState.ACCEPTED
    assert line.entry is not None
    assert line.membership is not None
    assert line.membership.ref == "M-1"
    kept = Correction.objects.get()
    assert (kept.before["member_ref"], kept.after["member_ref"]) == ("M-9", "M-1")
    assert_refused("UPDATE invoices_correction SET before = after", match="kept as it came")
    hold.refresh_from_db()
    assert (hold.state, hold.note, hold.resolved_by) == (
        HoldState.RELEASED,
        "The provider rang",
        officer.label,
    )


def test_releases_a_line_as_it_is_once_there_is_money() -> None:
    hold, officer, contract = make_hold(make_line(units="6", member_ref="M-0"))
    member = contract.cluster.memberships.get(ref="M-0")
    with pytest.raises(UnableToRelease, match="still cannot be paid: there is not enough left"):
        release(hold=hold, corrections={}, note="Try", by=officer, **WHEN)
    make_pledge(membership=member, stream="council", amount_pence=20_00, on=MAY_4)
    line = release(hold=hold, corrections={}, note="They put in more", by=officer, **WHEN)
    assert line.state == LineState.ACCEPTED
    assert not Correction.objects.exists()


def test_changes_nothing_when_the_line_is_still_wrong() -> None:
    hold, officer, _ = make_hold(make_line(member_ref="M-9"))
    with pytest.raises(UnableToRelease, match="Nothing was changed"):
        release(hold=hold, corrections={"member_ref": "M-8"}, note="Guess", by=officer, **WHEN)
    hold.refresh_from_db()
    assert hold.state == HoldState.OPEN
    assert hold.line.member_ref == "M-9"
    assert not Correction.objects.exists()
    assert not Entry.objects.filter(kind="invoice").exists()


def test_rejects_for_a_reason_the_provider_reads() -> None:
    hold, officer, _ = make_hold(make_line(member_ref="M-9"))
    with pytest.raises(UnableToReject, match="give the reason"):
        reject(hold=hold, reason=" ", by=officer, at=WHEN["at"])
    assert reject(hold=hold, reason="Nobody knows M-9", by=officer, at=WHEN["at"]).state == LineState.REJECTED
    with pytest.raises(UnableToRelease, match="dealt with this line already"):
        release(hold=hold, corrections={}, note="Too late", by=officer, **WHEN)


@pytest.mark.parametrize("kind", [RoleKind.COMMISSIONER, RoleKind.SOCIAL_WORKER])
def test_lets_only_a_finance_officer_of_that_council_decide(kind: RoleKind) -> None:
    hold, _, contract = make_hold(make_line(member_ref="M-9"))
    colleague = make_user_with_role(council=contract.council, kind=kind)
    stranger = make_user_with_role(council=make_cluster().council, kind=RoleKind.FINANCE_OFFICER)
    for user in (colleague, stranger):
        with pytest.raises(UnableToRelease, match="Only a finance officer"):
            release(hold=hold, corrections={"member_ref": "M-1"}, note="x", by=user, **WHEN)


def test_takes_no_correction_of_what_is_not_the_lines_own() -> None:
    hold, officer, _ = make_hold(make_line(member_ref="M-9"))
    with pytest.raises(UnableToRelease, match="entry_id cannot be put right"):
        release(hold=hold, corrections={"entry_id": None}, note="x", by=officer, **WHEN)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE invoices_invoice SET total_pence = 1",
        "DELETE FROM invoices_invoice",
        "DELETE FROM invoices_invoiceline",
        "DELETE FROM invoices_hold",
        "UPDATE invoices_invoiceline SET amount_pence = 1 WHERE state = 'accepted'",
        "UPDATE invoices_invoiceline SET state = 'held' WHERE state = 'accepted'",
        "UPDATE invoices_invoiceline SET amount_pence = 1 WHERE state = 'held'",
        "UPDATE invoices_invoiceline SET state = 'accepted' WHERE state = 'held'",
        "UPDATE invoices_hold SET reason = 'rate_mismatch'",
        "UPDATE invoices_hold SET state = 'released'",
        "UPDATE invoices_hold SET state = 'rejected', note = '', resolved_at = now(), resolved_by = 'x'",
        "INSERT INTO invoices_hold (line_id, reason, owner, due_date, state, resolved_by, note) "
        "SELECT line_id, reason, owner, due_date, 'open', '', '' FROM invoices_hold",
    ],
)
def test_postgresql_itself_refuses(statement: str) -> None:
    _, _, contract = make_hold(make_line(member_ref="M-9"))
    send(make_document(contract=contract, lines=[make_line(member_ref="M-0")]), contract=contract)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_postgresql_itself_refuses_a_visit_billed_twice() -> None:
    _, _, contract = make_hold(make_line(member_ref="M-9"))
    for number in (1, 2):
        day = date(2026, 5, number)
        lines = [make_line(member_ref="M-0", service_date=day)]
        send(make_document(contract=contract, lines=lines), contract=contract)
    held = InvoiceLine.objects.get(state=LineState.HELD)
    first, second = InvoiceLine.objects.filter(state=LineState.ACCEPTED).order_by("service_date")
    with (
        pytest.raises(IntegrityError, match="invoices_visit_is_billed_once"),
        transaction.atomic(),
    ):
        InvoiceLine.objects.filter(pk=held.pk).update(
            state=LineState.ACCEPTED,
            entry=None,
            amount_pence=0,
            service=first.service,
            membership=first.membership,
            service_date=first.service_date,
        )
    assert second.units == first.units
