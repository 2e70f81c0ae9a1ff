"""A provider's offer: its price by how much is bought, its terms, and its notice."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from commissioning.actions.calls.steps import locked_call
from commissioning.actions.calls.telling import tell_members
from commissioning.models import Call, CallState, Offer, OfferState, OfferStep
from commissioning.queries.calls import BUYING
from people.models import User
from people.rules.words import day_words
from providers.models import Provider

MOST_STEPS = 6
LONGEST_NOTICE = 84


class UnableToOffer(Exception):
    """The user does not work there, the call takes no offer, or the prices or terms do not hold together."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """The price of a unit, in pence, when at least so many units are bought each week."""

    from_weekly_units: Decimal
    unit_rate_pence: int


@dataclass(frozen=True, kw_only=True)
class OfferTerms:
    """
    What a provider offers: terms in plain words, prices by amount, languages, and how long notice takes.

    `alone_rate_pence`: what one person alone would pay for a unit. `one_off_pence`: to begin with, once. Units: pence.
    """

    words: str
    steps: tuple[Step, ...]
    alone_rate_pence: int
    languages: tuple[str, ...] = ()
    notice_days: int = 28
    one_off_pence: int = 0


@transaction.atomic
def make_offer(*, call: Call, provider: Provider, terms: OfferTerms, by: User, at: datetime) -> Offer:
    """
    Offer what a call asks for. It stands as it is; a better one is a new offer, once this one is taken back.

    Up to and including the call's last day for offers. The same offer again is the one that stands. Members are told.

    :raises UnableToOffer: see the class.
    """
    call = locked_call(call)
    if not provider.staff.filter(user=by).exists():
        raise UnableToOffer(f"Only people who work for {provider} can offer for it.")
    if provider.council_id != call.council_id:
        raise UnableToOffer("This call is of another council.")
    standing = Offer.objects.filter(call=call, provider=provider, state=OfferState.OPEN).first()
    if standing is not None:
        if _says_the_same(standing, terms):
            return standing
        raise UnableToOffer(
            "You have an offer for this call already. Take it back first if you want to make another."
        )
    _check_call(call, at=at)
    _check_terms(terms)
    offer = Offer.objects.create(
        call=call,
        provider=provider,
        words=terms.words.strip(),
        languages=list(terms.languages),
        notice_days=terms.notice_days,
        one_off_pence=terms.one_off_pence,
        alone_rate_pence=terms.alone_rate_pence,
        made_at=at,
        made_by=by.label,
    )
    OfferStep.objects.bulk_create(OfferStep(offer=offer, **vars(step)) for step in terms.steps)
    tell_members(call, "offer_made", step=str(offer.pk), at=at, by=by.label, provider=provider.name)
    return offer


def _check_call(call: Call, *, at: datetime) -> None:
    if call.state != CallState.OPEN:
        raise UnableToOffer(
            f"This call takes no offers any more: it is at “{call.get_state_display()}”. Look at other calls."
        )
    if call.cluster.state not in BUYING:
        raise UnableToOffer(f"{call.cluster.name} does not buy anything at the moment. Look at other calls.")
    if timezone.localdate(at) > call.offers_by_date:
        raise UnableToOffer(f"The last day for offers was {day_words(call.offers_by_date)}.")


def _check_terms(terms: OfferTerms) -> None:
    if not terms.words.strip():
        raise UnableToOffer("Say in plain words what people get.")
    if terms.alone_rate_pence <= 0 or any(step.unit_rate_pence <= 0 for step in terms.steps):
        raise UnableToOffer("Every price is above nothing. Check your prices.")
    if not 0 <= terms.notice_days <= LONGEST_NOTICE:
        raise UnableToOffer(f"Notice takes at most {LONGEST_NOTICE} days.")
    if not terms.steps or terms.steps[0].from_weekly_units != 0 or len(terms.steps) > MOST_STEPS:
        raise UnableToOffer("Give a price for any amount first, then at most five for larger amounts.")
    for lower, higher in pairwise(terms.steps):
        if higher.from_weekly_units <= lower.from_weekly_units:
            raise UnableToOffer("Write the amounts from small to large, each once.")
        if higher.unit_rate_pence > lower.unit_rate_pence:
            raise UnableToOffer("A larger amount costs more for each. Check the prices.")


def _says_the_same(offer: Offer, terms: OfferTerms) -> bool:
    steps = [
        Step(from_weekly_units=one.from_weekly_units, unit_rate_pence=one.unit_rate_pence)
        for one in offer.steps.all()
    ]
    said = (offer.words, offer.alone_rate_pence, offer.notice_days, offer.one_off_pence, offer.languages)
    asked = (
        terms.words.strip(),
        terms.alone_rate_pence,
        terms.notice_days,
        terms.one_off_pence,
        list(terms.languages),
    )
    return said == asked and steps == list(terms.steps)
