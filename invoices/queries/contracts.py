"""What a provider's system needs to know of its contracts: services, what is left of them, and who may be named."""

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Prefetch, QuerySet, Sum

from clusters.models import Membership
from commissioning.models import Contract, ContractService, ContractState
from invoices.models import InvoiceLine, LineState
from providers.models import SystemKey

# What a provider's system is told of; a draft is nobody's business yet.
SHOWN = (ContractState.APPROVED, ContractState.ENDED)


class ServiceLeft(NamedTuple):
    """A service, how many of its units were accepted so far, and how many are left; none: no limit."""

    service: ContractService
    used: Decimal
    left: Decimal | None


class Billable(NamedTuple):
    """A contract with its services and those who are or were members of its cluster."""

    contract: Contract
    services: list[ServiceLeft]
    members: list[Membership]


def contracts_of(key: SystemKey) -> QuerySet[Contract]:
    """Give the contracts that a provider's system may know of: approved, or ended after they ran."""
    members = Membership.objects.filter(joined_date__isnull=False).order_by("ref", "joined_date")
    return (
        Contract.objects.filter(provider=key.provider_id, state__in=SHOWN)
        .select_related("cluster", "provider", "replaces")
        .prefetch_related(
            Prefetch("services", ContractService.objects.order_by("code")),
            Prefetch("cluster__memberships", members, to_attr="known_members"),
        )
    )


def billable(contracts: Collection[Contract]) -> list[Billable]:
    """Lay out contracts that `contracts_of` gave, with what is left of each service; one query for all of them."""
    used = units_used([service.pk for contract in contracts for service in contract.services.all()])
    return [
        Billable(
            contract,
            [_left(service, used.get(service.pk, Decimal(0))) for service in contract.services.all()],
            contract.cluster.known_members,  # type: ignore[attr-defined]  # prefetched by contracts_of
        )
        for contract in contracts
    ]


def units_used(services: Collection[UUID]) -> dict[UUID, Decimal]:
    """Add up the units accepted so far of each service, as the judge of new lines does."""
    accepted = InvoiceLine.objects.filter(
        service__in=services, state=LineState.ACCEPTED, corrects_line__isnull=True
    )
    used = accepted.values_list("service").annotate(units=Sum("units"))
    return {service: Decimal(units) for service, units in used if service is not None}


def _left(service: ContractService, used: Decimal) -> ServiceLeft:
    left = None if service.max_units is None else max(service.max_units - used, Decimal(0))
    return ServiceLeft(service, used, left)
