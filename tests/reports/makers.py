"""A council with something to report, for tests."""

from collections.abc import Sequence
from datetime import date

from clusters.models import Cluster, Membership, SharingRule
from commissioning.actions import ServiceTerms
from commissioning.models import Contract
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
SESSION = make_service(code="SESSION", rule=SharingRule.EQUAL, unit_rate_pence=50_00, alone_rate_pence=80_00)
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


def buy_session(contract: Contract, *, units: str = "1", on: date = MAY_4) -> None:
    """A session that every member shares."""
    line = make_line(service_code="SESSION", units=units, unit_rate_pence=50_00, service_date=on)
    send(make_document(contract=contract, lines=[line]), contract=contract)


def buy_visit(contract: Contract, member: Membership, *, units: str = "1", on: date = MAY_4) -> None:
    """A visit to one member, who pays for it alone."""
    line = make_line(
        service_code="VISIT", units=units, unit_rate_pence=20_00, service_date=on, member_ref=member.ref
    )
    send(make_document(contract=contract, lines=[line]), contract=contract)
