"""Telling the members of a cluster, and those who work for providers, what becomes of a call."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from clusters.models import Membership
from commissioning.models import Call, OfferState
from people.actions import tell
from people.queries import Fact
from providers.actions import tell_staff
from providers.models import Provider


def tell_members(call: Call, kind: str, *, at: datetime, by: str, step: str = "", **facts: Fact) -> None:
    """Tell everybody who has a part in the cluster of one step of its call. `step` tells it from others of its kind."""
    cluster = call.cluster
    in_it = Membership.objects.with_a_say() | Membership.objects.in_the_pool()
    for membership in in_it.filter(cluster=cluster).select_related("person__council").order_by("ref"):
        tell(
            person=membership.person,
            kind=f"commissioning_call_{kind}",
            key=f"{call.pk}:{step}",
            at=at,
            by=by,
            about=reverse("commissioning:call", args=[call.pk]),
            private=[cluster.in_common] if cluster.in_common else [],
            cluster=cluster.name,
            what=call.title,
            ref=call.ref,
            offers_by=call.offers_by_date,
            **facts,
        )


def tell_providers(
    call: Call, providers: Collection[Provider], *, kind: str, at: datetime, by: str, **facts: Fact
) -> None:
    """Tell everybody who works for these providers of one step of a call, each once."""
    for provider in providers:
        tell_staff(
            provider,
            council=call.council,
            kind=f"commissioning_offer_{kind}",
            key=f"{call.pk}:{provider.pk}",
            at=at,
            by=by,
            about=reverse("commissioning:open-call", args=[call.pk]),
            cluster=call.cluster.name,
            what=call.title,
            ref=call.ref,
            offers_by=call.offers_by_date,
            provider=provider.name,
            **facts,
        )


def tell_of_choice(call: Call, *, at: datetime, by: str) -> None:
    """Tell each provider that offered whether it was chosen, and if not, why."""
    for offer in call.offers.select_related("provider").order_by("made_at"):
        if offer.state == OfferState.CHOSEN:
            tell_providers(call, [offer.provider], kind="chosen", at=at, by=by)
        elif offer.state == OfferState.NOT_CHOSEN:
            tell_providers(
                call, [offer.provider], kind="not_chosen", at=at, by=by, why=offer.not_chosen_words
            )
