"""The offers for a call, side by side: what each would cost us and me, how good a provider it is, and how near."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from clusters.models import Agreement, Membership, SharingRule, SharingTerm
from commissioning.models import Call, Offer, OfferState, ProviderReview
from commissioning.rules import rate_at
from commissioning.rules.price import alone_pence, each_words, price_words, share_of, week_words
from ledger.pennies import line_pence
from people.models import Person
from providers.queries import Standing, ethical_scores, standings
from providers.rules import EthicalScore, Near, how_near, unit_words

LEAST_REVIEWS = 3  # fewer could tell who said what


@dataclass(frozen=True, kw_only=True)
class Reviews:
    """What members think of a provider: how many said so, and their average in tenths of a star; both hidden if few."""

    count: int = 0
    tenths: int = 0

    @property
    def is_shown(self) -> bool:
        """Whether there are enough of them that nobody can be told by theirs."""
        return self.count >= LEAST_REVIEWS

    @property
    def words(self) -> str:
        """Say it in a few words."""
        if not self.is_shown:
            return _("No reviews yet") if self.count == 0 else _("Too few reviews to show")
        stars = f"{self.tenths // 10}.{self.tenths % 10}"
        return _("%(stars)s of 5, from %(number)s people") % {"stars": stars, "number": self.count}


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """
    How the members share what they call for, and who is looking.

    `weights`: each member's weight by membership, in order of reference; `me`: whose share is shown, if anybody's.
    """

    rule: SharingRule | None
    weights: dict[UUID, int]
    me: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """
    One offer beside the others. Units: pence; a week of what the call asks for.

    `mine_pence`: the part of whoever looks; none where it depends on use, or they are no member. `alone_pence`:
    what they would pay for as much without the others; none where it depends on what they use.
    """

    offer: Offer
    unit: str
    units: Decimal
    rate_pence: int
    sharing: Sharing
    score: EthicalScore
    standing: Standing | None
    near: Near
    reviews: Reviews
    missing_languages: Sequence[str]

    @property
    def week_pence(self) -> int:
        """What a week costs all members together."""
        return line_pence(self.units, self.rate_pence)

    @property
    def mine_pence(self) -> int | None:
        """See the class."""
        place = list(self.sharing.weights)
        if self.sharing.rule == SharingRule.BY_USE or self.sharing.me not in self.sharing.weights:
            return None
        return share_of(self.week_pence, list(self.sharing.weights.values()), place.index(self.sharing.me))

    @property
    def alone_pence(self) -> int | None:
        """See the class."""
        return alone_pence(self.units, self.offer.alone_rate_pence, rule=self.sharing.rule)

    @property
    def saves_pence(self) -> int:
        """What the member who looks saves a week by buying together; nothing where that is not known."""
        if self.mine_pence is None or self.alone_pence is None:
            return 0
        return max(self.alone_pence - self.mine_pence, 0)

    @property
    def languages(self) -> list[str]:
        """The languages they will speak: those of the offer, else those the provider names."""
        return self.offer.languages or self.offer.provider.languages

    @property
    def unit_words(self) -> str:
        """Say one of the unit."""
        return unit_words(self.unit)

    @property
    def price_words(self) -> str:
        """Say the price of one unit."""
        return price_words(self.rate_pence, self.unit)

    @property
    def week_words(self) -> str:
        """Say what a week costs all together."""
        return week_words(self.week_pence, self.units, self.unit)

    @property
    def each_words(self) -> str:
        """Say what that is for each member."""
        return each_words(self.week_pence, members=len(self.sharing.weights), rule=self.sharing.rule)

    @property
    def standing_words(self) -> str:
        """Say what the regulator says."""
        return str(self.standing) if self.standing else _("No rating is known to us")


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All open offers for a call, cheapest for a week first."""

    call: Call
    offers: list[Compared]
    sharing: Sharing

    @property
    def most_pence(self) -> int:
        """The highest amount in the picture, so that its bars can be drawn to one measure."""
        return max((one.week_pence for one in self.offers), default=0)


