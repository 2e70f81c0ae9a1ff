"""Founding a cluster."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clusters.actions.steps import begin_cluster, begin_membership, next_ref
from clusters.models import Cluster, ClusterState, Membership, MembershipState
from people.models import Council, Person, Scope, User
from people.queries import may_act_for, works_for


class UnableToFound(Exception):
    """The reference is taken, or a founder is not of this council or did not ask."""


@transaction.atomic
def found_cluster(
    *,
    council: Council,
    ref: str,
    name: str,
    founders: Sequence[Person],
    by: User,
    at: datetime,
    purpose: str = "",
    area: str = "",
    in_common: str = "",
) -> Cluster:
    """
    Begin a cluster. It is forming until its founders have signed an agreement.

    The founders are members as soon as their professional agrees; nobody has to agree to them. `by` is one of
    them, or somebody who works for the council and writes down what they asked for.

    :raises UnableToFound: see the class.
    """
    if Cluster.objects.filter(council=council, ref=ref).exists():
        raise UnableToFound(f"There is a cluster with the reference {ref} already. Choose another.")
    if not founders:
        raise UnableToFound("A cluster begins with at least one person. Say who founds it.")
    if any(person.council_id != council.pk for person in founders):
        raise UnableToFound("A founder belongs to another council. Clusters are made within one council.")
    if not works_for(by, council) and not any(
        may_act_for(by, person, scope=Scope.AGREE, on=timezone.localdate(at)) for person in founders
    ):
        raise UnableToFound("Only the people who found a cluster, or their council for them, can begin it.")
    cluster = Cluster.objects.create(
        council=council,
        ref=ref,
        name=name,
        purpose=purpose,
        area=area,
        in_common=in_common,
        state=ClusterState.FORMING,
    )
    begin_cluster(cluster, reason="Founded", by=by.label, at=at)
    for person in founders:
        membership = Membership.objects.create(
            cluster=cluster,
            person=person,
            ref=next_ref(cluster),
            state=MembershipState.MEMBERS_AGREED,
            asked_at=at,
        )
        begin_membership(membership, reason="Founder", by=by.label, at=at)
    return cluster
