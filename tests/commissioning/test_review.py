"""What members say of a provider, once a contract; shown only among at least three."""

from datetime import date

import pytest

from clusters.models import SharingRule
from commissioning.actions.calls import UnableToReview, review_provider
from commissioning.models import Contract, ProviderReview
from commissioning.queries.compare import review_words, reviews_of
from people.models import Person
from tests.clusters.makers import make_cluster
from tests.commissioning.calling import CALLED_AT, make_callers, user_of
from tests.commissioning.makers import make_contract, make_request
from tests.people.makers import make_person, make_user

pytestmark = pytest.mark.django_db


def make_buyers() -> tuple[list[Person], Contract]:
    cluster = make_cluster(sharing={"HC-HOUR": SharingRule.EQUAL})
    return make_callers(cluster=cluster), make_contract(cluster=cluster)


def review(
    contract: Contract, person: Person, *, stars: int = 4, words: str = "Kind people."
) -> ProviderReview:
    return review_provider(
        contract=contract, person=person, stars=stars, words=words, by=user_of(person), at=CALLED_AT
    )


def test_is_shown_once_three_members_have_given_one() -> None:
    people, contract = make_buyers()
    for person in people[:2]:
        review(contract, person)
    provider = contract.provider_id
    assert not reviews_of(providers=[provider])[provider].is_shown
    assert review_words(provider_id=provider) == []
    review(contract, people[2], stars=5, words="")
    found = reviews_of(providers=[provider])[provider]
    assert (found.words, found.is_shown) == ("4.3 of 5, from 3 people", True)
    assert [one.words for one in review_words(provider_id=provider)] == ["Kind people.", "Kind people."]


def test_is_given_once_however_often_it_is_sent() -> None:
    people, contract = make_buyers()
    assert review(contract, people[0]) == review(contract, people[0])
    with pytest.raises(UnableToReview, match="You have said what you think of this already"):
        review(contract, people[0], stars=1)


def test_is_for_members_who_have_had_something() -> None:
    people, contract = make_buyers()
    stranger = make_person(council=contract.council, user=make_user())
    with pytest.raises(UnableToReview, match="Only members of the cluster"):
        review(contract, stranger)
    later = make_contract(cluster=contract.cluster, start_date=date(2026, 5, 5))
    waiting = make_request(cluster=contract.cluster).contract
    for too_early in (later, waiting):
        with pytest.raises(UnableToReview, match="It has not begun yet"):
            review(too_early, people[0])


@pytest.mark.parametrize("words", ["Ben Caller likes it too", "Ring me on 01632 960 960"])
def test_names_nobody(words: str) -> None:
    people, contract = make_buyers()
    with pytest.raises(UnableToReview, match="Somebody is named in your words"):
        review(contract, people[0], words=words)
