"""What can be asked about calls: which fit a provider, when the members may choose, and what no offer met."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from clusters.models import ClusterState, Decision, DecisionKind, DecisionState
from commissioning.models import Call, CallState, Offer, OfferState, UnmetDemand
from commissioning.rules.fit import Offered, Wanted, misfits
from people.models import Role, RoleKind, User
from providers.models import Provider

MOST_LISTED = 100
BUYING = (ClusterState.AGREED, ClusterState.ACTIVE)
ENDING = (ClusterState.WINDING_DOWN, ClusterState.CLOSED)


@dataclass(frozen=True, kw_only=True)
class CallForProvider:
    """A call as a provider sees it: what does not fit them (nothing: it fits), and their newest offer if any."""

    call: Call
    provider: Provider
    misfits: list[str]
    offer: Offer | None

    @property
    def fits(self) -> bool:
        """Whether everything it asks for is what the provider says it offers."""
        return not self.misfits


@dataclass(frozen=True, kw_only=True)
class Unmet:
    """A kind of help that was not found in a place: how often, how much of it a week, and the rows it comes from."""

    theme: str
    place: str
    times: int
    weekly: list[tuple[str, Decimal]]
    rows: list[UnmetDemand]


def misfits_of(*, call: Call, provider: Provider) -> list[str]:
    """Say what of a call does not fit a provider, in sentences to the provider; nothing where it fits."""
    wanted = Wanted(
        service_code=call.service_code, place=call.place or call.cluster.area, languages=call.languages
    )
    offered = Offered(service_codes=provider.service_codes, area=provider.area, languages=provider.languages)
    return misfits(wanted, offered)


def providers_that_fit(*, call: Call) -> list[Provider]:
    """Give the providers of the council whom a call fits, by name."""
    offering = Provider.objects.filter(council=call.council_id, service_codes__contains=[call.service_code])
    return [one for one in offering.order_by("name", "pk") if not misfits_of(call=call, provider=one)]


def calls_for(*, providers: Collection[Provider], on: date) -> list[CallForProvider]:
    """Give the calls that take offers on a day, for each of these providers: those that fit first, soonest to close."""
    councils = {provider.council_id for provider in providers}
    open_calls = Call.objects.filter(
        council__in=councils, state=CallState.OPEN, offers_by_date__gte=on, cluster__state__in=BUYING
    ).select_related("cluster")
    calls = list(open_calls.order_by("offers_by_date", "pk")[:MOST_LISTED])
    made = Offer.objects.filter(call__in=calls, provider__in=providers).order_by("made_at", "pk")
    offers = {(offer.call_id, offer.provider_id): offer for offer in made}
    found = [
        CallForProvider(
            call=call,
            provider=provider,
            misfits=misfits_of(call=call, provider=provider),
            offer=offers.get((call.pk, provider.pk)),
        )
        for call in calls
        for provider in providers
        if provider.council_id == call.council_id
    ]
    return sorted(found, key=lambda one: len(one.misfits) > 0)


def decision_of(*, call: Call) -> Decision | None:
    """Give the newest decision on which offer to choose; none where there was none."""
    asked = Decision.objects.filter(kind=DecisionKind.CHOOSE_OFFER, subject_id=call.pk)
    return asked.order_by("-opened_at", "-pk").first()


def when_to_choose(*, call: Call, on: date) -> date | None:
    """
    Give the first day on which the members may choose; none where they may today.

    That is the day after the last one for offers, or as soon as every provider that fits has made an offer.
    """
    if on > call.offers_by_date:
        return None
    offered = set(call.offers.filter(state=OfferState.OPEN).values_list("provider", flat=True))
    waited_for = {provider.pk for provider in providers_that_fit(call=call)} - offered
    return call.offers_by_date + timedelta(days=1) if waited_for or not offered else None


def calls_to_settle(*, on: date) -> QuerySet[Call]:
    """Give the calls that go on by themselves: voted on without a choice, past their days, or of an ending cluster."""
    offers = Offer.objects.filter(call=OuterRef("pk"), state=OfferState.OPEN)
    undecided = Decision.objects.filter(
        kind=DecisionKind.CHOOSE_OFFER,
        subject_id=OuterRef("pk"),
        state__in=[DecisionState.OPEN, DecisionState.PASSED],
    )
    late = Q(state=CallState.OPEN, offers_by_date__lt=on) & (~Exists(offers) | Q(end_date__lte=on))
    ending = Q(state=CallState.OPEN, cluster__state__in=ENDING)
    chosen_nothing = Q(state=CallState.CHOOSING) & ~Exists(undecided)
    return Call.objects.filter(late | ending | chosen_nothing).order_by("pk")


def unmet_demand(*, by: User) -> list[Unmet]:
    """
    Give the needs that no offer met in the councils one commissions for, by kind of help and place, most often first.

    Services, never people, so small numbers are shown.
    """
    councils = Role.objects.filter(user=by, kind=RoleKind.COMMISSIONER).values("council")
    rows = list(
        UnmetDemand.objects.filter(council__in=councils)
        .select_related("call")
        .order_by("-recorded_at", "-pk")
    )
    times = Counter((row.theme, row.place) for row in rows)
    return [_unmet(theme, place, rows) for (theme, place), _ in times.most_common()]


def _unmet(theme: str, place: str, rows: list[UnmetDemand]) -> Unmet:
    own = [row for row in rows if (row.theme, row.place) == (theme, place)]
    totals: dict[str, Decimal] = {}
    for row in own:
        totals[row.unit] = totals.get(row.unit, Decimal(0)) + row.weekly_units
    return Unmet(theme=theme, place=place, times=len(own), weekly=sorted(totals.items()), rows=own)
