"""
Counting a decision. Pure: no Django, whole numbers only.

Source: design section 4 ("Decisions bind money"). Never a fraction: "half have voted" is `cast x 2 >= roll x 1`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

LEAST_YES = 2
# A secret vote of fewer people than this would tell who voted how; only its outcome is shown.
SMALLEST_GROUP_SHOWN = 5

YES, NO, UNSURE, OPTION = "yes", "no", "unsure", "option"  # what a choice counts as
CONSENT, MAJORITY, TWO_THIRDS = "consent", "majority", "two_thirds"
UNANIMITY, APPROVAL = "unanimity", "approval"


class Why(StrEnum):
    """Why a decision came out as it did: the first of these that applies."""

    TOO_FEW_VOTED = "too_few_voted"
    OBJECTION = "objection"
    NOT_EVERY_PAYER = "not_every_payer"
    TIE = "tie"
    NOT_ENOUGH_YES = "not_enough_yes"
    PASSED = "passed"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of the answers: what it counts as, and whether it was taken back and so cannot win."""

    id: UUID
    counts_as: str
    is_withdrawn: bool = False


@dataclass(frozen=True, kw_only=True)
class Voter:
    """
    Somebody on the roll, with the ballot that counts for them; no choices: they have not voted.

    `is_payer`: they had money in the pool when it opened. `is_gone`: they have left since, or are leaving.
    """

    choices: frozenset[UUID] = frozenset()
    has_reason: bool = False
    is_payer: bool = False
    is_gone: bool = False


@dataclass(frozen=True, kw_only=True)
class Question:
    """How to count: the method, the quorum as whole numbers, and whether those who left still count."""

    method: str
    choices: Sequence[Choice]
    quorum_votes: int = 1
    quorum_of: int = 2
    is_about_money: bool = False


@dataclass(frozen=True, kw_only=True)
class Count:
    """
    What was counted, and what came of it.

    `cast` of `roll` voted (ballots that count). `for_choice`: how many chose each. `objections`: those who said no
    with a reason. `winner`: the choice that won; none where it did not pass.
    """

    roll: int
    cast: int
    for_choice: dict[UUID, int]
    yes: int
    no: int
    unsure: int
    objections: int
    winner: UUID | None
    why: Why

    @property
    def has_passed(self) -> bool:
        """Whether it passed."""
        return self.winner is not None


def least_yes(roll: int) -> int:
    """Say how many must say yes: two, so that nobody binds the others alone; who is the only one decides alone."""
    return min(LEAST_YES, roll)


def is_quorate(*, cast: int, roll: int, quorum_votes: int, quorum_of: int) -> bool:
    """Tell whether enough have voted: at least `quorum_votes` in every `quorum_of` of the roll, in integers."""
    return cast > 0 and cast * quorum_of >= roll * quorum_votes


def may_show_counts(*, is_secret: bool, roll: int) -> bool:
    """Tell whether figures may be shown without telling who voted how."""
    return not is_secret or roll >= SMALLEST_GROUP_SHOWN


def count_votes(question: Question, voters: Sequence[Voter]) -> Count:
    """
    Count a decision.

    The ballot of somebody who is gone is void where it is about money; the roll stays as it was. A decision passes
    when enough have voted, at least two chose what wins (on a roll of one: that one), more chose it than chose
    against it, and its method agrees:

    - consent: nobody said no with a reason;
    - majority: more yes than no;
    - two thirds: three times the yes is at least twice all yes and no;
    - unanimity: every payer still there said yes (where nobody pays, everybody still there);
    - approval: one choice has more approvals than any other that still stands.

    "Not sure" counts as having voted, and for nothing else. What was withdrawn cannot win and ties with nothing.
    """
    counting = [_void(voter, question) for voter in voters]
    for_choice = Counter(choice for voter in counting for choice in voter.choices)
    kinds = {choice.id: choice.counts_as for choice in question.choices}
    tally = Counter(kinds[chosen] for voter in counting for chosen in voter.choices)
    winner, why = _outcome(question, counting, for_choice)
    return Count(
        roll=len(voters),
        cast=sum(bool(voter.choices) for voter in counting),
        for_choice={choice.id: for_choice[choice.id] for choice in question.choices},
        yes=tally[YES],
        no=tally[NO],
        unsure=tally[UNSURE],
        objections=sum(voter.has_reason and _chose(voter, question, NO) for voter in counting),
        winner=winner if why == Why.PASSED else None,
        why=why,
    )


def _void(voter: Voter, question: Question) -> Voter:
    """Give the voter as they count: without a ballot where they are gone and it is about money."""
    if voter.is_gone and question.is_about_money:
        return Voter(is_payer=voter.is_payer, is_gone=True)
    return voter


def _outcome(
    question: Question, voters: Sequence[Voter], for_choice: Counter[UUID]
) -> tuple[UUID | None, Why]:
    """Give what leads, and why it passes or does not."""
    cast = sum(bool(voter.choices) for voter in voters)
    if not is_quorate(
        cast=cast, roll=len(voters), quorum_votes=question.quorum_votes, quorum_of=question.quorum_of
    ):
        return None, Why.TOO_FEW_VOTED
    leader, against = _leader(question, for_choice)
    ayes = for_choice[leader] if leader else 0
    stopped_by = _what_stops(question, voters, ayes=ayes, against=against)
    return leader, stopped_by or (Why.PASSED if ayes >= least_yes(len(voters)) else Why.NOT_ENOUGH_YES)


def _leader(question: Question, for_choice: Counter[UUID]) -> tuple[UUID | None, int]:
    """Give the choice that could win and how many stand against it: the noes, or the next best choice."""
    standing = [choice for choice in question.choices if not choice.is_withdrawn]
    could_win = [choice.id for choice in standing if choice.counts_as in (YES, OPTION)]
    if not could_win:
        return None, 0
    leader = max(could_win, key=lambda choice: for_choice[choice])
    rivals = [choice.id for choice in standing if choice.counts_as != UNSURE and choice.id != leader]
    return leader, max((for_choice[rival] for rival in rivals), default=0)


def _what_stops(question: Question, voters: Sequence[Voter], *, ayes: int, against: int) -> Why | None:
    """Say what keeps it from passing by its method, or that it is a tie; nothing if neither does."""
    if question.method == CONSENT and any(v.has_reason and _chose(v, question, NO) for v in voters):
        return Why.OBJECTION
    if question.method == UNANIMITY and not _all_payers_agree(question, voters):
        return Why.NOT_EVERY_PAYER
    if question.method == TWO_THIRDS and 3 * ayes < 2 * (ayes + against):
        return Why.NOT_ENOUGH_YES
    if ayes == against:
        return Why.TIE if ayes else Why.NOT_ENOUGH_YES
    return Why.NOT_ENOUGH_YES if ayes < against else None


def _all_payers_agree(question: Question, voters: Sequence[Voter]) -> bool:
    """Tell whether all who pay and are still there said yes; where nobody pays, all who are still there."""
    present = [voter for voter in voters if not voter.is_gone]
    payers = [voter for voter in present if voter.is_payer] or present
    return bool(payers) and all(_chose(voter, question, YES) for voter in payers)


def _chose(voter: Voter, question: Question, counts_as: str) -> bool:
    return any(choice.id in voter.choices for choice in question.choices if choice.counts_as == counts_as)
