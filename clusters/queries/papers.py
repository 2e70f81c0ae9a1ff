"""Ballots that staff enter: how far each member's is, without what anybody read."""

from dataclasses import dataclass

from clusters.models import Ballot, Decision, PaperBallot, PaperBallotState, RollEntry
from people.models import User


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """One member on the roll: whether they have voted by any way, and how far their newest ballot by staff is."""

    entry: RollEntry
    has_voted: bool
    paper: PaperBallot | None
    is_mine: bool

    @property
    def words(self) -> str:
        """Say it in a few words."""
        if self.paper is None or self.paper.state == PaperBallotState.AGREED:
            return "Has voted" if self.has_voted else "Has not voted yet"
        if self.paper.state == PaperBallotState.DIFFERS:
            return "Read differently: enter it anew, both of you"
        return "You have read it; a colleague is next" if self.is_mine else "Waits for a second person"

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        if self.paper is not None and self.paper.state == PaperBallotState.DIFFERS:
            return "red"
        if self.paper is not None and self.paper.state == PaperBallotState.WAITING:
            return "yellow"
        return "green" if self.has_voted else "grey"

    @property
    def can_enter(self) -> bool:
        """Whether this reader is who enters next: never twice the same reading."""
        waits = self.paper is not None and self.paper.state == PaperBallotState.WAITING
        return not (waits and self.is_mine)


def papers_of(*, decision: Decision, reader: User) -> list[PaperRow]:
    """Give the members on the roll by name, with how far the ballots entered for them are; three queries."""
    voted = set(Ballot.objects.filter(entry__decision=decision).values_list("entry", flat=True))
    newest = PaperBallot.objects.filter(entry__decision=decision).order_by("entry", "-entered_at", "-pk")
    papers = {paper.entry_id: paper for paper in newest.distinct("entry")}
    roll = decision.roll.select_related("membership__person").order_by("membership__person__name")
    return [
        PaperRow(
            entry=entry,
            has_voted=entry.pk in voted,
            paper=papers.get(entry.pk),
            is_mine=entry.pk in papers and papers[entry.pk].entered_by_id == reader.pk,
        )
        for entry in roll
    ]
