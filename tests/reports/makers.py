"""A council with something to report, for tests."""

from collections.abc import Sequence
from datetime import date

from clusters.models import Cluster, Membership, SharingRule
from commissioning.actions import ServiceTerms
from commissioning.models import Contract, ContractService, ContractState
from people.models import Council
from reports.rules.forecast import Span
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract, make_service
from tests.invoices.makers import make_document, make_line, send
from tests.providers.makers import make_provider

APRIL = Span(start=date(2026, 4, 1), end=date(2026, 5, 1))
MAY = Span(start=date(2026, 5, 1), end=date(2026, 6, 1))
MAY_4 = date(2026, 5, 4)
JUNE_2 = date(2026, 6, 2)
SESSION = make_service(code="SESSION", rule=SharingRule.EQUAL, unit_rate_pence=50_00, alone_rate_pence=10_00)
VISIT = make_service(code="VISIT", rule=SharingRule.BY_USE, unit_rate_pence=20_00)


def make_buying_cluster(
    *,
    council: Council | None = None,
    name: str = "Elm Street neighbours",
    size: int = 6,
    services: Sequence[ServiceTerms] = (SESSION, VISIT),
    provider_name: str = "Northgate Care",
) -> tuple[Cluster, list[Membership], Contract]:
    """A cluster with members who pledged 1,000 pounds each from 1 April, and a contract to send invoices for."""
    cluster = make_cluster(council=council, name=name)
    members = [make_member(cluster=cluster) for _ in range(size)]
    provider = make_provider(council=cluster.council, name=provider_name)
    return cluster, members, make_contract(cluster=cluster, provider=provider, services=services)


def make_weekly_contract(cluster: Cluster, *, weekly_pence: int) -> Contract:
    """A loaded contract of which so much is expected a week."""
    contract = Contract.objects.create(
        council=cluster.council,
        ref="K-WEEKLY",
        cluster=cluster,
        provider=make_provider(council=cluster.council),
        start_date=APRIL.start,
        end_date=date(2027, 4, 1),
        weekly_pence=weekly_pence,
        is_loaded=True,
    )
    ContractService.objects.create(contract=contract, **vars(SESSION))
    contract.state = ContractState.APPROVED
    contract.save(update_fields=["state"])
    return contract


def buy_session(contract: Contract, *, units: str = "1", on: date = MAY_4) -> str:
    """A session that every member shares; gives the number of its invoice."""
    line = make_line(service_code="SESSION", units=units, unit_rate_pence=50_00, service_date=on)
    document = make_document(contract=contract, lines=[line])
    send(document, contract=contract)
    return document.number


def credit_session(contract: Contract, number: str, *, pence: int, on: date = MAY_4) -> None:
    """A credit note for a session that names no units, only what is taken back."""
    line = make_line(
        service_code="SESSION",
        units="0",
        unit_rate_pence=50_00,
        amount_pence=-pence,
        service_date=on,
        corrects_line=1,
    )
    send(make_document(contract=contract, lines=[line], corrects=number), contract=contract)


def buy_visit(contract: Contract, member: Membership, *, units: str = "1", on: date = MAY_4) -> None:
    """A visit to one member, who pays for it alone."""
    line = make_line(
        service_code="VISIT", units=units, unit_rate_pence=20_00, service_date=on, member_ref=member.ref
    )
    send(make_document(contract=contract, lines=[line]), contract=contract)
