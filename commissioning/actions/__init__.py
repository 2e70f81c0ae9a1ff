"""What can be done with contracts: draft one, ask for approval, approve it or send it back."""

from commissioning.actions.decide import UnableToApprove, UnableToReturn, approve, return_contract
from commissioning.actions.draft import (
    CommitmentPart,
    ContractTerms,
    ServiceTerms,
    UnableToDraft,
    draft_contract,
)
from commissioning.actions.request import UnableToRequestApproval, request_approval

__all__ = [
    "CommitmentPart",
    "ContractTerms",
    "ServiceTerms",
    "UnableToApprove",
    "UnableToDraft",
    "UnableToRequestApproval",
    "UnableToReturn",
    "approve",
    "draft_contract",
    "request_approval",
    "return_contract",
]
