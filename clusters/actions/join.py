"""Joining a cluster: asking, and the day it begins."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.models import FundingStream
from budgets.queries import budget_on, left_by_stream
from clusters.actions.decisions import UnableToOpen, open_admission
from clusters.actions.pledge import UnableToPledge, pledge
from clusters.actions.steps import (
    begin_membership,
    locked_cluster,
    locked_membership,
    move_cluster,
    move_membership,
    next_ref,
)
from clusters.actions.telling import tell_member, tell_professional
from clusters.models import (
    Cluster,
    ClusterState,
    Invitation,
    Membership,
    MembershipState,
    ProposedPledge,
    Signature,
)
from clusters.queries import agreement_in_force, has_signed, size_on
from ledger.pennies import in_pounds
from people.models import Person, Scope, User
from people.queries import acting_label
from people.rules.words import date_words

OPEN_STATES = (ClusterState.FORMING, ClusterState.AGREED, ClusterState.ACTIVE)
GONE = (MembershipState.LEFT, MembershipState.DECLINED)


class UnableToJoin(Exception):
    """The person cannot ask, be agreed to, or begin as a member as things stand."""


@transaction.atomic
def ask_to_join(
    *,
    cluster: Cluster,
    person: Person,
    proposed: Mapping[FundingStream, int],
    by: User,
    at: datetime,
    invitation: Invitation | None = None,
) -> Membership:
    """
    Ask to join a cluster with so many pence from each stream. No money moves yet.

    By asking, the person also signs the agreement in force, if there is one. In a cluster that stands, its members
    are asked to decide at once; while it forms, a founder says yes, or has said so with the `invitation`.

    :raises UnableToJoin: the cluster takes nobody or is full, they are in it or have asked already, the budget
        has less left than they offer, or `by` may not act for them.
    """
    cluster, on = locked_cluster(cluster), timezone.localdate(at)
    label = acting_label(by, person, scope=Scope.AGREE, on=on)
    if label is None:
        raise UnableToJoin(_("Only you, or your helper or social worker for you, can ask to join."))
    _check_room(cluster=cluster, person=person, on=on)
    _check_offer(person=person, proposed=proposed, on=on)
    membership = Membership.objects.create(
        cluster=cluster,
        person=person,
        ref=next_ref(cluster),
        state=MembershipState.ASKED,
        asked_at=at,
    )
    begin_membership(membership, reason="Asked to join", by=label, at=at)
    _propose(membership, proposed)
    agreement = agreement_in_force(cluster=cluster)
    if agreement is not None:
        Signature.objects.create(agreement=agreement, membership=membership, signed_date=on, signed_by=label)
    tell_member(membership, "asked", at=at, by=label, reference=membership.ref)
    _hear_members(membership, invitation=invitation, by=by, label=label, at=at)
    return membership


@transaction.atomic
def offer_pledge(
    *, membership: Membership, proposed: Mapping[FundingStream, int], by: User, at: datetime
) -> Membership:
    """
    Say, as a founder, how much one would put in from each stream, before the professional looks at it.

    :raises UnableToJoin: they have said so already or are further on, the budget has less left than they offer, or
        `by` may not act for them.
    """
    membership, on = locked_membership(membership), timezone.localdate(at)
    if acting_label(by, membership.person, scope=Scope.AGREE, on=on) is None:
        raise UnableToJoin(
            _("Only you, or your helper or social worker for you, can say how much you put in.")
        )
    if membership.state != MembershipState.MEMBERS_AGREED or membership.proposed_pledges.exists():
        raise UnableToJoin(
            _("You have said already how much you would put in. Your social worker can change it.")
        )
    _check_offer(person=membership.person, proposed=proposed, on=on)
    _propose(membership, proposed)
    return membership


@transaction.atomic
def begin(*, membership: Membership, by: User, at: datetime) -> Membership:
    """
    Begin as a member today, for somebody whose professional agreed before the cluster stood. Else as `activate`.

    :raises UnableToJoin: as `activate`, or `by` may not act for them.
    """
    on = timezone.localdate(at)
    label = acting_label(by, membership.person, scope=Scope.AGREE, on=on)
    if label is None:
        raise UnableToJoin(_("Only you, or your helper or social worker for you, can begin as a member."))
    return activate(membership=membership, on=on, by=label, at=at)


@transaction.atomic
def activate(*, membership: Membership, on: date, by: str, at: datetime) -> Membership:
    """
    Begin a membership on a day and move what they offered into their share of the pool. They are told.

    A cluster whose agreement is signed becomes active with its first member in the pool.

    :raises UnableToJoin: their professional has not agreed, the cluster has no signed agreement, they have not
        signed it themselves, or the budget has less left than they offered.
    """
    cluster = locked_cluster(membership.cluster)
    membership = locked_membership(membership)
    if membership.state != MembershipState.PLAN_AGREED:
        raise UnableToJoin(_("Their lead professional has not agreed yet. They can begin once that is done."))
    if cluster.state not in (ClusterState.AGREED, ClusterState.ACTIVE):
        raise UnableToJoin(
            _("The cluster's agreement is not signed yet. Members begin once its founders signed.")
        )
    if not has_signed(membership=membership):
        raise UnableToJoin(
            _("%(person)s has not signed what %(cluster)s agreed yet. They can begin once they have.")
            % {"person": membership.person, "cluster": cluster.name}
        )
    _check_not_there_then(membership, on)
    membership.joined_date = on
    reason = f"Member from {on:%-d %B %Y}"
    move_membership(membership, to=MembershipState.ACTIVE, reason=reason, by=by, at=at)
    if cluster.state == ClusterState.AGREED:
        reason = "The first member's money is in the pool"
        move_cluster(cluster, to=ClusterState.ACTIVE, reason=reason, by=by, at=at)
    _bring_money(membership, on=on, by=by)
    tell_member(membership, "joined", at=at, by=by, on=on)
    return membership


def _bring_money(membership: Membership, *, on: date, by: str) -> None:
    """Move what they offered into their share of the pool."""
    budget = budget_on(person=membership.person, on=on)
    if budget is None:
        raise UnableToJoin(
            _("They have no budget on %(day)s. Choose a day that their budget covers.")
            % {"day": date_words(on)}
        )
    try:
        for offer in membership.proposed_pledges.select_related("stream").order_by("stream__code"):
            pledge(
                membership=membership,
                budget=budget,
                stream=offer.stream,
                amount_pence=offer.amount_pence,
                on=on,
                by=by,
            )
    except UnableToPledge as refusal:
        raise UnableToJoin(str(refusal)) from refusal


def _propose(membership: Membership, proposed: Mapping[FundingStream, int]) -> None:
    """Write down what they would put in."""
    ProposedPledge.objects.bulk_create(
        ProposedPledge(membership=membership, stream=stream, amount_pence=pence)
        for stream, pence in proposed.items()
    )


def _hear_members(
    membership: Membership, *, invitation: Invitation | None, by: User, label: str, at: datetime
) -> None:
    """Ask the members of a cluster that stands; while it forms, take a founder's code as the founders' word."""
    if membership.cluster.state != ClusterState.FORMING:
        with suppress(UnableToOpen):  # nobody is there who could vote: a sweep asks once there is somebody
            open_admission(membership=membership, asked_by=by, by=label, at=at)
    elif invitation is not None and _counts(invitation, membership, at):
        move_membership(
            membership,
            to=MembershipState.MEMBERS_AGREED,
            reason="Came with a code of a founder",
            by=invitation.made_by,
            at=at,
        )
        tell_professional(membership, "plan_waits", at=at, by=label)


def _counts(invitation: Invitation, membership: Membership, at: datetime) -> bool:
    """Tell whether a code is of this cluster, still works, and was made by somebody who still has a say in it."""
    works = invitation.withdrawn_at is None and invitation.made_at <= at < invitation.ends_at
    with_a_say = Membership.objects.with_a_say().filter(cluster=membership.cluster_id)
    return works and with_a_say.filter(pk=invitation.membership_id).exists()


def _check_not_there_then(membership: Membership, on: date) -> None:
    """Hold that an earlier time of theirs in this cluster is over by then."""
    earlier = membership.cluster.memberships.filter(person=membership.person_id, left_date__gt=on)
    left = earlier.order_by("-left_date").values_list("left_date", flat=True).first()
    if left is not None:
        raise UnableToJoin(
            _("They were a member until %(day)s already. Choose that day or a later one.")
            % {"day": date_words(left)}
        )


def _check_room(*, cluster: Cluster, person: Person, on: date) -> None:
    if person.council_id != cluster.council_id:
        raise UnableToJoin(_("This cluster belongs to another council. Look for one of your own."))
    if cluster.state not in OPEN_STATES:
        raise UnableToJoin(
            _("%(cluster)s takes nobody new at the moment. Look for another cluster.")
            % {"cluster": cluster.name}
        )
    present = cluster.memberships.exclude(state__in=GONE)
    if present.filter(person=person).exists():
        raise UnableToJoin(
            _("You are in %(cluster)s or have asked already. You need not ask again.")
            % {"cluster": cluster.name}
        )
    most = size_on(council=cluster.council, on=on).most_members
    if present.count() >= most:
        raise UnableToJoin(
            _(
                "%(cluster)s is full: a cluster here has up to %(most)s members. Look for another, or start your own."
            )
            % {"cluster": cluster.name, "most": most}
        )


def _check_offer(*, person: Person, proposed: Mapping[FundingStream, int], on: date) -> None:
    if not proposed or any(pence <= 0 for pence in proposed.values()):
        raise UnableToJoin(_("Say how much you would put in, from at least one kind of your money."))
    budget = budget_on(person=person, on=on)
    if budget is None:
        raise UnableToJoin(_("You have no budget at the moment. Ask your social worker about one first."))
    left = {part.stream: part.left_pence for part in left_by_stream(budget=budget)}
    for stream, pence in proposed.items():
        if pence > left.get(stream, 0):
            raise UnableToJoin(
                _(
                    "You can't put in %(amount)s yet: %(left)s is left in your %(stream)s. "
                    "Put in up to that, or ask your social worker about more."
                )
                % {"amount": in_pounds(pence), "left": in_pounds(left.get(stream, 0)), "stream": stream.name}
            )
