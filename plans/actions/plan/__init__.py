"""What people do with plans: begin and write them, hand them in, agree them, send them back, give them."""

from plans.actions.plan.decide import agree_plan, put_to_panel, send_back_plan
from plans.actions.plan.draft import NeedInWords, begin_version, draft_plan
from plans.actions.plan.give import give_plan
from plans.actions.plan.hand_in import hand_in_plan, submit_plan
from plans.actions.plan.own import OwnWritten, add_own_need, write_own_words
from plans.actions.plan.pdf import ask_for_plan_pdf, make_plan_pdf
from plans.actions.plan.steps import UnableToPlan
from plans.actions.plan.write import (
    add_need,
    may_write,
    need_as_words,
    put_back_need,
    take_out_need,
    write_needs,
    write_plan,
)

__all__ = [
    "NeedInWords",
    "OwnWritten",
    "UnableToPlan",
    "add_need",
    "add_own_need",
    "agree_plan",
    "ask_for_plan_pdf",
    "begin_version",
    "draft_plan",
    "give_plan",
    "hand_in_plan",
    "make_plan_pdf",
    "may_write",
    "need_as_words",
    "put_back_need",
    "put_to_panel",
    "send_back_plan",
    "submit_plan",
    "take_out_need",
    "write_needs",
    "write_own_words",
    "write_plan",
]
