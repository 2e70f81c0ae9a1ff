"""A member's own share: what they can take back, what is paused, and how much their professional agreed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum

from budgets.models import FundingStream
from clusters.models import Membership, Pledge, PledgeReturn, ReturnReason
from clusters.queries.money import money_in_pool


@dataclass(frozen=True, kw_only=True)
class ShareOf:
    """One kind of money in a member's share, in pence: put in, free to take back, promised, and spent."""

    stream: FundingStream
    put_in_pence: int
    free_pence: int
    promised_pence: int
    spent_pence: int


def share_of(*, membership: Membership) -> list[ShareOf]:
    """Give where a member's own money stands, by kind, in order of the stream's code."""
    streams = {
        stream.code: stream for stream in FundingStream.objects.filter(council=membership.cluster.council_id)
    }
    return [
        ShareOf(
            stream=streams[part.stream_code],
            put_in_pence=part.pledged_pence,
            free_pence=part.share_pence,
            promised_pence=part.committed_pence,
            spent_pence=part.spent_pence,
        )
        for part in money_in_pool(membership=membership)
    ]


def paused_of(*, membership: Membership) -> dict[FundingStream, int]:
    """
    Give what a member took out for a while, in pence by kind of money; nothing where they are not pausing.

    They are pausing from a pause until they put anything in again.
    """
    last = Pledge.objects.filter(membership=membership).order_by("-entry_id").first()
    rows = PledgeReturn.objects.filter(membership=membership, reason=ReturnReason.PAUSED)
    since = rows.filter(entry_id__gt=last.entry_id) if last else rows  # ids tell what came first
    found: dict[UUID, int] = dict(since.values_list("stream").annotate(pence=Sum("amount_pence")))
    streams = FundingStream.objects.filter(pk__in=found).order_by("code")
    return {stream: found[stream.pk] for stream in streams}


def agreed_pence(*, membership: Membership) -> Mapping[str, int]:
    """
    Give how much a member's professional has agreed that they put in, in pence by stream code.

    That is what they offered as they joined, or what stood in the pool when the professional last agreed, where that
    is more.
    """
    offered = dict(membership.proposed_pledges.values_list("stream__code", "amount_pence"))
    last = membership.plan_agreements.filter(is_agreed=True).order_by("-pk").first()
    if last is None:
        return offered
    put_in = _by_stream(Pledge.objects.filter(membership=membership, entry_id__lt=last.pk))
    back = _by_stream(PledgeReturn.objects.filter(membership=membership, entry_id__lt=last.pk))
    stood = {code: pence - back.get(code, 0) for code, pence in put_in.items()}
    return {code: max(offered.get(code, 0), stood.get(code, 0)) for code in offered.keys() | stood.keys()}


def above_agreed(*, membership: Membership, more: Mapping[str, int] | None = None) -> bool:
    """Tell whether more stands in the pool, with so much `more` by stream code, than the professional agreed to."""
    agreed, more = agreed_pence(membership=membership), more or {}
    stands = {part.stream.code: part.put_in_pence for part in share_of(membership=membership)}
    return any(
        stands.get(code, 0) + more.get(code, 0) > agreed.get(code, 0) for code in stands.keys() | more.keys()
    )


def _by_stream(rows: QuerySet[Pledge] | QuerySet[PledgeReturn]) -> dict[str, int]:
    """Add amounts up by the code of their stream, in pence."""
    return dict(rows.values_list("stream__code").annotate(pence=Sum("amount_pence")))
