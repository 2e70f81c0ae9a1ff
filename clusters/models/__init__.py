"""The nouns of clusters: the cluster, its agreement, its members, and what each of them pledges."""

from clusters.models.agreement import Agreement, SharingRule, SharingTerm, Signature
from clusters.models.cluster import Cluster, ClusterEvent, ClusterPolicy, ClusterQuerySet, ClusterState
from clusters.models.membership import (
    IN_THE_POOL,
    Membership,
    MembershipEvent,
    MembershipQuerySet,
    MembershipState,
)
from clusters.models.pledge import PlanAgreement, Pledge, ProposedPledge

__all__ = [
    "IN_THE_POOL",
    "Agreement",
    "Cluster",
    "ClusterEvent",
    "ClusterPolicy",
    "ClusterQuerySet",
    "ClusterState",
    "Membership",
    "MembershipEvent",
    "MembershipQuerySet",
    "MembershipState",
    "PlanAgreement",
    "Pledge",
    "ProposedPledge",
    "SharingRule",
    "SharingTerm",
    "Signature",
]
