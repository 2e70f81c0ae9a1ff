"""Taking providers in, and naming who works for them."""

from django.db import transaction

from people.models import Council, User
from providers.models import Provider, ProviderStaff


class UnableToRegisterProvider(Exception):
    """The reference is taken already."""


@transaction.atomic
def register_provider(
    *, council: Council, ref: str, name: str, legal_form: str = "", cqc_location_id: str = ""
) -> Provider:
    """
    Take in somebody who delivers care under contract with a council.

    :raises UnableToRegisterProvider: the council has a provider of that reference already.
    """
    if Provider.objects.filter(council=council, ref=ref).exists():
        raise UnableToRegisterProvider(f"{council.name} has a provider with the reference {ref} already.")
    return Provider.objects.create(
        council=council, ref=ref, name=name, legal_form=legal_form, cqc_location_id=cqc_location_id
    )


@transaction.atomic
def add_staff(*, provider: Provider, user: User) -> ProviderStaff:
    """Say that a user works for a provider. Saying it again changes nothing."""
    staff, _ = ProviderStaff.objects.get_or_create(provider=provider, user=user)
    return staff
