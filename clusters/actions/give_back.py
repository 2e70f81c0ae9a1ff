"""Giving money back from a member's share to the budgets it came from, while they stay a member."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from budgets.models import FundingStream
from clusters.models import Membership, PledgeReturn, ReturnReason
from clusters.queries.home import budgets_behind
from clusters.rules.home import home
from ledger.actions import AccountName, Draft, Move, post
from ledger.models import AccountKind


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
    PledgeReturn.objects.bulk_create(
        PledgeReturn(
            membership=membership,
            budget_id=budget,
            stream=stream,
            amount_pence=part,
            effective_date=on,
            reason=reason,
            entry_id=posted.entry_id,
            made_at=at,
            made_by=by,
        )
        for stream, budget, part in parts
    )
    return list(stands.all())
