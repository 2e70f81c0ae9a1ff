"""The pooling agreement: writing a version, and signing it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max

from clusters.actions.steps import locked_cluster, locked_membership, move_cluster
from clusters.models import (
    Agreement,
    Cluster,
    ClusterState,
    Membership,
    MembershipState,
    SharingRule,
    SharingTerm,
    Signature,
)
from clusters.queries import size_on
from people.models import Scope, User
from people.queries import may_act_for, speaks_for, works_for

MAY_SIGN = (
    MembershipState.MEMBERS_AGREED,
    MembershipState.PLAN_AGREED,
    MembershipState.ACTIVE,
    MembershipState.ON_NOTICE,
)


class UnableToSign(Exception):
    """The agreement cannot be written or signed by this person now."""


@transaction.atomic
def write_agreement(
    *, cluster: Cluster, words: str, sharing: Mapping[str, SharingRule], by: User
) -> Agreement:
    """
    Write the next version of a cluster's agreement: its words, and how each service (by code) is shared.

    It binds nobody until its founders have signed; from then on PostgreSQL refuses to change it.

    :raises UnableToSign: `by` is neither a member nor of the council, or no service is shared.
    """
    cluster = locked_cluster(cluster)
    people = [membership.person for membership in _signers(cluster)]
    if not works_for(by, cluster.council) and not any(speaks_for(by, person) for person in people):
        raise UnableToSign("Only members of the cluster can write its agreement.")
    if not sharing:
        raise UnableToSign("Say for at least one service how its cost is shared.")
    last = cluster.agreements.aggregate(last=Max("version"))["last"] or 0
    agreement = Agreement.objects.create(cluster=cluster, version=last + 1, words=words)
    SharingTerm.objects.bulk_create(
        SharingTerm(agreement=agreement, service_code=code, rule=rule)
        for code, rule in sorted(sharing.items())
    )
    return agreement


@transaction.atomic
def sign_agreement(*, agreement: Agreement, membership: Membership, by: User, on: date) -> Signature:
    """
    Sign an agreement for one member. With enough signatures it binds, and a forming cluster is agreed.

    Signing twice is the first signature again. How many are enough is the council's policy.

    :raises UnableToSign: the membership is of another cluster or not that far, or `by` may not act for the member.
    """
    cluster = locked_cluster(agreement.cluster)
    membership = locked_membership(membership)
    if membership.cluster_id != cluster.pk or membership.state not in MAY_SIGN:
        raise UnableToSign("Only members of this cluster can sign its agreement. Ask to join first.")
    if not may_act_for(by, membership.person, scope=Scope.AGREE, on=on):
        raise UnableToSign("Only the member, or their lead professional for them, can sign.")
    signature, _ = Signature.objects.get_or_create(
        agreement=agreement, membership=membership, defaults={"signed_date": on, "signed_by": by.label}
    )
    least = size_on(council=cluster.council, on=on).least_members
    if agreement.signed_date is None and agreement.signatures.count() >= least:
        agreement.signed_date = on
        agreement.save(update_fields=["signed_date"])
        if cluster.state == ClusterState.FORMING:
            reason = f"{least} founders signed version {agreement.version} of the agreement"
            move_cluster(cluster, to=ClusterState.AGREED, reason=reason, by=by.label)
    return signature


def _signers(cluster: Cluster) -> list[Membership]:
    """Give the memberships that may sign, with their people."""
    return list(cluster.memberships.filter(state__in=MAY_SIGN).select_related("person"))
