"""Putting the offers for a call to the members, who choose one of them or none."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.actions import Answer, UnableToOpen, open_decision
from clusters.models import CountsAs, Decision, DecisionKind
from clusters.rules.again import WHICH_OFFER, written
from commissioning.actions.calls.steps import locked_call, move_call
from commissioning.models import Call, CallState
from commissioning.queries.calls import when_to_choose
from commissioning.queries.compare import Compared, compare
from commissioning.rules.price import once_words
from people.models import Person, User
from people.rules.words import day_words

LONGEST_QUESTION = 300


class UnableToPut(Exception):
    """The user may not, no offer has come, providers still have time, or the members are choosing already."""


@transaction.atomic
def put_to_decision(*, call: Call, person: Person, by: User, at: datetime) -> Decision:
    """
    Ask the members which offer they choose, or none of them. From then on no other offer is taken.

    After the last day for offers, or before it once every provider that fits has offered. A member asks, or a helper
    who may vote for them.

    :raises UnableToPut: see the class.
    """
    call = locked_call(call)
    if call.state != CallState.OPEN:
        raise UnableToPut(
            gettext("This call is at “%(state)s”. There is nothing to put to the vote.")
            % {"state": call.get_state_display()}
        )
    on = timezone.localdate(at)
    found = compare(call=call, person=None, on=on)
    if not found.offers:
        raise UnableToPut(gettext("No offer has come yet, so there is nothing to choose from."))
    earliest = when_to_choose(call=call, on=on)
    if earliest is not None:
        raise UnableToPut(
            gettext(
                "Providers can still offer up to %(last)s. "
                "You can choose from %(first)s on, or as soon as every provider that fits has offered."
            )
            % {"last": day_words(call.offers_by_date), "first": day_words(earliest)}
        )
    try:
        decision = open_decision(
            cluster=call.cluster,
            kind=DecisionKind.CHOOSE_OFFER,
            question=written(WHICH_OFFER, what=call.title)[:LONGEST_QUESTION],
            why=call.words,
            options=[*(_answer(offer) for offer in found.offers), _none_of_these()],
            subject_id=call.pk,
            by=by,
            at=at,
            person=person,
        )
    except UnableToOpen as refusal:
        raise UnableToPut(str(refusal)) from refusal
    move_call(call, to=CallState.CHOOSING)
    return decision


def _answer(compared: Compared) -> Answer:
    """Put an offer into an answer."""
    return Answer(
        label=compared.offer.provider.name[:200],
        counts_as=CountsAs.OPTION,
        meaning=lazy(_meaning, str)(compared),
        prompt=_("Could this work for us?"),
        picture="handshake",
        offer_id=compared.offer.pk,
        provider_id=compared.offer.provider_id,
    )


def _meaning(compared: Compared) -> str:
    """Say what an offer would mean in pounds and hours."""
    once = once_words(compared.offer.one_off_pence)
    said = (compared.price_words, compared.week_words, compared.each_words, once)
    return " ".join(words for words in said if words)


def _none_of_these() -> Answer:
    return Answer(
        label=_("None of these"),
        counts_as=CountsAs.NO,
        meaning=_("No offer is right for us. We buy nothing now, and the council hears what was missing."),
        prompt=_("Would it be better to go on looking?"),
        picture="no",
    )
