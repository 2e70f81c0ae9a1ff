"""Bringing money home: from contracts back to a member's share of the pool, and from there to their budgets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from budgets.models import FundingStream
from clusters.actions import Returned, note_returns
from clusters.models import Membership, ReturnReason
from commissioning.rules.exit import StreamExit
from ledger.actions import AccountName, Draft, Move, post_many
from ledger.models import AccountKind


@dataclass(frozen=True, kw_only=True)
class Trip:
    """One way home for money: the keys of its two entries, why, in which words, on which day, when and by whom."""

    release_key: str
    return_key: str
    reason: ReturnReason
    words: str
    on: date
    at: datetime
    by: str


def bring_home(membership: Membership, streams: Sequence[StreamExit], trip: Trip) -> None:
    """
    Post what is released from contracts, then what goes back to budgets, and write the returns down.

    The money is locked by whoever calls this, since `streams` was worked out. Nothing to move moves nothing.
    """
    drafts = [
        draft
        for draft in (_release(membership, streams, trip), _return(membership, streams, trip))
        if draft.moves
    ]
    posted = post_many(book_id=membership.cluster.council.book_id, drafts=drafts, by=trip.by)
    if not any(stream.returned for stream in streams):
        return
    named = {s.code: s for s in FundingStream.objects.filter(council=membership.cluster.council_id)}
    parts = [
        (named[stream.stream_code], budget, pence)
        for stream in streams
        for budget, pence in stream.returned.items()
    ]
    returned = Returned(entry_id=posted[-1].entry_id, reason=trip.reason, on=trip.on, at=trip.at, by=trip.by)
    note_returns(membership, parts, returned)


def _release(membership: Membership, streams: Sequence[StreamExit], trip: Trip) -> Draft:
    """Write down what comes back from contracts to the share; `basis` says what waits, by contract."""
    moves = [
        (_committed(membership, stream.stream_code, contract), _share(membership, stream.stream_code), pence)
        for stream in streams
        for contract, pence in stream.released.items()
    ]
    held = {
        f"{contract}:{stream.stream_code}": pence
        for stream in streams
        for contract, pence in stream.held.items()
    }
    return _draft(
        membership, trip, kind="release", key=trip.release_key, moves=moves, basis={"held_pence": held}
    )


def _return(membership: Membership, streams: Sequence[StreamExit], trip: Trip) -> Draft:
    """Write down what goes from the share to the budgets it came from."""
    moves = [
        (_share(membership, s.stream_code), AccountName(AccountKind.BUDGET, budget, s.stream_code), pence)
        for s in streams
        for budget, pence in s.returned.items()
    ]
    return _draft(membership, trip, kind="return", key=trip.return_key, moves=moves, basis={})


def _draft(
    membership: Membership,
    trip: Trip,
    *,
    kind: str,
    key: str,
    moves: Sequence[tuple[AccountName, AccountName, int]],
    basis: Mapping[str, object],
) -> Draft:
    book_id = membership.cluster.council.book_id
    return Draft(
        key=key,
        kind=kind,
        effective_date=trip.on,
        reason=trip.words,
        basis=dict(basis),
        moves=[Move(source.id_in(book_id), target.id_in(book_id), pence) for source, target, pence in moves],
    )


def _share(membership: Membership, stream: str) -> AccountName:
    return AccountName(AccountKind.POOL_SHARE, membership.pk, stream)


def _committed(membership: Membership, stream: str, contract: UUID) -> AccountName:
    return AccountName(AccountKind.COMMITTED, membership.pk, stream, contract)
