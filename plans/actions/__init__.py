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

__all__ = [
    "Clash",
    "Kept",
    "NeedInWords",
    "UnableToPlan",
    "Writing",
    "agree_plan",
    "draft_plan",
    "keep_edits",
    "send_back_plan",
    "submit_plan",
]
