"""What the regulator says of a provider's location."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from providers.models import CqcLocation, CqcRating, Provider

OVERALL = "Overall"
INADEQUATE = "Inadequate"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the regulator's directory says of a provider's location: registered or not, and rated how, when."""

    location: CqcLocation | None
    rating: str = ""
    rated_on: date | None = None

    @property
    def is_registered(self) -> bool:
        """Whether the directory has the location at all."""
        return self.location is not None

    @property
    def is_inadequate(self) -> bool:
        """Whether the regulator found the care there inadequate."""
        return self.rating == INADEQUATE

    def __str__(self) -> str:
        if self.location is None:
            return "Not in the regulator's directory"
        if not self.rating:
            return "Registered, not rated yet"
        return f"{self.rating}, {self.rated_on:%-d %B %Y}" if self.rated_on else self.rating


def standings(*, providers: Collection[Provider]) -> dict[str, Standing]:
    """Give what the regulator says now of each provider's location, by location id; two queries."""
    ids = {provider.cqc_location_id for provider in providers if provider.cqc_location_id}
    locations = CqcLocation.objects.in_bulk(ids)
    latest: dict[str, CqcRating] = {}
    overall = CqcRating.objects.filter(location__in=ids, domain=OVERALL, population_group=OVERALL)
    for rating in overall.order_by(F("publication_date").asc(nulls_first=True), "pk"):
        latest[rating.location_id] = rating
    return {
        provider.cqc_location_id: _standing(
            locations.get(provider.cqc_location_id), latest.get(provider.cqc_location_id)
        )
        for provider in providers
    }


def standing_of(*, provider: Provider) -> Standing:
    """Give what the regulator says now of one provider's location."""
    return standings(providers=[provider])[provider.cqc_location_id]


def _standing(location: CqcLocation | None, latest: CqcRating | None) -> Standing:
    if latest is None:
        return Standing(location=location)
    return Standing(location=location, rating=latest.rating, rated_on=latest.publication_date)
