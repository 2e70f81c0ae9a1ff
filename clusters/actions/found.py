"""Founding a cluster."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.actions.steps import begin_cluster, begin_membership, next_ref
from clusters.actions.telling import tell_member, tell_professional
from clusters.models import Cluster, ClusterState, Membership, MembershipState
from clusters.queries import size_on
from people.models import Council, Person, Scope, User
from people.queries import acting_label, works_for

NUMBERED = re.compile(r"CL-([0-9]{1,9})")


@dataclass(frozen=True, kw_only=True)
class About:
    """
    What a new cluster says of itself. Its name, purpose and area are public; what its members share is not.

    `hoped_members`: how many they would like to be in the end (none: they did not say).
    """

    name: str
    purpose: str = ""
    area: str = ""
    in_common: str = ""
    hoped_members: int | None = None


class UnableToFound(Exception):
    """The reference is taken, a founder is not of this council or did not ask, or it would be too small or large."""


@transaction.atomic
def found_cluster(
    *, council: Council, about: About, founders: Sequence[Person], by: User, at: datetime, ref: str = ""
) -> Cluster:
    """
    Begin a cluster. It is forming until its founders have signed an agreement.

    The founders are members as soon as their professional agrees; nobody has to agree to them. `by` is one of
    them, somebody with their authority to agree, or somebody who works for the council and writes down what they
    asked for. Without a `ref` it gets the next number of its council. Every founder and their professional is told.

    :raises UnableToFound: see the class.
    """
    council = Council.objects.select_for_update(no_key=True).get(pk=council.pk)
    label = _label(council, founders=founders, by=by, at=at)
    _check_words(council, about, at=at)
    _check_is_new(council, about, founders)
    if ref and Cluster.objects.filter(council=council, ref=ref).exists():
        raise UnableToFound(
            _("There is a cluster with the reference %(reference)s already. Choose another.")
            % {"reference": ref}
        )
    cluster = Cluster.objects.create(
        council=council,
        ref=ref or _next_cluster_ref(council),
        name=about.name.strip(),
        purpose=about.purpose,
        area=about.area,
        in_common=about.in_common,
        hoped_members=about.hoped_members,
        state=ClusterState.FORMING,
    )
    begin_cluster(cluster, reason="Founded", by=label, at=at)
    for person in founders:
        membership = Membership.objects.create(
            cluster=cluster,
            person=person,
            ref=next_ref(cluster),
            state=MembershipState.MEMBERS_AGREED,
            asked_at=at,
        )
        begin_membership(membership, reason="Founder", by=label, at=at)
        tell_member(membership, "founded", at=at, by=label, reference=cluster.ref)
        tell_professional(membership, "plan_waits", at=at, by=label)
    return cluster


def _label(council: Council, *, founders: Sequence[Person], by: User, at: datetime) -> str:
    """Say under which name they found it: as a founder, for one, or for the council at the founders' word."""
    if not founders:
        raise UnableToFound(_("A cluster begins with at least one person. Say who founds it."))
    if any(person.council_id != council.pk for person in founders):
        raise UnableToFound(_("A founder belongs to another council. Clusters are made within one council."))
    on = timezone.localdate(at)
    labels = (acting_label(by, person, scope=Scope.AGREE, on=on) for person in founders)
    label = next((label for label in labels if label), by.label if works_for(by, council) else None)
    if label is None:
        raise UnableToFound(
            _(
                "Only the people who start a cluster, a helper who may agree for them, or their council can begin it."
            )
        )
    return label


def _check_words(council: Council, about: About, *, at: datetime) -> None:
    """Hold that it has a name, and hopes to be of a size its council lets a cluster have."""
    if not about.name.strip():
        raise UnableToFound(_("Give your cluster a name first."))
    size = size_on(council=council, on=timezone.localdate(at))
    hoped = about.hoped_members
    if hoped is not None and not size.least_members <= hoped <= size.most_members:
        raise UnableToFound(
            _("A cluster here has from %(least)s to %(most)s members. Choose a number between.")
            % {"least": size.least_members, "most": size.most_members}
        )


def _check_is_new(council: Council, about: About, founders: Sequence[Person]) -> None:
    """Hold that none of the founders has begun the same already: the form may have been sent twice."""
    same = Cluster.objects.filter(council=council, name=about.name.strip(), state=ClusterState.FORMING)
    if same.filter(memberships__person__in=founders).exists():
        raise UnableToFound(
            _("You have started %(cluster)s already. You need not start it again.")
            % {"cluster": about.name.strip()}
        )


def _next_cluster_ref(council: Council) -> str:
    """Give the number after the highest of this council, whose row is locked: nobody else counts meanwhile."""
    taken = Cluster.objects.filter(council=council, ref__startswith="CL-").values_list("ref", flat=True)
    numbers = [int(found[1]) for ref in taken if (found := NUMBERED.fullmatch(ref))]
    return f"CL-{max(numbers, default=0) + 1:03d}"
