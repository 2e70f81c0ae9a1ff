"""Telling the members of a cluster and its provider what became of a contract; each of them once a step."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from commissioning.models import Contract
from people.actions import tell, tell_user
from people.models import Person, User


def tell_asked(contract: Contract, *, by: str, at: datetime) -> None:
    """Tell the members that what they decided waits for the council's approval."""
    for person in _members(contract):
        tell(person=person, kind="commissioning_contract_asked", **_step(contract, "asked", by=by, at=at))


def tell_approved(contract: Contract, *, by: str, at: datetime) -> None:
    """Tell the members, and the provider, that a contract is approved."""
    for person in _members(contract):
        tell(
            person=person, kind="commissioning_contract_approved", **_step(contract, "approved", by=by, at=at)
        )
    for user in _staff(contract):
        tell_user(
            user=user,
            council=contract.council,
            kind="commissioning_provider_approved",
            **_step(contract, "approved", by=by, at=at, for_members=False),
        )


def tell_returned(contract: Contract, *, reason: str, by: str, at: datetime) -> None:
    """Tell the members that a contract was sent back, and why."""
    for person in _members(contract):
        tell(
            person=person,
            kind="commissioning_contract_returned",
            reason=reason,
            **_step(contract, f"returned:{at:%Y-%m-%dT%H:%M}", by=by, at=at),
        )


def tell_ended(contract: Contract, *, reason: str | Promise, by: str, at: datetime) -> None:
    """Tell the members, and the provider, that a contract ends before its time, on which day and why."""
    for person in _members(contract):
        tell(
            person=person,
            kind="commissioning_contract_ended",
            reason=reason,
            **_step(contract, "ended", by=by, at=at),
        )
    for user in _staff(contract):
        tell_user(
            user=user,
            council=contract.council,
            kind="commissioning_provider_ended",
            reason=reason,
            **_step(contract, "ended", by=by, at=at, for_members=False),
        )


def _members(contract: Contract) -> Iterable[Person]:
    """Give everybody in the pool."""
    return (
        Person.objects.filter(pk__in=contract.cluster.memberships.in_the_pool().values("person"))
        .select_related("council")
        .order_by("ref")
    )


def _staff(contract: Contract) -> Iterable[User]:
    """Give everybody who signs in for the provider."""
    return User.objects.filter(employments__provider=contract.provider_id, is_active=True)


def _step(
    contract: Contract, step: str, *, by: str, at: datetime, for_members: bool = True
) -> dict[str, Any]:
    """Give what every notice of a contract says; `step` tells it from the others of its kind."""
    told = {
        "key": f"{contract.pk}:{step}",
        "at": at,
        "by": by,
        "about": reverse("commissioning:contract", args=[contract.pk]),
        "cluster": contract.cluster.name,
        "provider": contract.provider.name,
        "what": contract.title or contract.ref,
        "start_date": contract.start_date,
        "last_date": contract.last_date,
    }
    return told | ({"private": [contract.cluster.in_common]} if for_members else {})
