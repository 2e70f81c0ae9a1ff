"""Reviews of a plan: the page of what is due and was found, asking for one, writing one down."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from budgets.actions.direct import pay_arrangement
from budgets.models import Allocation, Delivery
from plans.actions import Found, record_review
from plans.models import NeedsMet, Review, ReviewCall, ReviewReason, ReviewResult
from plans.rules.reviews import ClockKind, months_after
from reports.queries.caseload import clocks_on
from reports.queries.purse import purse_of
from tests.budgets.makers import make_arrangement
from tests.cast import NINE, ON, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]

ANSWERS = {
    "held_date": "2026-05-04",
    "reason": "planned",
    "needs_met": "partly",
    "their_words": "I still wait for the ramp.",
    "words": "The ramp is not built.",
    "result": "change",
}


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def test_a_person_reads_when_and_why_and_asks_for_one_now(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.ben_user)
    address = reverse("reports:reviews", args=[cast.ben.pk])
    words = client.get(address).content.decode()
    assert "By Saturday 9 May 2026" in words  # the plan names it
    assert "By Wednesday 27 May 2026" in words  # eight weeks after it was agreed
    answered = client.post(
        reverse("reports:ask-review", args=[cast.ben.pk]),
        {"reason": "concern", "words": "I fell."},
        follow=True,
    )
    assert answered.redirect_chain == [(address, 302)]
    assert "The plan is to be looked at now." in answered.content.decode()
    assert ReviewCall.objects.get().words == "I fell."
    client.force_login(cast.priya)
    assert "I fell." in client.get(address).content.decode()


def test_a_professional_writes_one_down_beside_the_plan_and_the_person_reads_it(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.priya)
    address = reverse("reports:review", args=[cast.ben.pk])
    assert "Help in the kitchen" in client.get(address).content.decode()
    assert client.post(address, ANSWERS).status_code == 302
    client.force_login(cast.ben_user)
    words = client.get(reverse("reports:reviews", args=[cast.ben.pk])).content.decode()
    assert "The ramp is not built." in words
    assert "I still wait for the ramp." in words
    assert "Partly met" in words
    assert "By Tuesday 4 May 2027" in words


def test_keeps_the_answers_where_something_is_missing(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.priya)
    response = client.post(
        reverse("reports:review", args=[cast.ben.pk]), ANSWERS | {"held_date": "2026-05-05"}
    )
    words = response.content.decode()
    assert "That day is still to come" in words
    assert "The ramp is not built." in words
    assert not Review.objects.exists()


def test_watches_a_direct_payment_and_asks_whether_a_review_looked_at_it(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.priya)
    address = reverse("reports:review", args=[cast.ben.pk])
    assert "with_payment" not in client.get(address).context["form"].fields
    Allocation.objects.filter(budget__person=cast.ben).update(delivery=Delivery.DIRECT_PAYMENT)
    assert "with_payment" in client.get(address).context["form"].fields
    began = ON - timedelta(days=60)
    due = {clock.kind: clock.due_date for clock in clocks_on(person=cast.ben, on=ON)}
    assert due[ClockKind.DIRECT_PAYMENT] == began.replace(month=began.month + 6)
    client.post(address, ANSWERS | {"with_payment": "on"})
    due = {clock.kind: clock.due_date for clock in clocks_on(person=cast.ben, on=ON)}
    assert due[ClockKind.DIRECT_PAYMENT] == ON.replace(year=ON.year + 1)


def test_a_later_version_does_not_begin_the_clock_anew() -> None:
    cast = make_cast()
    plan = cast.plan
    plan.pk, plan.version, plan.agreed_at = None, 2, NINE
    plan.save(force_insert=True)
    due = {clock.kind: clock.due_date.isoformat() for clock in clocks_on(person=cast.ben, on=ON)}
    assert due[ClockKind.FIRST] == "2026-05-27"
    record_review(
        person=cast.ben,
        found=Found(
            reason=ReviewReason.HOSPITAL,
            held_date=ON,
            needs_met=NeedsMet.FULLY,
            result=ReviewResult.SAME,
            words="Well again",
        ),
        by=cast.priya,
        on=ON,
        at=NINE,
    )
    assert {clock.kind for clock in clocks_on(person=cast.ben, on=ON)} == {ClockKind.YEARLY}


def test_a_direct_payment_is_looked_at_from_its_first_instalment_on() -> None:
    cast = make_cast()
    arrangement = make_arrangement(person=cast.ben, by=cast.farah)
    [begun] = [clock for clock in clocks_on(person=cast.ben, on=ON) if clock.kind == "direct_payment"]
    pay_arrangement(arrangement=arrangement, on=ON, at=NINE, by=cast.farah.label)
    [paid] = [clock for clock in clocks_on(person=cast.ben, on=ON) if clock.kind == "direct_payment"]
    assert begun.due_date == months_after(arrangement.start_date, 6)
    assert paid.due_date == months_after(ON, 6)


def test_what_was_paid_directly_counts_as_spent_on_my_money() -> None:
    cast = make_cast()
    arrangement = make_arrangement(person=cast.ben, by=cast.farah)
    made = pay_arrangement(arrangement=arrangement, on=ON, at=NINE, by=cast.farah.label)
    purse = purse_of(person=cast.ben, money={}, on=ON)
    assert purse is not None
    assert purse.total.spent_pence == sum(one.amount_pence for one in made) > 0
    assert purse.total.have_pence == 950_40
