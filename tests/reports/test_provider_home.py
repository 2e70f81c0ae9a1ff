"""What a provider can do here: the first page of somebody who works for one."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Cluster, SharingRule
from commissioning.models import Contract
from people.models import Person, User
from tests.cast import NINE, ON
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.calling import make_call, make_callers, make_fitting_provider
from tests.commissioning.makers import make_contract, make_service
from tests.invoices.makers import make_document, make_line, send
from tests.people.makers import make_commissioner, make_user
from tests.providers.makers import make_passed_test, make_provider, make_staff
from tests.visiting import as_user, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]

HOME = "/what-you-can-do/"
MOST_QUERIES = 12


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def make_billed() -> tuple[Contract, User]:
    """A contract for twenty sessions, of which two were billed, and one at a wrong rate."""
    cluster = make_cluster()
    make_member(cluster=cluster)
    session = make_service(
        code="SESSION", rule=SharingRule.EQUAL, unit_rate_pence=50_00, max_units=Decimal(20), unit="session"
    )
    contract = make_contract(
        cluster=cluster,
        services=[session],
        start_date=ON - timedelta(days=30),
        end_date=ON + timedelta(days=30),
    )
    bill(contract, units="2", days_ago=3)
    bill(contract, rate=99_00, days_ago=2)
    return contract, make_staff(provider=contract.provider)


def make_sharing(contract: Contract) -> Cluster:
    """Another cluster of the same council, which may call for help at home."""
    return make_cluster(council=contract.council, sharing={"HC-HOUR": SharingRule.EQUAL})


def bill(contract: Contract, *, days_ago: int, units: str = "1", rate: int = 50_00) -> None:
    line = make_line(
        service_code="SESSION",
        units=units,
        unit_rate_pence=rate,
        service_date=ON - timedelta(days=days_ago),
    )
    send(make_document(contract=contract, lines=[line]), contract=contract, on=ON)


def test_is_where_those_who_work_for_a_provider_land() -> None:
    staff = make_staff(provider=make_provider())
    assert as_user(staff).get("/")["Location"] == HOME
    assert seen(make_user(), HOME) == "404"
    assert seen(make_commissioner(council=make_provider().council), HOME) == "404"


def test_says_how_many_units_of_a_contract_are_left() -> None:
    _, staff = make_billed()
    assert "2 accepted, 18 left (session)" in seen(staff, HOME)


def test_shows_invoices_by_state_and_what_is_held_and_why() -> None:
    _, staff = make_billed()
    words = seen(staff, HOME)
    assert "Accepted: 1 line</dt>" in words
    assert "£100.00" in words
    assert "Held: 1 line</dt>" in words
    assert "The rate is not the contract&#x27;s" in words


def test_shows_calls_that_fit_and_how_the_test_stands() -> None:
    call = make_call(person=make_callers()[0])
    provider = make_fitting_provider(call=call)
    make_passed_test(provider=provider, met=3)
    staff = make_staff(provider=provider)
    words = seen(staff, HOME)
    assert reverse("commissioning:open-call", args=[call.pk]) in words
    assert "3 of 20 count" in words
    other = make_staff(provider=make_provider(council=call.council, name="Other Care"))
    assert "No new call fits what you say you offer." in seen(other, HOME)


def test_shows_nothing_of_other_providers() -> None:
    contract, _ = make_billed()
    words = seen(make_staff(provider=make_provider(council=contract.council)), HOME)
    assert "You have no running contract here yet." in words
    assert "You have sent no invoice yet." in words


def test_asks_no_more_of_the_database_for_much_than_for_little() -> None:
    contract, staff = make_billed()
    call = make_call(person=make_callers(cluster=make_sharing(contract))[0])
    client = as_user(staff)
    client.get(HOME)
    with CaptureQueriesContext(connection) as few:
        client.get(HOME)
    for number in range(4):
        make_contract(cluster=contract.cluster, provider=contract.provider)
        bill(contract, rate=90_00 + number, days_ago=5 + number)
        make_call(person=Person.objects.filter(memberships__cluster=call.cluster)[0])
    with CaptureQueriesContext(connection) as many:
        client.get(HOME)
    assert len(many) == len(few) <= MOST_QUERIES
