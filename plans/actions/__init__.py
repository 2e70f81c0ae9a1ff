"""What people do with plans: write them, hand them in, agree them."""

from plans.actions.edits import Clash, Kept, Writing, keep_edits
from plans.actions.plan import (
    NeedInWords,
    UnableToPlan,
    agree_plan,
    draft_plan,
    send_back_plan,
    submit_plan,
)
from plans.actions.reviews import Found, UnableToReview, call_for_review, record_review

__all__ = [
    "Clash",
    "Found",
    "Kept",
    "NeedInWords",
    "UnableToPlan",
    "UnableToReview",
    "Writing",
    "agree_plan",
    "call_for_review",
    "draft_plan",
    "keep_edits",
    "record_review",
    "send_back_plan",
    "submit_plan",
]
