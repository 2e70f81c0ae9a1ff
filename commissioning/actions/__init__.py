"""What can be done with contracts: draft one, as decided or by hand; approve it or send it back; change it, end it."""

from commissioning.actions.act import act_on_decision
from commissioning.actions.choose import contract_as_chosen
from commissioning.actions.decide import UnableToApprove, UnableToReturn, approve, return_contract
from commissioning.actions.draft import (
    CommitmentPart,
    ContractTerms,
    ServiceTerms,
    UnableToDraft,
    draft_contract,
)
from commissioning.actions.end import UnableToEnd, end_as_decided, end_early, first_end_date
from commissioning.actions.request import UnableToRequestApproval, request_approval
from commissioning.actions.vary import Change, UnableToVary, draft_variation, put_variation_forward

__all__ = [
    "Change",
    "CommitmentPart",
    "ContractTerms",
    "ServiceTerms",
    "UnableToApprove",
    "UnableToDraft",
    "UnableToEnd",
    "UnableToRequestApproval",
    "UnableToReturn",
    "UnableToVary",
    "act_on_decision",
    "approve",
    "contract_as_chosen",
    "draft_contract",
    "draft_variation",
    "end_as_decided",
    "end_early",
    "first_end_date",
    "put_variation_forward",
    "request_approval",
    "return_contract",
]
