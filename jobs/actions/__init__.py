"""What can be done with work: ask for it, do it, ring for it again, try again what could not be done."""

from jobs.actions.ask import ask_for
from jobs.actions.retry import UnableToTryAgain, try_again
from jobs.actions.sweep import sweep
from jobs.actions.work import UnableToWork, work
from jobs.actions.work_off import work_off

__all__ = ["UnableToTryAgain", "UnableToWork", "ask_for", "sweep", "try_again", "work", "work_off"]
