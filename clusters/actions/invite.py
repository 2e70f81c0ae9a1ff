"""Inviting somebody with a code: making one, taking it back, and what it is worth."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.actions.steps import locked_membership
from clusters.actions.telling import tell_member
from clusters.models import ClusterState, Invitation, Membership
from clusters.queries import WITH_A_PART
from people.models import Scope, User
from people.queries import acting_label

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what is taken for something else: 0 O, 1 I L
GROUPS, GROUP = 3, 4
LASTS = timedelta(days=14)
MOST_AT_ONCE = 10
TAKING = (ClusterState.FORMING, ClusterState.AGREED, ClusterState.ACTIVE)


class UnableToInvite(Exception):
    """They are not a member, the cluster takes nobody, or there are codes enough."""


@transaction.atomic
def make_invitation(*, membership: Membership, by: User, at: datetime) -> Invitation:
    """
    Make a code with which anybody can find this cluster and ask to join it. It lasts a fortnight.

    It says nothing about anyone, and lets nobody in: who asks is agreed to like everybody else. Only while the
    cluster forms, a founder's code counts as the founders' word.

    :raises UnableToInvite: see the class, or `by` may not act for this member.
    """
    membership = locked_membership(membership)
    label = acting_label(by, membership.person, scope=Scope.AGREE, on=timezone.localdate(at))
    if label is None or membership.state not in WITH_A_PART:
        raise UnableToInvite(_("Only a member, or their helper for them, can invite somebody."))
    if membership.cluster.state not in TAKING:
        raise UnableToInvite(
            _("%(cluster)s takes nobody new at the moment.") % {"cluster": membership.cluster}
        )
    if membership.invitations.filter(withdrawn_at__isnull=True, ends_at__gt=at).count() >= MOST_AT_ONCE:
        raise UnableToInvite(
            _("You have %(number)s codes that work. Take one back before you make another.")
            % {"number": MOST_AT_ONCE}
        )
    invitation = Invitation.objects.create(
        cluster=membership.cluster,
        membership=membership,
        code=_code(),
        made_at=at,
        made_by=label,
        ends_at=at + LASTS,
    )
    tell_member(
        membership, "invitation_made", at=at, by=label, key=str(invitation.pk), ends_at=invitation.ends_at
    )
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """
    Take a code back, so that it opens nothing any more. Taking it back twice is the first time again.

    :raises UnableToInvite: `by` may not act for the member who made it.
    """
    membership = locked_membership(invitation.membership)
    label = acting_label(by, membership.person, scope=Scope.AGREE, on=timezone.localdate(at))
    if label is None:
        raise UnableToInvite(
            _("Only the member who made a code, or their helper for them, can take it back.")
        )
    invitation.refresh_from_db()
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        tell_member(membership, "invitation_withdrawn", at=at, by=label, key=str(invitation.pk))
    return invitation


def _code() -> str:
    """Give a code that is easy to read out and hard to guess: 31 to the power of 12 are possible."""
    letters = [secrets.choice(ALPHABET) for _letter in range(GROUPS * GROUP)]
    return "-".join("".join(letters[place : place + GROUP]) for place in range(0, GROUPS * GROUP, GROUP))
