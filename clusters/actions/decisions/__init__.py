"""What can be done with decisions: open one, vote, read a paper ballot, stop, close, and use what was decided."""

from clusters.actions.decisions.admit import admit_as_decided, open_admission, open_missing_admissions
from clusters.actions.decisions.cast import UnableToVote, cast
from clusters.actions.decisions.close import close_decision, remind_of_decision
from clusters.actions.decisions.open import YES_NO_UNSURE, Answer, UnableToOpen, open_decision
from clusters.actions.decisions.paper import UnableToEnter, enter_paper_ballot
from clusters.actions.decisions.stop import UnableToStop, stop_about, stop_decision, withdraw_option
from clusters.actions.decisions.use import UnableToUse, use_decision

__all__ = [
    "YES_NO_UNSURE",
    "Answer",
    "UnableToEnter",
    "UnableToOpen",
    "UnableToStop",
    "UnableToUse",
    "UnableToVote",
    "admit_as_decided",
    "cast",
    "close_decision",
    "enter_paper_ballot",
    "open_admission",
    "open_decision",
    "open_missing_admissions",
    "remind_of_decision",
    "stop_about",
    "stop_decision",
    "use_decision",
    "withdraw_option",
]
