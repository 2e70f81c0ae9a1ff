"""Giving money back from a member's share to the budgets it came from, while they stay a member."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from budgets.models import FundingStream
from clusters.models import Membership, PledgeReturn, ReturnReason
from clusters.queries.home import budgets_behind
from clusters.rules.home import home
from ledger.actions import AccountName, Draft, Move, post
from ledger.models import AccountKind


@dataclass(frozen=True, kw_only=True)
class Returned:
    """One entry that gave money back: why, on which day, when and by whom."""

    entry_id: UUID
    reason: ReturnReason
    on: date
    at: datetime
    by: str


def give_back(
    membership: Membership,
    amounts: Mapping[FundingStream, int],
    *,
    key: str,
    reason: ReturnReason,
    by: str,
    at: datetime,
) -> list[PledgeReturn]:
    """
    Move so much of each stream from a member's share to the budgets it came from, the newest first, in one entry.

    Units: pence above zero. The same `key` and amounts again are what stands already. The membership is locked by
    whoever calls this.

    :raises UnableToPost: less than that is free, or the key stands for something else.
    """
    book_id, on = membership.cluster.council.book_id, timezone.localdate(at)
    stands = PledgeReturn.objects.filter(membership=membership, entry__key=key).order_by("stream__code", "pk")
    if stands.exists():
        return list(stands)
    parts: list[tuple[FundingStream, UUID, int]] = []
    behind = budgets_behind(membership=membership)
    for stream, pence in amounts.items():
        parts += [(stream, budget, part) for budget, part in home(pence, behind.get(stream.code, [])).items()]
    draft = Draft(
        key=key,
        kind="return",
        effective_date=on,
        reason=str(reason.label),
        moves=[
            Move(
                AccountName(AccountKind.POOL_SHARE, membership.pk, stream.code).id_in(book_id),
                AccountName(AccountKind.BUDGET, budget, stream.code).id_in(book_id),
                part,
            )
            for stream, budget, part in parts
        ],
    )
    posted = post(book_id=book_id, draft=draft, by=by)
    returned = Returned(entry_id=posted.entry_id, reason=reason, on=on, at=at, by=by)
    note_returns(membership, parts, returned)
    return list(stands.all())


def note_returns(
    membership: Membership, parts: Iterable[tuple[FundingStream, UUID, int]], returned: Returned
) -> None:
    """Write down what went back to which budget (by id), from which stream, in pence above zero."""
    PledgeReturn.objects.bulk_create(
        PledgeReturn(
            membership=membership,
            budget_id=budget,
            stream=stream,
            amount_pence=part,
            effective_date=returned.on,
            reason=returned.reason,
            entry_id=returned.entry_id,
            made_at=returned.at,
            made_by=returned.by,
        )
        for stream, budget, part in parts
    )
