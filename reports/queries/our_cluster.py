"""One cluster from the inside: what the pool does, what it buys and decides; never what another member put in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from clusters.models import Absence, Cluster, Membership
from clusters.queries import money_of
from commissioning.models import Contract, ContractState
from commissioning.rules import term_value_pence
from ledger.models import AccountKind, EntryKind, Transfer
from people.models import Council
from reports.rules.forecast import Span, forecast_pence

# With fewer in the pool, all of it less one's own part would be somebody else's.
FEWEST_TO_ADD_UP = 3
POOLED = (AccountKind.POOL_SHARE, AccountKind.COMMITTED)


@dataclass(frozen=True, kw_only=True)
class Pool:
    """All that the members in the pool have put in, in pence, and where it is now."""

    put_in_pence: int
    promised_pence: int
    free_pence: int

    @property
    def spent_pence(self) -> int:
        """What has been paid for what they have had."""
        return self.put_in_pence - self.promised_pence - self.free_pence


def those_inside(*, cluster: UUID, on: date) -> list[Membership]:
    """Give the members in a cluster's pool, with the cluster and its council, and `away_until` where one is away."""
    away = Absence.objects.with_a_day_from(on).filter(membership=OuterRef("pk"), start_date__lte=on)
    members = Membership.objects.in_the_pool().filter(cluster=cluster).select_related("cluster__council")
    return list(
        members.annotate(away_until=Subquery(away.values(until=Coalesce("back_date", "end_date"))[:1]))
    )


def pool_of(*, members: Collection[Membership]) -> Pool | None:
    """Give where the money of those in the pool is; none where so few are in it that it would tell on somebody."""
    if len(members) < FEWEST_TO_ADD_UP:
        return None
    held = [one for parts in money_of(memberships=members).values() for one in parts]
    return Pool(
        put_in_pence=sum(one.pledged_pence for one in held),
        promised_pence=sum(one.committed_pence for one in held),
        free_pence=sum(one.share_pence for one in held),
    )


def contracts_of(*, cluster: Cluster) -> list[Contract]:
    """Give every approved contract of a cluster with its provider and services, by its first day; two queries."""
    approved = cluster.contracts.filter(state=ContractState.APPROVED).select_related("provider")
    return list(approved.prefetch_related("services").order_by("start_date", "title"))


def planned_in_month(contracts: Iterable[Contract], *, month: Span) -> int:
    """Give what contracts plan for a month, by day, in pence; what is paid once counts where they begin."""
    return sum(
        term_value_pence(
            weekly_pence=contract.weekly_pence,
            one_off_pence=contract.one_off_pence if contract.start_date >= month.start else 0,
            start=max(contract.start_date, month.start),
            end=min(contract.end_date, month.end),
        )
        for contract in contracts
        if contract.start_date < month.end and contract.end_date > month.start
    )


def spent_in_month(*, cluster: Cluster, month: Span) -> int:
    """Give what the members paid for the days of a month, less what was credited, in pence."""
    members = Membership.objects.filter(cluster=cluster).values("pk")
    moved = Transfer.objects.filter(
        book=cluster.council.book_id, entry__kind__in=[EntryKind.INVOICE, EntryKind.CREDIT]
    ).annotate(day=Coalesce("entry__concerned_date", "effective_date"))
    out = Q(source__owner_id__in=members, source__kind__in=POOLED)
    back = Q(target__owner_id__in=members, target__kind__in=POOLED)
    sums = moved.filter(out | back, day__gte=month.start, day__lt=month.end).aggregate(
        out=Coalesce(Sum("amount_pence", filter=out), 0), back=Coalesce(Sum("amount_pence", filter=back), 0)
    )
    return int(sums["out"] - sums["back"])


def year_ahead_pence(
    *, council: Council, contracts: Sequence[Contract], spent_pence: int, on: date
) -> int | None:
    """
    Give what the council's year will come to if it goes on like this, in pence; none before anything was bought.

    See `reports.rules.forecast`: the days so far, counted from the first day of the first contract.
    """
    if not contracts or not spent_pence or contracts[0].start_date >= on:
        return None
    return forecast_pence(
        spent_pence=spent_pence,
        spent_from=max(contracts[0].start_date, council.year_start_date),
        spent_to=on,
        year_end=council.year_end_date,
    )
