"""The nouns of clusters: the cluster, its agreement, its members, their pledges, and what they decide."""

from clusters.models.absence import Absence, AbsenceQuerySet, AwayCause
from clusters.models.agreement import Agreement, SharingRule, SharingTerm, Signature, WhenAway
from clusters.models.asked_again import AskedAgain
from clusters.models.ballot import ENTERED_BY_TWO, Ballot, BallotChannel, PaperBallot, PaperBallotState
from clusters.models.cluster import Cluster, ClusterEvent, ClusterPolicy, ClusterQuerySet, ClusterState
from clusters.models.decision import (
    ABOUT_MONEY,
    CountsAs,
    Decision,
    DecisionKind,
    DecisionQuerySet,
    DecisionState,
    DecisionUse,
    Method,
    Option,
    RollEntry,
)
from clusters.models.draft import AgreementDraft
from clusters.models.hearing import Hearing
from clusters.models.invitation import Invitation
from clusters.models.membership import (
    IN_THE_POOL,
    Membership,
    MembershipEvent,
    MembershipQuerySet,
    MembershipState,
)
from clusters.models.pledge import PlanAgreement, Pledge, PledgeReturn, ProposedPledge, ReturnReason

__all__ = [
    "ABOUT_MONEY",
    "ENTERED_BY_TWO",
    "IN_THE_POOL",
    "Absence",
    "AbsenceQuerySet",
    "Agreement",
    "AgreementDraft",
    "AskedAgain",
    "AwayCause",
    "Ballot",
    "BallotChannel",
    "Cluster",
    "ClusterEvent",
    "ClusterPolicy",
    "ClusterQuerySet",
    "ClusterState",
    "CountsAs",
    "Decision",
    "DecisionKind",
    "DecisionQuerySet",
    "DecisionState",
    "DecisionUse",
    "Hearing",
    "Invitation",
    "Membership",
    "MembershipEvent",
    "MembershipQuerySet",
    "MembershipState",
    "Method",
    "Option",
    "PaperBallot",
    "PaperBallotState",
    "PlanAgreement",
    "Pledge",
    "PledgeReturn",
    "ProposedPledge",
    "ReturnReason",
    "RollEntry",
    "SharingRule",
    "SharingTerm",
    "Signature",
    "WhenAway",
]
