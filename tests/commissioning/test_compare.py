"""The offers side by side: what they cost us and me, how good, how near, and what others say."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from clusters.models import SharingRule
from commissioning.models import Call, Offer
from commissioning.queries.compare import Compared, Reviews, compare, review_words
from commissioning.rules.price import share_of
from people.models import Person
from providers.rules import Near, amount_words
from tests.clusters.makers import make_pledge
from tests.commissioning.calling import (
    make_an_offer,
    make_call,
    make_callers,
    make_fitting_provider,
    make_regulated_offer,
)
from tests.people.makers import YEAR_START
from tests.providers.makers import make_location, make_passed_test

pytestmark = pytest.mark.django_db

ON = date(2026, 5, 19)
QUERIES = 7


def only(call: Call, person: Person | None = None) -> Compared:
    return compare(call=call, person=person, on=ON).offers[0]


def make_one(people: list[Person], **changes: object) -> tuple[Call, Offer]:
    call = make_call(person=people[0])
    return call, make_an_offer(call=call, **changes)  # type: ignore[arg-type]


def test_prices_a_week_by_the_step_that_the_call_reaches() -> None:
    call, _ = make_one(make_callers(), pence=22_00, steps=[(10, 20_00), (11, 18_00)])
    one = only(call)
    assert (one.rate_pence, one.week_pence) == (20_00, 200_00)
    assert one.price_words == "One hour costs £20.00."
    assert one.week_words == "For 10 hours a week we all pay £200.00 together."


def test_shows_my_part_beside_what_i_would_pay_alone() -> None:
    people = make_callers()
    call, _ = make_one(people, pence=20_00, alone_pence=25_00)
    one = only(call, people[1])
    assert (one.mine_pence, one.alone_pence, one.saves_pence) == (66_67, 250_00, 183_33)
    assert one.each_words == "That is about £66.67 a week for each of the 3 of us."


def test_shares_by_what_each_put_in_where_the_agreement_says_so() -> None:
    people = make_callers(sharing=SharingRule.BY_PLEDGE)
    make_pledge(
        membership=people[0].memberships.get(), stream="council", amount_pence=2_000_00, on=YEAR_START
    )
    call, _ = make_one(people, pence=20_00)
    assert only(call, people[0]).mine_pence == 120_00
    assert only(call, people[1]).mine_pence == 40_00
    assert "on average: who put in more pays more" in only(call).each_words


def test_shows_no_part_where_each_pays_for_their_own() -> None:
    people = make_callers(sharing=SharingRule.BY_USE)
    call, _ = make_one(people)
    one = only(call, people[0])
    assert (one.mine_pence, one.alone_pence) == (None, None)
    assert one.each_words == "Each of us pays for what we use."


def test_shows_nobodys_part_to_who_is_no_member() -> None:
    call, _ = make_one(make_callers())
    assert only(call).mine_pence is None


def test_puts_the_cheapest_week_first_and_leaves_out_what_was_taken_back() -> None:
    people = make_callers()
    call = make_call(person=people[0])
    make_an_offer(call=call, pence=21_00)
    cheap = make_an_offer(call=call, pence=19_00)
    gone = make_an_offer(call=call, pence=1_00)
    Offer.objects.filter(pk=gone.pk).update(state="withdrawn")
    found = compare(call=call, person=None, on=ON)
    assert [one.rate_pence for one in found.offers] == [19_00, 21_00]
    assert found.offers[0].offer == cheap
    assert found.most_pence == 210_00


def test_says_how_good_a_provider_is() -> None:
    people = make_callers()
    call = make_call(person=people[0])
    make_location(location_id="1-77", rating="Good")
    provider = make_fitting_provider(call=call)
    provider.cqc_location_id = "1-77"
    provider.save(update_fields=["cqc_location_id"])
    make_passed_test(provider=provider, met=15)
    make_an_offer(call=call, provider=provider)
    one = only(call)
    assert (one.score.met, one.score.of) == (15, 20)
    assert one.standing_words == "Good, 15 January 2026"


def test_says_what_is_not_known() -> None:
    call, _ = make_one(make_callers())
    one = only(call)
    assert one.standing_words == "No rating is known to us"
    assert one.reviews.words == "No reviews yet"
    assert one.near == Near.UNKNOWN


def test_says_how_near_by_the_first_half_of_the_postcode() -> None:
    people = make_callers()
    Person.objects.filter(pk=people[0].pk).update(postcode="TV4 2QA")
    people[0].refresh_from_db()
    call = make_call(person=people[0])
    for postcode in ("TV4 9ZZ", "TV1 1AA", "LN1 1AA"):
        make_an_offer(call=call, provider=make_fitting_provider(call=call, postcode=postcode))
    found = compare(call=call, person=people[0], on=ON).offers
    assert [one.near.words for one in found] == ["In your area", "Nearby", "Further away"]


def test_names_the_languages_that_are_missing() -> None:
    people = make_callers()
    call = make_call(person=people[0], languages=("Somali", "English"))
    provider = make_fitting_provider(call=call)
    provider.languages = ["Polish"]
    provider.save(update_fields=["languages"])
    make_an_offer(call=call, provider=provider, languages=("Welsh",))
    assert only(call).missing_languages == ["Somali"]


def test_hides_reviews_until_three_have_given_one() -> None:
    assert Reviews(count=2, tenths=45).words == "Too few reviews to show"
    assert Reviews(count=3, tenths=43).words == "4.3 of 5, from 3 people"
    _, offer = make_one(make_callers())
    assert review_words(provider_id=offer.provider_id) == []


def test_asks_no_more_of_the_database_for_many_offers_than_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    people = make_callers()
    call = make_call(person=people[0])
    make_regulated_offer(call)
    with django_assert_num_queries(QUERIES):
        compare(call=call, person=people[0], on=ON)
    for _ in range(4):
        make_regulated_offer(call)
    with django_assert_num_queries(QUERIES):
        compare(call=call, person=people[0], on=ON)


@pytest.mark.parametrize(
    ("units", "unit", "words"),
    [
        ("1", "hour", "1 hour"),
        ("10.00", "hour", "10 hours"),
        ("2.50", "half day", "2.5 half days"),
        ("3", "lunch", "3 lunches"),
    ],
)
def test_counts_as_people_do(units: str, unit: str, words: str) -> None:
    assert amount_words(Decimal(units), unit) == words


def test_gives_no_part_that_is_too_small() -> None:
    assert [share_of(100_00, [1, 1, 1], place) for place in range(3)] == [33_34, 33_34, 33_34]
    assert share_of(100, [0, 0], 1) == 50
