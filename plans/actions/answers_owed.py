"""Not agreeing, whatever it is about: it is written down with the day an answer is owed, and answered once."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from people.models import Council, User
from plans.models import ChallengeOutcome, Disagreement
from plans.queries.assessment import answer_owed_by

UPHELD = (ChallengeOutcome.UPHELD, ChallengeOutcome.PARTLY)


class UnableToChallenge(Exception):
    """There is nothing to challenge or answer here, or somebody else has to."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The answer to a challenge: whether they are right, and the reasons, which they read."""

    outcome: ChallengeOutcome
    words: str

    @property
    def is_upheld(self) -> bool:
        """Whether they were right, at least partly."""
        return self.outcome in UPHELD


def said(*, council: Council, words: str, by: str, on: date, at: datetime) -> dict[str, Any]:
    """
    Give what a challenge says of itself, fit to be written down.

    :raises UnableToChallenge: it says nothing.
    """
    if not words.strip():
        raise UnableToChallenge(_("Say in your own words what you do not agree with."))
    due_date = answer_owed_by(council=council, on=on)
    return {"words": words.strip(), "made_at": at, "made_by": by, "due_date": due_date}


def check_open(challenge: Disagreement, answer: Answered) -> None:
    """
    See that a challenge waits for its answer, and that the answer gives reasons.

    :raises UnableToChallenge: it does not.
    """
    if challenge.answered_at is not None:
        raise UnableToChallenge(_("It is answered already. An answer stays as it was given."))
    if not answer.words.strip():
        raise UnableToChallenge(_("Give your reasons. The person reads them."))


def write_answer(challenge: Disagreement, answer: Answered, *, by: User, at: datetime) -> None:
    """Write an answer into a challenge that is locked and open, with whatever else was set in it."""
    challenge.outcome, challenge.answer = answer.outcome, answer.words.strip()
    challenge.answered_at, challenge.answered_by = at, by
    challenge.save()
