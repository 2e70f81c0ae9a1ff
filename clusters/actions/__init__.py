"""What can be done in a cluster: found it, sign its agreement, join it, and put money in."""

from clusters.actions.agreement import UnableToSign, sign_agreement, write_agreement
from clusters.actions.found import UnableToFound, found_cluster
from clusters.actions.join import UnableToJoin, activate, ask_to_join, members_agree, members_decline
from clusters.actions.plan import UnableToAgreePlan, agree_plan, decline_plan
from clusters.actions.pledge import UnableToPledge, pledge

__all__ = [
    "UnableToAgreePlan",
    "UnableToFound",
    "UnableToJoin",
    "UnableToPledge",
    "UnableToSign",
    "activate",
    "agree_plan",
    "ask_to_join",
    "decline_plan",
    "found_cluster",
    "members_agree",
    "members_decline",
    "pledge",
    "sign_agreement",
    "write_agreement",
]
