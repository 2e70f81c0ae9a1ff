"""Finding a cluster from outside: what it does, how many are in it and what it pays; never who, nor what they share."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from clusters.models import Cluster, Membership, SharingRule, SharingTerm
from clusters.models.membership import IN_THE_POOL
from commissioning.models import ContractService, ContractState
from commonpurse.asked_often import AskedOften
from providers.rules import unit_words
from reports.rules.forecast import half_up
from reports.rules.small_numbers import LEAST_PEOPLE


@dataclass(frozen=True, kw_only=True)
class Price:
    """
    What one unit of a service costs a cluster, and what one person alone would pay for it (none: not known).

    `each_pence` is what each member pays of it: their own unit, or on average their part of a shared one (none:
    they are so few, or nobody yet, that it would tell how many).
    """

    service: str
    unit: str
    together_pence: int
    each_pence: int | None
    alone_pence: int | None
    rule: SharingRule

    @property
    def unit_words(self) -> str:
        """One of its unit, in words: "hour"."""
        return unit_words(self.unit)

    @property
    def is_shared(self) -> bool:
        """Whether the members pay for one unit together."""
        return self.rule != SharingRule.BY_USE


@dataclass(frozen=True, kw_only=True)
class FromOutside:
    """A cluster as somebody sees it who is not in it."""

    cluster: Cluster
    member_count: int
    prices: tuple[Price, ...]

    @property
    def is_few(self) -> bool:
        """Whether so few are in it that nobody outside is told how many (care rules 4)."""
        return self.member_count < LEAST_PEOPLE

    @property
    def told(self) -> list[Price]:
        """What tells most in two lines: the price of an hour, and of the first thing that is shared."""
        hour = next((price for price in self.prices if price.unit == "hour"), None)
        shared = next((price for price in self.prices if price.is_shared and price != hour), None)
        return [price for price in (hour, shared) if price] or list(self.prices[:1])


def clusters_like(
    *, clusters: QuerySet[Cluster], words: str, place: str, kind: str = ""
) -> QuerySet[Cluster]:
    """
    Narrow clusters to those whose public name, purpose or area has every word, and whose area has the place.

    `kind`: only those that buy such a service (by its code) or have agreed how they would share it.

    What the members have in common is never searched: that would tell who they are.
    """
    for word in words.split():
        said = Q(name__icontains=word) | Q(purpose__icontains=word) | Q(area__icontains=word)
        clusters = clusters.filter(said)
    if place.strip():
        clusters = clusters.filter(area__icontains=place.strip())
    if kind:
        agreed = SharingTerm.objects.filter(service_code=kind, agreement__signed_date__isnull=False)
        bought = ContractService.objects.filter(code=kind, contract__state=ContractState.APPROVED)
        clusters = clusters.filter(
            Q(pk__in=agreed.values("agreement__cluster")) | Q(pk__in=bought.values("contract__cluster"))
        )
    return clusters.order_by("name", "pk")


MEMBERS = AskedOften(
    lambda clusters: (
        Membership.objects.filter(cluster__in=clusters, state__in=IN_THE_POOL)
        .values_list("cluster")
        .annotate(members=Count("pk"))
    ),
    clusters="uuid[]",
)
SERVICES = AskedOften(
    lambda clusters, on: (
        ContractService.objects.filter(
            contract__cluster__in=clusters,
            contract__state=ContractState.APPROVED,
            contract__start_date__lte=on,
            contract__end_date__gt=on,
        )
        .select_related("contract")
        .order_by("unit_rate_pence", "pk")
    ),
    clusters="uuid[]",
    on="date",
)


def seen_from_outside(*, clusters: Collection[Cluster], on: date) -> list[FromOutside]:
    """Give these clusters as they are seen from outside on a day, in the same order; two queries."""
    ids = [cluster.pk for cluster in clusters]
    members = dict(MEMBERS(clusters=ids)) if ids else {}
    prices = _prices(ids, members, on)
    return [
        FromOutside(
            cluster=cluster, member_count=members.get(cluster.pk, 0), prices=tuple(prices.get(cluster.pk, ()))
        )
        for cluster in clusters
    ]


def _prices(cluster_ids: Collection[UUID], members: Mapping[UUID, int], on: date) -> dict[UUID, list[Price]]:
    """Give what each cluster pays under the contracts in force on a day, the dearest hour last."""
    found: dict[UUID, list[Price]] = defaultdict(list)
    for service in SERVICES(clusters=list(cluster_ids), on=on) if cluster_ids else []:
        found[service.contract.cluster_id].append(
            Price(
                service=service.description,
                unit=service.unit,
                together_pence=service.unit_rate_pence,
                each_pence=_each_pence(service, members.get(service.contract.cluster_id, 0)),
                alone_pence=service.alone_rate_pence,
                rule=SharingRule(service.sharing_rule),
            )
        )
    return found


def _each_pence(service: ContractService, members: int) -> int | None:
    if service.sharing_rule == SharingRule.BY_USE:
        return service.unit_rate_pence
    return half_up(service.unit_rate_pence, members) if members >= LEAST_PEOPLE else None
