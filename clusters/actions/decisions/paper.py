"""Ballots on paper, by phone or from a meeting: two members of staff enter them, each without the other's reading."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from clusters.actions.decisions.cast import (
    LONGEST_REASON,
    UnableToVote,
    check_choice,
    entry_to_vote,
    keep_ballot,
)
from clusters.actions.decisions.steps import locked_decision
from clusters.models import (
    ENTERED_BY_TWO,
    Ballot,
    BallotChannel,
    Decision,
    PaperBallot,
    PaperBallotState,
    RollEntry,
)
from people.models import RoleKind, User

MAY_ENTER = (RoleKind.SOCIAL_WORKER, RoleKind.ADMINISTRATOR)


class UnableToEnter(Exception):
    """It is not theirs to enter, they have entered it already, or the answer cannot be counted."""


@transaction.atomic
def enter_paper_ballot(
    *,
    entry: RollEntry,
    options: Collection[UUID],
    channel: BallotChannel,
    by: User,
    at: datetime,
    reason: str = "",
    support: str = "",
) -> PaperBallot:
    """
    Enter what a member answered on paper, by phone or at a meeting: the first reading, or the second.

    A second reading that says the same makes it count, and the member is told. One that differs counts for nothing:
    the paper is then read anew by two. The same reading sent twice is the first again.

    :raises UnableToEnter: see the class; or it concerns an employer of one of the two.
    """
    decision = locked_decision(entry.decision)
    if not by.has_role(*MAY_ENTER, council_id=decision.cluster.council_id):
        raise UnableToEnter(_("Only social workers and administrators of this council enter ballots."))
    if channel not in ENTERED_BY_TWO:
        raise UnableToEnter(_("Say whether it came on paper, by phone or at a meeting."))
    try:
        entry = entry_to_vote(decision, person=entry.membership.person, at=at)
        reading = PaperBallot(
            entry=entry,
            option_ids=check_choice(decision, options),
            reason=reason.strip()[:LONGEST_REASON],
            channel=channel,
            support=support.strip(),
            entered_by=by,
            entered_at=at,
        )
        return _read(reading, decision)
    except UnableToVote as refusal:
        raise UnableToEnter(str(refusal)) from refusal


def _read(reading: PaperBallot, decision: Decision) -> PaperBallot:
    """Keep a first reading, or put a second beside the first that waits."""
    first = reading.entry.paper_ballots.filter(state=PaperBallotState.WAITING).first()
    if first is None:
        reading.save(force_insert=True)
        return reading
    if first.entered_by_id == reading.entered_by_id:
        if _says(first) == _says(reading):
            return first
        raise UnableToEnter(
            _("You have read this one. A colleague enters it now, without asking you what it says.")
        )
    is_same = _says(first) == _says(reading)
    first.state = PaperBallotState.AGREED if is_same else PaperBallotState.DIFFERS
    first.second_by, first.second_at = reading.entered_by, reading.entered_at
    first.save(update_fields=["state", "second_by", "second_at"])
    if is_same:
        _count(first, decision)
    return first


def _says(reading: PaperBallot) -> tuple[list[UUID], str, bool]:
    """Give what two readings have to agree on: the answer, how it came, and whether a reason was given."""
    return reading.option_ids, reading.channel, bool(reading.reason)


def _count(paper: PaperBallot, decision: Decision) -> Ballot:
    """Make a ballot of a paper that two have read alike."""
    assert paper.second_by is not None
    assert paper.second_at is not None
    return keep_ballot(
        Ballot(
            entry=paper.entry,
            option_ids=paper.option_ids,
            reason=paper.reason,
            cast_at=paper.second_at,
            cast_by=paper.entered_by,
            confirmed_by=paper.second_by,
            acted_by=paper.entered_by.label,
            channel=paper.channel,
            support=paper.support,
        ),
        decision,
    )
