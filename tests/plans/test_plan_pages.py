"""Reading a plan, and the professional's word on it."""

import pytest
from django.test import Client
from django.urls import reverse

from plans.models import Plan, PlanState
from tests.cast import Cast, make_cast
from tests.sealed import say_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def handed_in(cast: Cast) -> Plan:
    """Ben's next version, waiting for Priya."""
    return Plan.objects.create(
        person=cast.ben, version=2, state=PlanState.SUBMITTED, outcomes="To swim again", is_loaded=True
    )


def test_reads_in_the_persons_own_words(client: Client, cast: Cast) -> None:
    client.force_login(cast.ben_user)
    words = client.get(reverse("plans:plan", args=[cast.plan.pk])).content.decode()
    for said in (
        "My plan",
        "To keep cooking for my friends",
        "Help in the kitchen",
        "My cluster",
        "Saturday 9 May 2026",
    ):
        assert said in words


def test_keeps_what_somebody_wrote_as_words(client: Client, cast: Cast) -> None:
    plan = handed_in(cast)
    plan.refresh_from_db()
    say_in(plan, outcomes="<script>alert(1)</script>")
    client.force_login(cast.ben_user)
    assert "<script>alert" not in client.get(reverse("plans:plan", args=[plan.pk])).content.decode()


def test_agrees_a_plan_that_was_handed_in(client: Client, cast: Cast) -> None:
    plan = handed_in(cast)
    client.force_login(cast.priya)
    client.post(reverse("plans:decide", args=[plan.pk]), {"answer": "agree"})
    plan.refresh_from_db()
    assert (plan.state, plan.agreed_by) == (PlanState.AGREED, cast.priya)


def test_sends_a_plan_back_only_with_a_reason(client: Client, cast: Cast) -> None:
    plan = handed_in(cast)
    client.force_login(cast.priya)
    address = reverse("plans:decide", args=[plan.pk])
    assert "Say why it goes back" in client.post(address, {"answer": "send_back"}).content.decode()
    client.post(address, {"answer": "send_back", "reason": "What about the mornings?"})
    plan.refresh_from_db()
    assert plan.state == PlanState.RETURNED
    client.force_login(cast.ben_user)
    assert "What about the mornings?" in client.get("/my-money/").content.decode()


def test_decides_nothing_that_is_decided(client: Client, cast: Cast) -> None:
    client.force_login(cast.priya)
    address = reverse("plans:decide", args=[cast.plan.pk])
    assert "Nothing is to be decided on it now" in client.get(address).content.decode()
    assert "Look at it again" in client.post(address, {"answer": "agree"}).content.decode()
