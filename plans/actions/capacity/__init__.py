"""What can be done about capacity: writing it down, deciding in somebody's best interests, not agreeing, answering."""

from plans.actions.capacity.decide import InTheirInterest, decide_for
from plans.actions.capacity.disagree import answer_about_capacity, challenge_capacity, may_challenge
from plans.actions.capacity.record import Judged, UnableToJudge, record_capacity

__all__ = [
    "InTheirInterest",
    "Judged",
    "UnableToJudge",
    "answer_about_capacity",
    "challenge_capacity",
    "decide_for",
    "may_challenge",
    "record_capacity",
]
