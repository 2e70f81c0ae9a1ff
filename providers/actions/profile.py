"""What a provider says of itself, so that calls that fit can find it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from people.models import User
from people.queries import works_for
from providers.models import Provider
from providers.rules import each_once

MOST_LISTED = 20


class UnableToSaveProfile(Exception):
    """The user works neither for the provider nor for its council, or a list is too long."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Who a provider is in its own words, where it works (empty: everywhere), in which languages, and with what."""

    words: str = ""
    area: str = ""
    postcode: str = ""
    languages: Collection[str] = ()
    service_codes: Collection[str] = ()


@transaction.atomic
def save_profile(*, provider: Provider, profile: Profile, by: User | None) -> Provider:
    """
    Write down what a provider says of itself; without a user, as it was loaded.

    :raises UnableToSaveProfile: see the class.
    """
    provider = (
        Provider.objects.select_related("council")
        .select_for_update(of=["self"], no_key=True)
        .get(pk=provider.pk)
    )
    if by is not None and not (provider.staff.filter(user=by).exists() or works_for(by, provider.council)):
        raise UnableToSaveProfile(f"Only people who work for {provider} can change this.")
    if max(len(profile.languages), len(profile.service_codes)) > MOST_LISTED:
        raise UnableToSaveProfile(f"Name at most {MOST_LISTED} languages and {MOST_LISTED} kinds of help.")
    provider.words, provider.area, provider.postcode = profile.words, profile.area, profile.postcode.upper()
    provider.languages = each_once(profile.languages)
    provider.service_codes = each_once(profile.service_codes)
    provider.save(update_fields=["words", "area", "postcode", "languages", "service_codes"])
    return provider
