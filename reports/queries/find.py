"""Finding a cluster from outside: what it does, how many are in it and what it pays; never who, nor what they share."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from clusters.models import Cluster, Membership, SharingRule
from clusters.models.membership import IN_THE_POOL
from commissioning.models import ContractService, ContractState


@dataclass(frozen=True, kw_only=True)
class Price:
    """What one unit of a service costs a cluster, in pence, and what it would cost somebody alone (none: not known)."""

    service: str
    unit: str
    together_pence: int
    alone_pence: int | None
    rule: SharingRule


@dataclass(frozen=True, kw_only=True)
class FromOutside:
    """A cluster as somebody sees it who is not in it."""

    cluster: Cluster
    member_count: int
    prices: tuple[Price, ...]

    @property
    def hour(self) -> Price | None:
        """What an hour costs, where it buys anything by the hour."""
        return next((price for price in self.prices if price.unit == "hour"), None)


def clusters_like(*, clusters: QuerySet[Cluster], words: str, place: str) -> QuerySet[Cluster]:
    """
    Narrow clusters to those whose public name, purpose or area has every word, and whose area has the place.

    What the members have in common is never searched: that would tell who they are.
    """
    for word in words.split():
        said = Q(name__icontains=word) | Q(purpose__icontains=word) | Q(area__icontains=word)
        clusters = clusters.filter(said)
    if place.strip():
        clusters = clusters.filter(area__icontains=place.strip())
    return clusters.order_by("name", "pk")


def seen_from_outside(*, clusters: Collection[Cluster], on: date) -> list[FromOutside]:
    """Give these clusters as they are seen from outside on a day, in the same order; two queries."""
    ids = [cluster.pk for cluster in clusters]
    counted = Membership.objects.filter(cluster__in=ids, state__in=IN_THE_POOL).values("cluster")
    members = {row["cluster"]: row["members"] for row in counted.annotate(members=Count("pk"))}
    prices = _prices(ids, on)
    return [
        FromOutside(
            cluster=cluster, member_count=members.get(cluster.pk, 0), prices=tuple(prices.get(cluster.pk, ()))
        )
        for cluster in clusters
    ]


def _prices(cluster_ids: Collection[UUID], on: date) -> dict[UUID, list[Price]]:
    """Give what each cluster pays under the contracts in force on a day, the dearest hour last."""
    found: dict[UUID, list[Price]] = defaultdict(list)
    services = ContractService.objects.filter(
        contract__cluster__in=cluster_ids,
        contract__state=ContractState.APPROVED,
        contract__start_date__lte=on,
        contract__end_date__gt=on,
    ).select_related("contract")
    for service in services.order_by("unit_rate_pence", "pk"):
        found[service.contract.cluster_id].append(
            Price(
                service=service.description,
                unit=service.unit,
                together_pence=service.unit_rate_pence,
                alone_pence=service.alone_rate_pence,
                rule=SharingRule(service.sharing_rule),
            )
        )
    return found
