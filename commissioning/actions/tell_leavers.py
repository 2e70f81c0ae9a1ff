"""Telling of somebody's leaving: them with every figure, their professional, and the other members without any."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from clusters.models import Membership
from clusters.models.membership import MembershipQuerySet
from commissioning.queries.leaving import ExitPreview
from ledger.pennies import in_pounds
from people.actions import tell, tell_user


def tell_leaving(settlement: ExitPreview, *, by: str, at: datetime) -> None:
    """Tell a member that they leave on a day to come, and what will go back to them then."""
    tell(
        person=settlement.membership.person,
        kind="commissioning_leaving",
        back=in_pounds(settlement.back_pence),
        held=in_pounds(settlement.held_pence) if settlement.held_pence else "",
        left_date=settlement.left_date,
        **_step(settlement.membership, str(settlement.left_date), by=by, at=at),
    )


def tell_gone_home(settlement: ExitPreview, *, by: str, at: datetime) -> None:
    """Tell a member what went back to their budget as they left, what still waits, and until when."""
    tell(
        person=settlement.membership.person,
        kind="commissioning_left",
        back=in_pounds(settlement.back_pence),
        held=in_pounds(settlement.held_pence) if settlement.held_pence else "",
        until_date=settlement.until_date,
        left_date=settlement.left_date,
        **_step(settlement.membership, "left", by=by, at=at),
    )


def tell_settled(membership: Membership, *, back_pence: int, by: str, at: datetime) -> None:
    """Tell somebody who left that the last of their money is back."""
    tell(
        person=membership.person,
        kind="commissioning_settled",
        back=in_pounds(back_pence),
        **_step(membership, "settled", by=by, at=at),
    )


def tell_removed(membership: Membership, *, why: str, by: str, at: datetime) -> None:
    """Tell a member that the others decided that they have to leave, and what they can do."""
    assert membership.left_date is not None  # whoever has to leave has a day
    tell(
        person=membership.person,
        kind="commissioning_removed",
        left_date=membership.left_date,
        why=why,
        **_step(membership, "removed", by=by, at=at),
    )


def tell_professional(membership: Membership, *, kind: str, by: str, at: datetime) -> None:
    """Tell whoever leads somebody's plan that what the cluster did for them ends, and on which day."""
    person, left = membership.person, membership.left_date
    assert left is not None  # whoever leaves has a day
    if person.lead_professional is None:
        return
    tell_user(
        user=person.lead_professional,
        council=person.council,
        kind=kind,
        person=str(person),
        left_date=left,
        **_step(membership, str(left), by=by, at=at, about=reverse("reports:person", args=[person.pk])),
    )


def tell_others(membership: Membership, *, by: str, at: datetime) -> None:
    """Tell the other members that somebody leaves: never how much they take, nor why."""
    left = membership.left_date
    assert left is not None  # whoever leaves has a day
    for other in _others(membership):
        tell(
            person=other.person,
            kind="commissioning_somebody_leaves",
            left_date=left,
            **_step(membership, str(left), by=by, at=at, about=""),
        )


def _others(membership: Membership) -> MembershipQuerySet:
    """Give the other members of the cluster."""
    others = membership.cluster.memberships.in_the_pool().exclude(person=membership.person_id)
    return others.select_related("person__council", "person__user").order_by("ref")


def _step(
    membership: Membership, step: str, *, by: str, at: datetime, about: str | None = None
) -> dict[str, Any]:
    """Give what every notice of a leaving says; `step` tells it from the others of its kind."""
    cluster = membership.cluster
    return {
        "key": f"{membership.pk}:{step}",
        "at": at,
        "by": by,
        "about": reverse("commissioning:leave", args=[cluster.pk]) if about is None else about,
        "cluster": str(cluster),
    }
