"""What can be asked about providers: whose key this is, and what the regulator says of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import F

from providers.models import CqcLocation, CqcRating, Provider, SystemKey

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


def key_for(token: str) -> SystemKey | None:
    """Give the key a token belongs to, with its provider and council; none where it is unknown or revoked."""
    return (
        SystemKey.objects.select_related("provider__council")
        .filter(token_hash=hash_of(token), revoked_at__isnull=True)
        .first()
    )


def hash_of(token: str) -> str:
    """Give what is kept of a token: its SHA-256 in hexadecimal."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


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
