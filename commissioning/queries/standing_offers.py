"""The offers that stand in a cluster's calls: made, not taken back, not chosen yet."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from clusters.models import Cluster
from commissioning.models import CallState, Offer, OfferState
from commissioning.rules import rate_at
from commissioning.rules.what_if import Steps, Thing
from ledger.pennies import line_pence

STILL_ASKING = (CallState.OPEN, CallState.CHOOSING)


def standing_offers(*, cluster: Cluster, besides: Collection[str], on: date) -> list[Offer]:
    """
    Give the offers that stand on a day in the calls of a cluster, call by call, the first made first.

    Left out is what is asked for only until that day, and whatever kind of help is bought already: `besides` are the
    codes of its services. One query; the steps of each are still to be fetched.
    """
    standing = Offer.objects.filter(
        state=OfferState.OPEN, call__cluster=cluster, call__state__in=STILL_ASKING, call__end_date__gt=on
    )
    return list(
        standing.exclude(call__service_code__in=besides)
        .select_related("call", "provider")
        .order_by("call__ref", "made_at", "pk")
    )


def as_thing(offer: Offer, *, number: int, is_named: bool) -> Thing:
    """
    Give an offer as a thing that could be bought: it weighs what a week costs of what its call asks for.

    `is_named`: whoever looks may know whose offer it is, which only members and the council may.
    """
    said = {"number": number, "provider": offer.provider.name}
    return Thing(
        words=_("Offer %(number)s: %(provider)s") % said if is_named else _("Offer %(number)s") % said,
        what=offer.call.title,
        unit=offer.call.unit,
        steps=steps_of(offer),
        weight=line_pence(
            offer.call.weekly_units, rate_at(steps_of(offer), weekly_units=offer.call.weekly_units)
        ),
        once_pence=offer.one_off_pence,
    )


def steps_of(offer: Offer) -> Steps:
    """Give an offer's prices: from so many units a week, and pence for one of them."""
    return [(step.from_weekly_units, step.unit_rate_pence) for step in offer.steps.all()]
