"""Contracts for tests."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from clusters.models import Cluster, SharingRule
from commissioning.actions import ContractTerms, ServiceTerms, draft_contract, request_approval
from commissioning.models import Approval, Contract, ContractService, ContractState
from people.models import User
from providers.models import Provider
from tests.clusters.deciding import make_passed_decision
from tests.clusters.makers import make_cluster
from tests.people.makers import YEAR_END, YEAR_START, make_social_worker
from tests.providers.makers import make_ethical, make_provider

_numbers = count(1)
REQUESTED_AT = datetime(2026, 5, 4, 9, tzinfo=UTC)


def make_service(
    *,
    code: str = "HC-HOUR",
    rule: SharingRule = SharingRule.BY_USE,
    unit_rate_pence: int = 20_00,
    unit: str = "hour",
    max_units: Decimal | None = None,
    alone_rate_pence: int | None = None,
) -> ServiceTerms:
    """The terms of one service, priced by the hour unless another unit is named."""
    return ServiceTerms(
        code=code,
        description=f"{code.title()}, one {unit}",
        unit=unit,
        unit_rate_pence=unit_rate_pence,
        sharing_rule=rule,
        max_units=max_units,
        alone_rate_pence=alone_rate_pence,
    )


USUAL_SERVICES = (
    make_service(),
    make_service(code="SESSION", rule=SharingRule.EQUAL, unit_rate_pence=50_00),
    make_service(code="MINIBUS", rule=SharingRule.BY_PLEDGE, unit_rate_pence=64_67),
)


def make_contract(
    *,
    cluster: Cluster | None = None,
    provider: Provider | None = None,
    ref: str = "",
    services: Sequence[ServiceTerms] = USUAL_SERVICES,
    start_date: date = YEAR_START,
    end_date: date = YEAR_END,
) -> Contract:
    """A spot contract, approved elsewhere and loaded as given: invoices for it can come in."""
    cluster = cluster or make_cluster()
    contract = Contract.objects.create(
        council=cluster.council,
        ref=ref or f"K-{next(_numbers):03d}",
        title="Care together",
        cluster=cluster,
        provider=provider or make_provider(council=cluster.council),
        start_date=start_date,
        end_date=end_date,
        is_loaded=True,
    )
    ContractService.objects.bulk_create(
        ContractService(contract=contract, **vars(service)) for service in services
    )
    contract.state = ContractState.APPROVED
    contract.save(update_fields=["state"])
    return contract


def make_request(
    *,
    cluster: Cluster | None = None,
    provider: Provider | None = None,
    by: User | None = None,
    weekly_pence: int = 0,
    one_off_pence: int = 0,
    is_regulated: bool = False,
    services: Sequence[ServiceTerms] = USUAL_SERVICES,
    start_date: date = YEAR_START,
    end_date: date = YEAR_END,
    is_decided: bool = True,
) -> Approval:
    """A contract its members decided on that waits for a commissioner; a social worker asked unless somebody else."""
    cluster = cluster or make_cluster()
    asker = by or make_social_worker(council=cluster.council)
    contract = draft_contract(
        cluster=cluster,
        provider=provider or make_ethical(provider=make_provider(council=cluster.council)),
        terms=ContractTerms(
            ref=f"K-{next(_numbers):03d}",
            title="Care together",
            start_date=start_date,
            end_date=end_date,
            services=services,
            weekly_pence=weekly_pence,
            one_off_pence=one_off_pence,
            is_regulated=is_regulated,
        ),
        by=asker,
        at=REQUESTED_AT,
        decision=make_passed_decision(cluster=cluster) if is_decided else None,
    )
    return request_approval(contract=contract, by=asker, at=REQUESTED_AT)
