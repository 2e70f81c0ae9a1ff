"""What the regulator says of a provider's location."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonpurse.asked_often import AskedOften
from people.rules.words import date_words
from providers.models import CqcLocation, CqcRating, Provider

OVERALL = "Overall"
INADEQUATE = "Inadequate"
# What the regulator's directory calls its ratings; any other is shown as it is written there.
RATINGS = {
    "Outstanding": _("Outstanding"),
    "Good": _("Good"),
    "Requires improvement": _("Requires improvement"),
    INADEQUATE: _("Inadequate"),
    "Not Rated": _("Not Rated"),
}


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
            return gettext("Not in the regulator's directory")
        if not self.rating:
            return gettext("Registered, not rated yet")
        said = str(RATINGS.get(self.rating, self.rating))
        return f"{said}, {date_words(self.rated_on)}" if self.rated_on else said


def _located(ids: Collection[str]) -> QuerySet[CqcLocation]:
    """Give locations with their newest rating overall (`said`) and its day (`said_on`)."""
    overall = CqcRating.objects.filter(location=OuterRef("pk"), domain=OVERALL, population_group=OVERALL)
    newest = overall.order_by(F("publication_date").desc(nulls_last=True), "-pk")
    return CqcLocation.objects.filter(pk__in=ids).annotate(
        said=Subquery(newest.values("rating")[:1]), said_on=Subquery(newest.values("publication_date")[:1])
    )


LOCATED = AskedOften(_located, ids="text[]")


def standings(*, providers: Collection[Provider]) -> dict[str, Standing]:
    """Give what the regulator says now of each provider's location, by location id; one query."""
    ids = {provider.cqc_location_id for provider in providers}
    located: list[Any] = LOCATED(ids=sorted(ids - {""})) if ids - {""} else []
    found = {
        location.pk: Standing(location=location, rating=location.said or "", rated_on=location.said_on)
        for location in located
    }
    return {location_id: found.get(location_id, Standing(location=None)) for location_id in ids}


def standing_of(*, provider: Provider) -> Standing:
    """Give what the regulator says now of one provider's location."""
    return standings(providers=[provider])[provider.cqc_location_id]
