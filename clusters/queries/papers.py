"""Ballots that staff enter: how far each member's is, without what anybody read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from clusters.models import Ballot, Decision, PaperBallot, PaperBallotState, RollEntry
from clusters.models.decision import DecisionQuerySet
from commonpurse.asked_often import AskedOften
from people.models import Role, RoleKind, User

MOST_VOTES = 50


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
            return _("Has voted") if self.has_voted else _("Has not voted yet")
        if self.paper.state == PaperBallotState.DIFFERS:
            return _("Read differently: enter it anew, both of you")
        return _("You have read it; a colleague is next") if self.is_mine else _("Waits for a second person")

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


def votes_to_enter(*, reader: User, kinds: Collection[RoleKind], at: datetime) -> list[Decision]:
    """
    Give the votes still open that this reader may have ballots for, the next to close first; at most fifty; one query.

    Those on whose roll somebody stands whom they lead, and those where a colleague's reading waits for a second.
    `kinds`: the roles that may enter ballots.
    """
    return TO_ENTER(reader=reader.pk, kinds=list(kinds), at=at)


def _to_enter(reader: UUID, kinds: Collection[str], at: datetime) -> DecisionQuerySet:
    councils = Role.objects.filter(user=reader, kind__in=kinds).values("council")
    roll = RollEntry.objects.filter(decision=OuterRef("pk"))
    waiting = PaperBallot.objects.filter(entry__decision=OuterRef("pk"), state=PaperBallotState.WAITING)
    is_theirs = Exists(roll.filter(membership__person__lead_professional=reader))
    is_second = Exists(waiting.exclude(entered_by=reader))
    open_now = Decision.objects.open().filter(cluster__council__in=councils, closes_at__gt=at)
    votes = open_now.filter(is_theirs | is_second).select_related("cluster").order_by("closes_at", "pk")
    return votes[:MOST_VOTES]


TO_ENTER = AskedOften(_to_enter, reader="uuid", kinds="text[]", at="timestamptz")
