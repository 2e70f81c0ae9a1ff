"""The providers of a council, each with what the regulator says."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.people.makers import make_commissioner, make_council, make_user
from tests.providers.makers import make_location, make_provider
from tests.visiting import as_user, seen

pytestmark = pytest.mark.django_db

PROVIDERS = reverse("providers:providers")
QUERIES = 6


def test_says_how_each_is_rated() -> None:
    council = make_council()
    make_location(location_id="1-5", rating="Good")
    make_provider(council=council, name="Good Care", cqc_location_id="1-5")
    make_provider(council=council, name="Lost Care", cqc_location_id="1-404")
    make_provider(council=council, name="Music Club")
    make_provider(name="Elsewhere Care")
    said = seen(make_commissioner(council=council), PROVIDERS)
    assert "Good, 15 January 2026" in said
    assert "Not in the regulator&#x27;s directory" in said
    assert "Not named to us as regulated" in said
    assert "Elsewhere Care" not in said


def test_is_not_there_for_strangers() -> None:
    assert as_user(make_user()).get(PROVIDERS).status_code == 404


def test_lists_many_as_cheaply_as_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    council = make_council()
    client = as_user(make_commissioner(council=council))
    for number in range(3):
        make_location(location_id=f"1-{number}")
        make_provider(council=council, cqc_location_id=f"1-{number}")
        with django_assert_num_queries(QUERIES):
            client.get(PROVIDERS)
