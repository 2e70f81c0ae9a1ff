"""Sharing one line among the members of a cluster, to the penny. Source: design section 2, data rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from ledger.pennies import odd_penny_order, split_pence


class UnableToShare(Exception):
    """Nobody was a member that day, or a member who should pay has pledged nothing."""


class Pledged(NamedTuple):
    """Pence a member pledged from one stream, counting from a day on (inclusive); below zero: taken back."""

    stream: str
    pence: int
    effective_date: date


@dataclass(frozen=True, kw_only=True)
class Member:
    """A membership as sharing sees it. `left_date` is exclusive; none: still there."""

    id: UUID
    ref: str
    joined_date: date
    left_date: date | None
    pledges: tuple[Pledged, ...]

    def is_active(self, day: date) -> bool:
        """Tell whether they were a member on a day."""
        return self.joined_date <= day and (self.left_date is None or day < self.left_date)

    def pledged_by(self, day: date) -> dict[str, int]:
        """Give what they had pledged by a day and not taken back, in pence by stream; none of nothing."""
        streams: dict[str, int] = {}
        for pledge in self.pledges:
            if pledge.effective_date <= day:
                streams[pledge.stream] = streams.get(pledge.stream, 0) + pledge.pence
        return {stream: pence for stream, pence in streams.items() if pence > 0}


class Share(NamedTuple):
    """What one stream of one member pays of a line, in pence; below zero for a credit. `weight`: the member's."""

    member: Member
    stream: str
    pence: int
    weight: int


def share_line(
    *,
    rule: str,
    amount_pence: int,
    day: date,
    members: Sequence[Member],
    named: Member | None,
    tie: tuple[str, int],
) -> list[Share]:
    """
    Share a line among members and their streams. Shares of nothing are left out.

    `by_use`: the `named` member pays. `equal`: the members active on `day` pay alike. `by_pledge`: they pay in
    proportion to all they had pledged by then. Each member's share is split over their streams in proportion
    to what they had pledged from each, equal remainders in order of stream code. `tie`: invoice number and
    line number, for the odd pennies among members.

    Units: pence.

    :raises UnableToShare: nobody can pay: no member was active, or one with a share has pledged nothing.
    """
    if amount_pence == 0:
        return []
    payers = [named] if rule == "by_use" else [member for member in members if member.is_active(day)]
    paying = [payer for payer in payers if payer is not None]
    weights = [sum(m.pledged_by(day).values()) if rule == "by_pledge" else 1 for m in paying]
    if sum(weights) == 0:
        raise UnableToShare("Nobody who was a member that day can pay for this.")
    parts = split_pence(amount_pence, weights, order=[odd_penny_order(*tie, m.ref) for m in paying])
    shares = []
    for member, weight, part in zip(paying, weights, parts, strict=True):
        shares += _over_streams(member, weight, part, day)
    return shares


def _over_streams(member: Member, weight: int, part: int, day: date) -> list[Share]:
    """Split one member's part over the streams they pledged from."""
    if part == 0:
        return []
    pledged = member.pledged_by(day)
    if sum(pledged.values()) == 0:
        raise UnableToShare(f"{member.ref} has pledged nothing that could pay for this.")
    streams = sorted(pledged)
    pences = split_pence(part, [pledged[stream] for stream in streams], order=streams)
    return [
        Share(member, stream, pence, weight) for stream, pence in zip(streams, pences, strict=True) if pence
    ]
