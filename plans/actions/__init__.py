"""What people do with plans: write them, hand them in, agree them."""

from plans.actions.plan import (
    NeedInWords,
    UnableToPlan,
    agree_plan,
    draft_plan,
    send_back_plan,
    submit_plan,
)

__all__ = ["NeedInWords", "UnableToPlan", "agree_plan", "draft_plan", "send_back_plan", "submit_plan"]
