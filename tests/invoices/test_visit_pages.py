"""A provider's records of visits by hand: seen, recorded, and withdrawn."""

from typing import Any

import pytest
from django.urls import reverse

from clusters.models import SharingRule
from commissioning.models import Contract
from invoices.models import Visit
from people.models import User
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_service
from tests.invoices.makers import make_document, make_line, send
from tests.providers.makers import make_staff
from tests.visiting import answered, as_user, seen

pytestmark = pytest.mark.django_db
LIST = "/invoices/provider/visits/"


@pytest.fixture
def contract() -> Contract:
    """A contract for hours of M-1 and shared sessions."""
    cluster = make_cluster()
    make_member(cluster=cluster, ref="M-1")
    services = [make_service(), make_service(code="SESSION", rule=SharingRule.EQUAL)]
    return make_contract(cluster=cluster, services=services)


@pytest.fixture
def nora(contract: Contract) -> User:
    """Somebody who works for the provider."""
    return make_staff(provider=contract.provider)


def record(nora: User, contract: Contract, **changes: str) -> str:
    """Record an hour of M-1 on 4 May; gives the page that comes."""
    said = {"ref": "V-1", "service": "HC-HOUR", "member": "M-1", "day": "2026-05-04"}
    said |= {"start": "09:00", "end": "10:00", "units": "1"}
    return answered(nora, reverse("invoices:record-visit", args=[contract.pk]), **(said | changes))


def withdrawing(ref: str = "V-1") -> str:
    return reverse("invoices:withdraw-visit", args=[Visit.objects.get(ref=ref).pk])


def test_records_a_visit_in_our_own_time(nora: User, contract: Contract) -> None:
    assert "You have recorded no visit yet." in seen(nora, LIST)
    page = record(nora, contract)
    assert "Recorded. A record costs nothing" in page
    assert "09:00 to 10:00" in page
    visit = Visit.objects.get()
    assert (visit.started_at.isoformat(), visit.received_by) == ("2026-05-04T08:00:00+00:00", nora.label)
    assert "there already" in record(nora, contract)


def test_counts_what_ends_after_midnight_to_the_next_day(nora: User, contract: Contract) -> None:
    record(nora, contract, start="22:00", end="06:00", units="8")
    visit = Visit.objects.get()
    assert (visit.ended_at - visit.started_at).total_seconds() == 8 * 3600


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ref": ""}, "Give the visit a number of your own."),
        ({"ref": "V\u200b1"}, "may hold only plain letters"),
        ({"service": ""}, "Choose the service."),
        ({"member": ""}, "Say whose visit it was"),
        ({"day": "soon"}, "Write a day, like 2026-05-04."),
        ({"day": "2030-05-04"}, "does not run on"),
        ({"start": "nine"}, "Write a time, like 09:30."),
        ({"units": "1,5"}, "must be a number"),
        ({"units": "0"}, "must be above zero"),
    ],
)
def test_says_at_the_question_what_is_wrong(
    nora: User, contract: Contract, changes: dict[str, Any], words: str
) -> None:
    page = record(nora, contract, **changes)
    assert words in page
    assert "Error: Record a visit" in page
    assert not Visit.objects.exists()


def test_says_which_visits_it_meets_or_repeats(nora: User, contract: Contract) -> None:
    record(nora, contract)
    assert "at the same time as V-1" in record(nora, contract, ref="V-2", start="09:30")
    assert "recorded as V-1 already" in record(nora, contract, ref="V-3")


def test_withdraws_one_with_a_reason_and_shows_it_still(nora: User, contract: Contract) -> None:
    record(nora, contract)
    assert withdrawing() in seen(nora, LIST)
    assert "Say why the record is withdrawn." in answered(nora, withdrawing(), reason=" ")
    page = answered(nora, withdrawing(), reason="It was the day after")
    assert "It stays to be seen." in page
    assert "It was the day after" in page
    assert withdrawing() not in page
    assert "withdrawn already" in answered(nora, withdrawing(), reason="Again")
    assert "You withdrew V-1" in record(nora, contract)


def test_keeps_the_record_of_what_was_billed(nora: User, contract: Contract) -> None:
    record(nora, contract)
    send(make_document(contract=contract, lines=[make_line(member_ref="M-1")]), contract=contract)
    assert "Send a credit note for the line first" in answered(nora, withdrawing(), reason="Wrong")
    assert Visit.objects.get().withdrawn_at is None


def test_is_not_there_for_anybody_else(nora: User, contract: Contract) -> None:
    record(nora, contract)
    other = make_staff(provider=make_contract().provider)
    assert "V-1" not in seen(other, LIST)
    assert as_user(other).post(withdrawing(), {"reason": "Not mine"}).status_code == 404
    assert as_user(other).get(reverse("invoices:record-visit", args=[contract.pk])).status_code == 404
