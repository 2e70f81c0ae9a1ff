"""One cluster from the inside: what the pool does, what it buys and decides; never what another member put in."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from clusters.models import Absence, Cluster, Decision, Membership
from clusters.queries import money_of
from commissioning.models import Contract, ContractService, ContractState
from commissioning.rules import term_value_pence
from commonpurse.asked_often import AskedOften, found_with
from ledger.models import AccountKind, EntryKind, Transfer
from people.models import Council
from reports.rules.forecast import Span, forecast_pence

# With fewer in the pool, all of it less one's own part would be somebody else's.
FEWEST_TO_ADD_UP = 3
MOST_READ = 20
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
    return INSIDE(cluster=cluster, on=on)


def _inside(cluster: UUID, on: date) -> QuerySet[Membership]:
    away = Absence.objects.with_a_day_from(on).filter(membership=OuterRef("pk"), start_date__lte=on)
    members = Membership.objects.in_the_pool().filter(cluster=cluster).select_related("cluster__council")
    return members.annotate(away_until=Subquery(away.values(until=Coalesce("back_date", "end_date"))[:1]))


INSIDE = AskedOften(_inside, cluster="uuid", on="date")


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
    services: dict[UUID, list[ContractService]] = defaultdict(list)
    for service in SERVICES(cluster=cluster.pk):
        services[service.contract_id].append(service)
    contracts = CONTRACTS(cluster=cluster.pk)
    for contract in contracts:
        found_with(contract, "services", services[contract.pk])
    return contracts


CONTRACTS = AskedOften(
    lambda cluster: (
        Contract.objects.filter(cluster=cluster, state=ContractState.APPROVED)
        .select_related("provider")
        .order_by("start_date", "title")
    ),
    cluster="uuid",
)
SERVICES = AskedOften(
    lambda cluster: ContractService.objects.filter(
        contract__cluster=cluster, contract__state=ContractState.APPROVED
    ),
    cluster="uuid",
)


def decisions_of(*, cluster: Cluster) -> list[Decision]:
    """Give what a cluster decides and decided lately, the newest first; one query."""
    return DECISIONS(cluster=cluster.pk)


DECISIONS = AskedOften(
    lambda cluster: Decision.objects.filter(cluster=cluster).order_by("-opened_at")[:MOST_READ],
    cluster="uuid",
)


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
    sums = dict(MOVED(cluster=cluster.pk, book=cluster.council.book_id, start=month.start, end=month.end))
    return sums["source"] - sums["target"]


def _moved(cluster: UUID, book: UUID, start: date, end: date) -> QuerySet[Transfer, tuple[str, int]]:
    """Give what invoices and credits moved within some days, out of a cluster's pool and back into it."""
    members = Membership.objects.filter(cluster=cluster).values("pk")
    moved = Transfer.objects.filter(book=book, entry__kind__in=[EntryKind.INVOICE, EntryKind.CREDIT])
    within = moved.annotate(day=Coalesce("entry__concerned_date", "effective_date")).filter(
        day__gte=start, day__lt=end
    )
    out, back = (
        within.filter(**{f"{side}__owner_id__in": members, f"{side}__kind__in": POOLED})
        .order_by()
        .annotate(side=Value(side, output_field=CharField()))
        .values_list("side")
        .annotate(pence=Coalesce(Sum("amount_pence"), 0))
        for side in ("source", "target")
    )
    return out.union(back, all=True)


MOVED = AskedOften(_moved, cluster="uuid", book="uuid", start="date", end="date")


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
