"""Sharing one line among the members of a cluster, to the penny. Source: design section 2, data rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ledger.pennies import odd_penny_order, split_pence

OTHERS_COVER, RESERVE_COVERS = "others_cover", "reserve_covers"


class UnableToShare(Exception):
    """Nobody was a member that day, or a member who should pay has pledged nothing."""


class Pledged(NamedTuple):
    """Pence a member pledged from one stream, counting from a day on (inclusive); below zero: taken back."""

    stream: str
    pence: int
    effective_date: date


class Away(NamedTuple):
    """Days on which a member is away, `end_date` exclusive, and who pays their part then, by their agreement."""

    start_date: date
    end_date: date
    who_pays: str


@dataclass(frozen=True, kw_only=True)
class Member:
    """A membership as sharing sees it. `left_date` is exclusive; none: still there."""

    id: UUID
    ref: str
    joined_date: date
    left_date: date | None
    pledges: tuple[Pledged, ...]
    away: tuple[Away, ...] = ()

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

    def who_pays_on(self, day: date) -> str:
        """Say who pays their part on a day on which they are away; nothing where they are there."""
        return next((away.who_pays for away in self.away if away.start_date <= day < away.end_date), "")


class Share(NamedTuple):
    """What one stream of one member pays of a line, in pence; below zero for a credit. `weight`: the member's."""

    member: Member
    stream: str
    pence: int
    weight: int


class Shared(NamedTuple):
    """Who pays what of a line, and what that was worked out by (kept with the entry)."""

    shares: list[Share]
    basis: dict[str, Any]


class _Reserve(NamedTuple):
    """What the reserve pays for those who are away, in pence, and by which weights it is everybody's."""

    pence: int
    weights: list[int]


def share_line(
    *,
    rule: str,
    amount_pence: int,
    day: date,
    members: Sequence[Member],
    named: Member | None,
    tie: tuple[str, int],
) -> Shared:
    """
    Share a line among members and their streams. Shares of nothing are left out.

    `by_use`: the `named` member pays. `equal`: the members active on `day` pay alike. `by_pledge`: they pay in
    proportion to all they had pledged by then. Each member's share is split over their streams in proportion
    to what they had pledged from each, equal remainders in order of stream code. `tie`: invoice number and
    line number, for the odd pennies among members.

    Of those who are away that day, by their agreement: some pay anyway; for some the others cover, so that they do
    not count, unless nobody who could cover is there; for some the reserve covers: their part is everybody's, theirs
    too, in proportion to what each has pledged. Their own visits are theirs all the same.

    Units: pence. Source: care rules, example 13.

    :raises UnableToShare: nobody can pay: no member was active, or one with a share has pledged nothing.
    """
    if amount_pence == 0:
        return Shared([], {"rule": rule, "amount_pence": 0, "weights": {}})
    payers, away = _payers(rule, members, named, day)
    pledged = [_pledged(member, day) for member in payers]
    weights = _without_covered(pledged if rule == "by_pledge" else [1] * len(payers), away)
    if sum(weights) == 0:
        raise UnableToShare("Nobody who was a member that day can pay for this.")
    order = [odd_penny_order(*tie, member.ref) for member in payers]
    parts = split_pence(amount_pence, weights, order=order)
    reserve = _reserve(parts, away, pledged)
    parts = _with_reserve(parts, away, reserve, order)
    shares = [
        share
        for member, weight, part in zip(payers, weights, parts, strict=True)
        for share in _over_streams(member, weight, part, day)
    ]
    basis = {"rule": rule, "amount_pence": amount_pence}
    if any(away):
        return Shared(shares, basis | _basis_away(payers, weights, away, reserve))
    return Shared(shares, basis | {"weights": {share.member.ref: share.weight for share in shares}})


def _payers(
    rule: str, members: Sequence[Member], named: Member | None, day: date
) -> tuple[list[Member], list[str]]:
    """Give whom a line is shared among, and who pays for each of them that is away."""
    if rule == "by_use":
        return ([named] if named is not None else []), [""] * (named is not None)
    payers = [member for member in members if member.is_active(day)]
    return payers, [member.who_pays_on(day) for member in payers]


def _pledged(member: Member, day: date) -> int:
    return sum(member.pledged_by(day).values())


def _without_covered(usual: list[int], away: list[str]) -> list[int]:
    """Take out those whom the others cover; where nobody with a weight is there to cover, nobody is covered."""
    if not any(weight for weight, who in zip(usual, away, strict=True) if not who):
        return usual
    return [0 if who == OTHERS_COVER else weight for weight, who in zip(usual, away, strict=True)]


def _reserve(parts: list[int], away: list[str], pledged: list[int]) -> _Reserve:
    """Add up the parts of those whom the reserve covers. It is everybody's, by what each has pledged."""
    pence = sum(part for part, who in zip(parts, away, strict=True) if who == RESERVE_COVERS)
    if pence and not sum(pledged):
        raise UnableToShare("Nobody has pledged anything that the reserve could pay from.")
    return _Reserve(pence, pledged)


def _with_reserve(parts: list[int], away: list[str], reserve: _Reserve, order: list[str]) -> list[int]:
    """Take the parts that the reserve covers off those who are away, and share them among everybody."""
    if not reserve.pence:
        return parts
    own = [0 if who == RESERVE_COVERS else part for who, part in zip(away, parts, strict=True)]
    covered = split_pence(reserve.pence, reserve.weights, order=order)
    return [one + more for one, more in zip(own, covered, strict=True)]


def _basis_away(
    payers: list[Member], weights: list[int], away: list[str], reserve: _Reserve
) -> dict[str, Any]:
    """Say who was away and who paid for them, with every weight, so that anybody can work it out again."""
    refs = [member.ref for member in payers]
    said: dict[str, Any] = {
        "weights": dict(zip(refs, weights, strict=True)),
        "away": {ref: who for ref, who in zip(refs, away, strict=True) if who},
    }
    if reserve.pence:
        said["reserve"] = {"pence": reserve.pence, "weights": dict(zip(refs, reserve.weights, strict=True))}
    return said


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
