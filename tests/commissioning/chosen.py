"""Calls that were answered and decided on, for tests, written as rows."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from clusters.models import Cluster, Decision
from commissioning.models import Call, CallState, Offer, OfferStep
from providers.models import Provider
from tests.clusters.deciding import make_passed_decision
from tests.providers.makers import make_ethical, make_provider

STEPS = {"0": 30_00, "3": 27_50, "6": 25_00}


def make_written_call(
    *, cluster: Cluster, ref: str = "R-1", state: CallState = CallState.OPEN, service_code: str = "SESSION"
) -> Call:
    """A call for three sessions a week over twelve weeks."""
    return Call.objects.create(
        council=cluster.council,
        cluster=cluster,
        ref=ref,
        title="Cooking together",
        words="We want to cook together in the evening.",
        service_code=service_code,
        unit="session",
        weekly_units=Decimal(3),
        start_date=date(2026, 6, 1),
        end_date=date(2026, 8, 24),
        offers_by_date=date(2026, 5, 2),
        called_by="system:tests",
    )


@transaction.atomic
def make_written_offer(
    *, call: Call, provider: Provider | None = None, steps: Mapping[str, int] = STEPS, one_off_pence: int = 0
) -> Offer:
    """What a provider that passes the ethical test offers, with a lower price from three a week."""
    offer = Offer.objects.create(
        call=call,
        provider=provider or make_ethical(provider=make_provider(council=call.council)),
        words="A cook comes with everything.",
        notice_days=14,
        one_off_pence=one_off_pence,
        alone_rate_pence=40_00,
        made_by="system:tests",
    )
    OfferStep.objects.bulk_create(
        OfferStep(offer=offer, from_weekly_units=Decimal(units), unit_rate_pence=pence)
        for units, pence in steps.items()
    )
    return offer


def choose(offer: Offer) -> Decision:
    """The members' decision for this offer."""
    Call.objects.filter(pk=offer.call_id).update(state=CallState.CHOOSING)
    return make_passed_decision(cluster=offer.call.cluster, subject_id=offer.call_id, offer_id=offer.pk)
