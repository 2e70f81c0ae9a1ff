"""The founders' word on who joins while a cluster forms: nothing binds yet, so one of them is enough."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.actions.join import UnableToJoin
from clusters.actions.steps import locked_membership, move_membership
from clusters.actions.telling import tell_member, tell_professional
from clusters.models import ClusterState, Membership, MembershipState
from people.models import Scope, User
from people.queries import acting_label


@transaction.atomic
def members_agree(*, membership: Membership, by: User, at: datetime) -> Membership:
    """
    Give a founder's word that somebody who asked may join. They and their professional are told.

    :raises UnableToJoin: they have not asked, `by` is no founder (and acts for none), or the cluster stands: then
        its members decide together.
    """
    membership, label = _asked(membership, by=by, at=at)
    move_membership(
        membership, to=MembershipState.MEMBERS_AGREED, reason="The members agreed", by=label, at=at
    )
    tell_member(membership, "members_agreed", at=at, by=label, reference=membership.ref)
    tell_professional(membership, "plan_waits", at=at, by=label)
    return membership


@transaction.atomic
def members_decline(*, membership: Membership, reason: str, by: User, at: datetime) -> Membership:
    """
    Say for the founders that somebody who asked cannot join, and why. They are told.

    :raises UnableToJoin: as `members_agree`, or no reason is given.
    """
    membership, label = _asked(membership, by=by, at=at)
    if not reason.strip():
        raise UnableToJoin(_("Say why, so that the person who asked can understand."))
    move_membership(membership, to=MembershipState.DECLINED, reason=reason, by=label, at=at)
    tell_member(membership, "members_declined", at=at, by=label, reason=reason)
    return membership


def _asked(membership: Membership, *, by: User, at: datetime) -> tuple[Membership, str]:
    """Give the membership and under which name `by` speaks, if it was asked for and they have a say."""
    membership = locked_membership(membership)
    if membership.state != MembershipState.ASKED:
        raise UnableToJoin(_("This is decided already. Look at it again."))
    if membership.cluster.state != ClusterState.FORMING:
        raise UnableToJoin(_("The members decide on this together. You can vote on it."))
    with_a_say = Membership.objects.with_a_say().filter(cluster=membership.cluster_id)
    others = with_a_say.exclude(person=membership.person_id).select_related("person")
    on = timezone.localdate(at)
    labels = (acting_label(by, other.person, scope=Scope.VOTE, on=on) for other in others)
    label = next((label for label in labels if label), None)
    if label is None:
        raise UnableToJoin(_("Only members of the cluster can say who joins it."))
    return membership, label
