"""The nouns of commissioning: calls, offers, contracts, what members commit, and who approved."""

from commissioning.models.approval import Approval, ApprovalQuerySet, ApprovalState
from commissioning.models.call import (
    Call,
    CallQuerySet,
    CallState,
    Offer,
    OfferQuerySet,
    OfferState,
    OfferStep,
    UnmetDemand,
)
from commissioning.models.contract import (
    Commitment,
    Contract,
    ContractEnd,
    ContractQuerySet,
    ContractService,
    ContractState,
)
from commissioning.models.review import ProviderReview

__all__ = [
    "Approval",
    "ApprovalQuerySet",
    "ApprovalState",
    "Call",
    "CallQuerySet",
    "CallState",
    "Commitment",
    "Contract",
    "ContractEnd",
    "ContractQuerySet",
    "ContractService",
    "ContractState",
    "Offer",
    "OfferQuerySet",
    "OfferState",
    "OfferStep",
    "ProviderReview",
    "UnmetDemand",
]
