"""Settling with leavers: on their day by itself, after the last bills or five weeks, and never a debt."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from clusters.models import Membership, MembershipState, PledgeReturn
from commissioning import tasks
from commissioning.actions.leave import leave
from commissioning.actions.settle import settle
from commissioning.actions.settle_due import SETTLE, ask_to_settle
from commissioning.models import Contract
from commissioning.queries.leaving import days_to_leave, exit_preview
from invoices.models import Hold, HoldReason, InvoiceLine, LineState
from jobs.models import Job, JobState
from people.models import Notice, PolicyUnit, PolicyValue
from tests.commissioning.leavers import (
    NINE,
    ON,
    in_budget,
    in_pool,
    make_promised,
    make_three,
    user_of,
)
from tests.invoices.makers import make_document, make_line, send

pytestmark = pytest.mark.django_db

LEFT = ON + timedelta(days=7)


def at(on: date) -> datetime:
    return datetime.combine(on, time(6), tzinfo=UTC)


def bill(contract: Contract, *, day: date, units: str = "1", on: date | None = None) -> InvoiceLine:
    """One line for a shared session of 30 pounds a unit."""
    line = make_line(service_code="SESSION", service_date=day, units=units, unit_rate_pence=30_00)
    taken = send(make_document(contract=contract, lines=[line]), contract=contract, on=on or day)
    return taken.invoice.lines.get()


def make_leaver(*, on: date = ON) -> tuple[Membership, Contract]:
    """Amina of three, who promised 360 pounds each over twelve weeks, has said that she leaves on a day."""
    members = make_three()
    contract = make_promised(
        cluster=members[0].cluster, promises={each: {"council": 360_00} for each in members}
    )
    return leave(membership=members[0], on=on, by=user_of(members[0]), at=NINE), contract


def settle_on(member: Membership, on: date) -> Membership:
    settle(membership=member, by="system:tests", at=at(on))
    member.refresh_from_db()
    return member


def test_moves_on_the_day_exactly_what_was_previewed() -> None:
    amina, _ = make_leaver(on=LEFT)
    preview = exit_preview(membership=amina, on=LEFT)
    settle_on(amina, LEFT - timedelta(days=1))
    assert in_pool(amina) == (640_00, 360_00)
    settle_on(amina, LEFT)
    assert in_pool(amina) == (0, preview.held_pence)
    assert in_budget(amina) == 1_000_00 + preview.back_pence
    assert preview.held_pence == 210_00  # 49 of 84 days: five weeks and two of notice
    assert amina.state == MembershipState.ON_NOTICE


def test_does_it_by_a_job_a_day_however_often_it_is_asked() -> None:
    amina, _ = make_leaver(on=LEFT)
    assert [ask_to_settle(at=at(LEFT)), ask_to_settle(at=at(LEFT))] == [1, 1]
    job = Job.objects.get(kind=SETTLE)
    with time_machine.travel(at(LEFT), tick=False):
        tasks.settle_membership(str(job.pk))
        tasks.settle_membership(str(job.pk))
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert PledgeReturn.objects.filter(membership=amina).count() == 1
    assert ask_to_settle(at=at(LEFT - timedelta(days=1))) == 0


def test_counts_what_was_billed_before_the_day() -> None:
    amina, contract = make_leaver(on=LEFT)
    bill(contract, day=ON, units="9")  # 90 pounds for each of three
    preview = exit_preview(membership=amina, on=LEFT)
    settle_on(amina, LEFT)
    assert in_pool(amina) == (0, preview.held_pence)
    assert in_budget(amina) == 2_000_00 - 90_00 - preview.held_pence


def test_waits_until_a_day_after_theirs_is_billed() -> None:
    amina, contract = make_leaver()
    bill(contract, day=ON - timedelta(days=1), on=ON)
    settle_on(amina, ON + timedelta(days=2))
    assert in_pool(amina)[1] > 0
    bill(contract, day=ON + timedelta(days=3))
    settle_on(amina, ON + timedelta(days=3))
    assert amina.state == MembershipState.LEFT
    assert in_pool(amina) == (0, 0)
    assert in_budget(amina) == 2_000_00 - 10_00
    assert [each.reason for each in PledgeReturn.objects.order_by("made_at")] == ["left", "settled"]
    assert "£170.00" in Notice.objects.get(person=amina.person, kind="commissioning_settled").words


def test_waits_no_longer_than_five_weeks() -> None:
    amina, _ = make_leaver()
    settle_on(amina, ON + timedelta(days=34))
    assert in_pool(amina) == (0, 180_00)
    settle_on(amina, ON + timedelta(days=35))
    assert in_pool(amina) == (0, 0)
    assert (amina.state, in_budget(amina)) == (MembershipState.LEFT, 2_000_00)


def test_waits_as_long_as_the_council_says() -> None:
    amina, _ = make_leaver()
    PolicyValue.objects.create(
        council=amina.cluster.council,
        code="exit_hold_days",
        value=10,
        unit=PolicyUnit.DAYS,
        effective_date=date(2026, 1, 1),
        source="Our own policy",
    )
    assert settle_on(amina, ON + timedelta(days=10)).state == MembershipState.LEFT


def test_settles_once_a_contract_is_over_and_has_billed_since() -> None:
    members = make_three()
    contract = make_promised(
        cluster=members[0].cluster,
        promises={each: {"council": 60_00} for each in members},
        start_date=date(2026, 4, 20),
        end_date=ON + timedelta(days=2),
    )
    amina = leave(membership=members[0], on=ON, by=user_of(members[0]), at=NINE)
    settle_on(amina, ON + timedelta(days=3))
    assert amina.state == MembershipState.ON_NOTICE
    bill(contract, day=ON - timedelta(days=1), on=ON + timedelta(days=3))
    settle_on(amina, ON + timedelta(days=3))
    assert amina.state == MembershipState.LEFT


def test_holds_a_later_bill_that_finds_no_money_and_makes_no_debt() -> None:
    amina, contract = make_leaver()
    settle_on(amina, ON + timedelta(days=35))
    late = bill(contract, day=ON - timedelta(days=1), units="3", on=ON + timedelta(days=36))
    assert late.state == LineState.HELD
    assert Hold.objects.get(line=late).reason == HoldReason.INSUFFICIENT_FUNDS
    assert in_pool(amina) == (0, 0)
    assert in_budget(amina) == 2_000_00


def test_sends_home_what_is_credited_after_they_left() -> None:
    amina, contract = make_leaver(on=LEFT)
    billed = bill(contract, day=ON, units="9")
    settle_on(amina, LEFT)
    settle_on(amina, LEFT + timedelta(days=35))
    back = make_line(
        service_code="SESSION", service_date=ON, units="-3", unit_rate_pence=30_00, corrects_line=1
    )
    document = make_document(contract=contract, lines=[back], corrects=billed.invoice.number)
    send(document, contract=contract, on=LEFT + timedelta(days=40))
    assert in_pool(amina) == (30_00, 0)
    assert ask_to_settle(at=at(LEFT + timedelta(days=41))) == 1
    settle_on(amina, LEFT + timedelta(days=41))
    assert in_pool(amina) == (0, 0)
    assert in_budget(amina) == 2_000_00 - 60_00
    assert ask_to_settle(at=at(LEFT + timedelta(days=42))) == 0


def test_shares_nothing_with_them_from_their_day_on() -> None:
    amina, contract = make_leaver()
    bill(contract, day=ON)
    assert in_pool(amina) == (0, 180_00)


def test_nobody_leaves_before_a_day_that_was_shared_with_them() -> None:
    members = make_three()
    contract = make_promised(
        cluster=members[0].cluster, promises={each: {"council": 360_00} for each in members}
    )
    bill(contract, day=ON)
    assert days_to_leave(membership=members[0], agreement=None, on=ON).first == ON + timedelta(days=1)
