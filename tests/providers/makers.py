"""Providers, their keys, and the regulator's directory for tests."""

from collections.abc import Collection
from datetime import date
from itertools import count

from people.models import Council
from providers.actions import issue_key, register_provider
from providers.actions.keys import SCOPES
from providers.models import CqcLocation, CqcRating, Provider, SystemKey
from tests.people.makers import make_council

_numbers = count(1)


def make_provider(
    *, council: Council | None = None, ref: str = "", name: str = "Northgate Care", cqc_location_id: str = ""
) -> Provider:
    """Somebody who delivers care for a council."""
    return register_provider(
        council=council or make_council(),
        ref=ref or f"PR-{next(_numbers):03d}",
        name=name,
        legal_form="charity",
        cqc_location_id=cqc_location_id,
    )


def make_key(*, provider: Provider | None = None, scopes: Collection[str] = SCOPES) -> tuple[SystemKey, str]:
    """A key of a provider's system, and the token that opens with it."""
    return issue_key(provider=provider or make_provider(), name="Rostering", scopes=scopes, by="system:tests")


def make_location(
    *, location_id: str = "1-1", rating: str = "Good", rated_on: date | None = date(2026, 1, 15)
) -> CqcLocation:
    """A place in the regulator's directory, with its overall rating."""
    location, _ = CqcLocation.objects.get_or_create(
        location_id=location_id,
        defaults={
            "name": "Northgate House",
            "is_care_home": False,
            "location_type": "Social Care Org",
            "cqc_provider_id": "1-9",
            "cqc_provider_name": "Northgate Ltd",
        },
    )
    CqcRating.objects.create(
        location=location,
        population_group="Overall",
        domain="Overall",
        rating=rating,
        publication_date=rated_on,
        report_type="Location",
    )
    return location
