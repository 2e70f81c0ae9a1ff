"""Changing a contract and ending it early: the council ends it, the members put it to each other."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

from clusters.models import Decision, DecisionKind
from commissioning.models import Contract, ContractEnd
from tests.commissioning.leavers import NINE
from tests.commissioning.test_end import make_running
from tests.people.makers import make_commissioner, make_user
from tests.visiting import answered, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
CHANGE = {"start_date": "2026-06-01", "last_date": "2026-06-28", "weekly": "120", "rate-SESSION": "40.00"}


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def test_lets_a_commissioner_end_it_with_a_reason() -> None:
    contract, _ = make_running()
    carol = make_commissioner(council=contract.council)
    address = reverse("commissioning:end", args=[contract.pk])
    said = answered(carol, address, last_date="2026-05-17", reason="The provider stops.")
    assert "It ends early" in said
    assert "The provider stops." in said
    assert ContractEnd.objects.get().end_date.isoformat() == "2026-05-18"


def test_says_which_days_would_do_and_keeps_what_was_written() -> None:
    contract, _ = make_running()
    carol = make_commissioner(council=contract.council)
    address = reverse("commissioning:end", args=[contract.pk])
    said = answered(carol, address, last_date="2026-09-01", reason="The provider stops.")
    assert "Choose a day in between." in said
    assert "The provider stops." in said
    assert not ContractEnd.objects.exists()


def test_a_member_puts_an_early_end_to_the_others() -> None:
    contract, (amina, *_) = make_running()
    address = reverse("commissioning:end", args=[contract.pk])
    assert amina.person.user is not None
    assert "Monday 18 May 2026" in seen(amina.person.user, address)
    answered(amina.person.user, address, reason="Nobody comes any more.")
    decision = Decision.objects.get()
    assert (decision.kind, decision.subject_id) == (DecisionKind.END_CONTRACT, contract.pk)
    assert decision.why == "Nobody comes any more."
    assert "deciding on this already" in answered(amina.person.user, address, reason="Again")


def test_a_member_drafts_a_change_sees_the_difference_and_asks_the_others() -> None:
    contract, (amina, *_) = make_running()
    assert amina.person.user is not None
    said = answered(amina.person.user, reverse("commissioning:change", args=[contract.pk]), **CHANGE)
    assert "£90.00" in said
    assert "£120.00" in said
    assert "Changed" in said
    new = Contract.objects.get(replaces=contract)
    answered(
        amina.person.user, reverse("commissioning:put-change", args=[new.pk]), reason="Four evenings a week."
    )
    decision = Decision.objects.get()
    assert (decision.kind, decision.subject_id) == (DecisionKind.VARY_CONTRACT, new.pk)


def test_a_change_that_cannot_be_is_refused_with_the_days_that_can() -> None:
    contract, (amina, *_) = make_running()
    assert amina.person.user is not None
    address = reverse("commissioning:change", args=[contract.pk])
    late = CHANGE | {"start_date": "2026-07-01", "last_date": "2026-07-31"}
    assert "The change has to begin from 4 May 2026 on" in answered(amina.person.user, address, **late)
    backwards = CHANGE | {"last_date": "2026-05-01"}
    assert "It cannot end before it begins." in answered(amina.person.user, address, **backwards)
    assert Contract.objects.count() == 1


@pytest.mark.parametrize("name", ["end", "change"])
def test_is_not_there_for_strangers(name: str) -> None:
    contract, _ = make_running()
    assert seen(make_user(), reverse(f"commissioning:{name}", args=[contract.pk])) == "404"
