"""Calls and offers for tests, made through their actions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from clusters.models import Cluster, Decision, SharingRule
from commissioning.actions.calls import (
    CallTerms,
    OfferTerms,
    Step,
    call_for_offers,
    make_offer,
    put_to_decision,
)
from commissioning.models import Call, Offer
from people.models import Person, User
from providers.actions import Profile, save_profile
from providers.models import Provider
from tests.clusters.makers import make_cluster, make_member
from tests.people.makers import make_person, make_user
from tests.providers.makers import make_location, make_provider, make_staff

CALLED_AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
OFFERS_BY = date(2026, 5, 18)
AFTER_OFFERS = datetime(2026, 5, 19, 9, tzinfo=UTC)
_numbers = count(1)


def make_callers(
    *, sharing: SharingRule = SharingRule.EQUAL, members: int = 3, cluster: Cluster | None = None
) -> list[Person]:
    """The members of an active cluster that has agreed how to share help at home; each signs in."""
    cluster = cluster or make_cluster(sharing={"HC-HOUR": sharing})
    people = [
        make_person(council=cluster.council, name=f"{name} Caller", user=make_user(name=f"{name} Caller"))
        for name in ("Amina", "Ben", "Chidi", "Dora", "Eshe")[:members]
    ]
    for person in people:
        make_member(cluster=cluster, person=person)
    return people


def cluster_of(person: Person) -> Cluster:
    """The one cluster somebody is in."""
    return person.memberships.get().cluster


def user_of(person: Person) -> User:
    """Somebody as they sign in."""
    assert person.user is not None
    return person.user


def terms(**changes: Any) -> CallTerms:
    """What a cluster could ask for: ten hours of help a week in Elm Street, in Somali."""
    said: dict[str, Any] = {
        "title": "Help in the morning",
        "words": "Two of us need a hand with getting up. We like to be asked.",
        "service_code": "HC-HOUR",
        "unit": "hour",
        "weekly_units": Decimal(10),
        "place": "Elm Street",
        "languages": ("Somali",),
        "culture_words": "A woman, please, and halal food.",
        "start_date": date(2026, 6, 1),
        "end_date": date(2026, 12, 1),
        "offers_by_date": OFFERS_BY,
    }
    return CallTerms(**(said | changes))


def make_call(
    *,
    person: Person | None = None,
    cluster: Cluster | None = None,
    at: datetime = CALLED_AT,
    **changes: Any,
) -> Call:
    """An open call of the cluster of somebody who signs in; of their only one unless it is given."""
    person = person or make_callers()[0]
    return call_for_offers(
        cluster=cluster or cluster_of(person),
        person=person,
        terms=terms(**changes),
        by=user_of(person),
        at=at,
    )


def make_fitting_provider(*, call: Call, name: str = "", postcode: str = "") -> Provider:
    """Somebody whom a call fits."""
    provider = make_provider(council=call.council, name=name or f"Fitting Care {next(_numbers)}")
    fitting = Profile(
        words="We care.",
        area=call.place,
        postcode=postcode,
        languages=call.languages,
        service_codes=[call.service_code],
    )
    return save_profile(provider=provider, profile=fitting, by=None)


def offer_terms(
    *, pence: int = 20_00, steps: Sequence[tuple[int, int]] = (), alone_pence: int = 25_00, **changes: Any
) -> OfferTerms:
    """A price for any amount, and lower ones for larger amounts."""
    return OfferTerms(
        words="The same two people come to you.",
        steps=tuple(
            Step(from_weekly_units=Decimal(units), unit_rate_pence=rate)
            for units, rate in [(0, pence), *steps]
        ),
        alone_rate_pence=alone_pence,
        **changes,
    )


def make_an_offer(
    *,
    call: Call,
    provider: Provider | None = None,
    by: User | None = None,
    at: datetime = CALLED_AT + timedelta(days=1),
    **changes: Any,
) -> Offer:
    """An open offer by somebody whom the call fits, unless another provider is given."""
    provider = provider or make_fitting_provider(call=call)
    staff = by or make_staff(provider=provider)
    return make_offer(call=call, provider=provider, terms=offer_terms(**changes), by=staff, at=at)


def put(call: Call, *, at: datetime = AFTER_OFFERS) -> Decision:
    """The offers for a call, put to the members by one of them."""
    person = Person.objects.filter(memberships__cluster=call.cluster, user__isnull=False).order_by("ref")[0]
    return put_to_decision(call=call, person=person, by=user_of(person), at=at)


def make_regulated_offer(call: Call) -> Offer:
    """An offer by somebody whom the regulator knows."""
    provider = make_fitting_provider(call=call)
    provider.cqc_location_id = make_location(location_id=f"1-{provider.ref}").pk
    provider.save(update_fields=["cqc_location_id"])
    return make_an_offer(call=call, provider=provider)
