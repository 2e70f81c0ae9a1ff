"""What can be done with calls and offers: call, offer, take either back, choose, and say that nothing suits."""

from commissioning.actions.calls.call import (
    CallTerms,
    UnableToCall,
    UnableToTakeCallBack,
    call_for_offers,
    take_call_back,
)
from commissioning.actions.calls.choose import UnableToPut, put_to_decision
from commissioning.actions.calls.offer import OfferTerms, Step, UnableToOffer, make_offer
from commissioning.actions.calls.review import UnableToReview, review_provider
from commissioning.actions.calls.settle import settle_call
from commissioning.actions.calls.take_back import UnableToTakeOfferBack, take_offer_back
from commissioning.actions.calls.unmet import UnableToRecord, record_unmet, say_none_suits

__all__ = [
    "CallTerms",
    "OfferTerms",
    "Step",
    "UnableToCall",
    "UnableToOffer",
    "UnableToPut",
    "UnableToRecord",
    "UnableToReview",
    "UnableToTakeCallBack",
    "UnableToTakeOfferBack",
    "call_for_offers",
    "make_offer",
    "put_to_decision",
    "record_unmet",
    "review_provider",
    "say_none_suits",
    "settle_call",
    "take_call_back",
    "take_offer_back",
]