def compare(*, call: Call, person: Person | None, on: date) -> Comparison:
    """
    Put the open offers for a call side by side, as they stand on a day, for a person (none: for nobody in particular).

    However many offers there are, the number of queries stays the same.
    """
    offers = list(
        Offer.objects.filter(call=call, state=OfferState.OPEN)
        .select_related("provider")
        .prefetch_related("steps")
        .order_by("made_at", "pk")
    )
    providers = [offer.provider for offer in offers]
    sharing = _sharing(call, person)
    scores = ethical_scores(providers=[provider.pk for provider in providers], on=on)
    said, reviews = standings(providers=providers), reviews_of(providers=[one.pk for one in providers])
    home = person.postcode if person else ""
    compared = [
        Compared(
            offer=offer,
            unit=call.unit,
            units=call.weekly_units,
            rate_pence=rate_for(offer, weekly_units=call.weekly_units),
            sharing=sharing,
            score=scores[offer.provider_id],
            standing=said[offer.provider.cqc_location_id] if offer.provider.cqc_location_id else None,
            near=how_near(home, offer.provider.postcode),
            reviews=reviews.get(offer.provider_id, Reviews()),
            missing_languages=_missing(call, offer),
        )
        for offer in offers
    ]
    in_order = sorted(compared, key=lambda one: (one.week_pence, one.offer.made_at, one.offer.pk))
    return Comparison(call=call, offers=in_order, sharing=sharing)


def rate_for(offer: Offer, *, weekly_units: Decimal) -> int:
    """Give the price of a unit, in pence, when so many are bought each week."""
    steps = [(step.from_weekly_units, step.unit_rate_pence) for step in offer.steps.all()]
    return rate_at(steps, weekly_units=weekly_units)


def reviews_of(*, providers: Collection[UUID]) -> dict[UUID, Reviews]:
    """Give how many members have reviewed each of these providers, and their average; one query."""
    rows = (
        ProviderReview.objects.filter(contract__provider__in=providers)
        .values("contract__provider")
        .annotate(number=Count("pk"), total=Sum("stars"))
    )
    return {
        row["contract__provider"]: Reviews(count=row["number"], tenths=row["total"] * 10 // row["number"])
        for row in rows
    }


def review_words(*, provider_id: UUID) -> list[ProviderReview]:
    """Give what members wrote of a provider, newest first; nothing where there are too few to hide who wrote it."""
    given = ProviderReview.objects.filter(contract__provider=provider_id)
    return list(given.exclude(words="").order_by("-given_at")[:20]) if given.count() >= LEAST_REVIEWS else []


def _sharing(call: Call, person: Person | None) -> Sharing:
    """Give how the agreement shares this service, and with which weights; by use where it says nothing."""
    signed = Agreement.objects.filter(cluster=call.cluster_id, signed_date__isnull=False)
    in_force = signed.order_by("-version").values("pk")[:1]
    term = SharingTerm.objects.filter(
        agreement=Subquery(in_force), service_code=call.service_code, contract_ref=""
    ).first()
    members = (
        (Membership.objects.with_a_say() | Membership.objects.in_the_pool())
        .filter(cluster=call.cluster)
        .annotate(put_in=Coalesce(Sum("pledges__amount_pence"), 0))
        .order_by("ref")
        .values_list("pk", "person", "put_in")
    )
    rule = SharingRule(term.rule) if term else None
    rows = list(members)
    weights = {pk: put_in if rule == SharingRule.BY_PLEDGE else 1 for pk, _, put_in in rows}
    own = {person_id: pk for pk, person_id, _ in rows}
    return Sharing(rule=rule, weights=weights, me=own.get(person.pk) if person else None)


def _missing(call: Call, offer: Offer) -> list[str]:
    spoken = {language.casefold() for language in (*offer.languages, *offer.provider.languages)}
    return [one for one in call.languages if one.casefold() not in spoken | {"english"}]
