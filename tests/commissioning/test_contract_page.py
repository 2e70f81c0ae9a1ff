"""A contract's page and the list of contracts: who may see them, and what they read."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.actions import return_contract
from providers.actions import add_staff
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_request
from tests.people.makers import make_commissioner, make_person, make_social_worker, make_user
from tests.visiting import as_user, seen

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 6, 10, tzinfo=UTC)
CONTRACTS = reverse("commissioning:contracts")


def test_shows_what_it_buys_and_how_it_is_shared() -> None:
    contract = make_contract()
    said = seen(
        make_commissioner(council=contract.council), reverse("commissioning:contract", args=[contract.pk])
    )
    assert "£64.67 for one hour" in said
    assert "Shared by what each pledged" in said
    assert "Approved elsewhere, and loaded as given." in said


def test_lets_members_read_why_it_was_sent_back_but_not_by_whom() -> None:
    cluster = make_cluster()
    amina = make_user(name="Amina")
    make_member(cluster=cluster, person=make_person(council=cluster.council, user=amina))
    approval = make_request(cluster=cluster)
    carol = make_commissioner(council=cluster.council)
    return_contract(approval=approval, reason="Ask a second provider first", by=carol, at=NOW)
    address = reverse("commissioning:contract", args=[approval.contract_id])
    said = seen(amina, address)
    assert "Ask a second provider first" in said
    assert "Sent back on Wednesday 6 May 2026." in said
    assert "Carol" not in said
    assert "a year" not in said
    assert "Sent back on Wednesday 6 May 2026 by Carol Okafor." in seen(carol, address)


def test_is_there_for_the_providers_staff_and_nobody_elses() -> None:
    contract = make_contract()
    address = reverse("commissioning:contract", args=[contract.pk])
    nora, stranger = make_user(), make_user()
    add_staff(provider=contract.provider, user=nora)
    add_staff(provider=make_contract().provider, user=stranger)
    assert "64.67" in seen(nora, address)
    assert seen(stranger, address) == "404"
    assert seen(make_commissioner(council=make_cluster().council), address) == "404"


def test_lists_the_contracts_of_ones_own_council() -> None:
    mine, other = make_contract(ref="K-MINE"), make_contract(ref="K-OTHER")
    said = seen(make_social_worker(council=mine.council), CONTRACTS)
    assert "K-MINE" in said
    assert "K-OTHER" not in said
    assert seen(make_user(), CONTRACTS) == "404"
    assert other.council_id != mine.council_id


def test_lists_many_as_cheaply_as_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    contract = make_contract()
    client = as_user(make_commissioner(council=contract.council))
    for _ in range(3):
        with django_assert_num_queries(QUERIES):
            client.get(CONTRACTS)
        make_contract(cluster=contract.cluster)


QUERIES = 5
