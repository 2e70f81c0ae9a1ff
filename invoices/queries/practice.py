"""What systems practise on: a provider's running contracts as a council's folder, without anybody's name or money."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from clusters.models import Membership
from commissioning.models import Contract, ContractService, ContractState
from invoices.models import Payment, PaymentRun, RunState
from invoices.rules.folder.tables import COUNCIL, INVOICES, TABLES
from people.models import Council
from providers.models import Provider, Sandbox

STREAM = "practice"
# Everybody has the same, so that nobody learns what a member really has left by trying.
PENCE_EACH = 10_000_00
YEARS = 30
Row = Mapping[str, Any]


def practice_folder(*, provider: Provider, code: str) -> dict[str, bytes]:
    """
    Give the files of a council to practise on, by name: the provider's running contracts with their services, clusters
    and members' references.

    Left out are names, what members have in common, when they are away, and what they pledged: everybody has the same
    sum of made-up money, on every day.
    """
    contracts = list(
        Contract.objects.filter(provider=provider, state=ContractState.APPROVED)
        .select_related("cluster")
        .order_by("ref")
    )
    clusters = {contract.cluster_id: contract.cluster for contract in contracts}
    joined = Membership.objects.filter(cluster__in=clusters, joined_date__isnull=False).select_related(
        "cluster"
    )
    # A reference stands for one membership here; where two clusters use it, for that of the first.
    memberships = {m.ref: m for m in reversed(joined.order_by("cluster__ref", "joined_date", "pk"))}
    people = sorted(memberships.values(), key=lambda membership: membership.ref)
    council = provider.council
    said = {
        "code": code,
        "name": f"Practice for {provider.name}"[:200],
        "year_starts": council.year_start_date.isoformat(),
        "year_ends": council.year_end_date.isoformat(),
    }
    rows: dict[str, Iterable[Row]] = {
        "people.csv": [{"person_ref": m.ref, "name": f"Practice {m.ref}"} for m in people],
        "budgets.csv": [_budget(m) for m in people],
        "providers.csv": [{"provider_ref": provider.ref, "name": provider.name}],
        "clusters.csv": [
            {"cluster_ref": c.ref, "name": f"Practice cluster {c.ref}"} for c in clusters.values()
        ],
        "memberships.csv": [_membership(m) for m in people],
        "pledges.csv": [_pledge(m) for m in people],
        "contracts.csv": [_contract(contract, provider) for contract in contracts],
        "contract_services.csv": _services(contracts),
        "streams.csv": [{"stream": STREAM, "name": "made-up money"}],
    }
    files = {name: _table(name, rows[name]) for name in TABLES}
    return files | {COUNCIL: json.dumps(said).encode(), INVOICES: b""}


def practised(*, provider: Provider) -> list[Contract]:
    """Give the contracts that a provider's systems practise on, with their services; none before the first request."""
    newest = provider.sandboxes.order_by("-pk").values("practice")[:1]
    contracts = Contract.objects.filter(provider__in=newest).prefetch_related("services")
    return list(contracts.order_by("ref"))


def newest_sandbox(provider: Provider) -> Sandbox | None:
    """Give what a provider's systems practise on now; none before their first request."""
    made = Sandbox.objects.filter(provider=provider).select_related("practice__council")
    return made.order_by("-pk").first()


def practised_run(council: Council) -> PaymentRun | None:
    """Give the made-up payment run that the bank has yet to pay."""
    return PaymentRun.objects.filter(council=council, state=RunState.SENT).order_by("number").first()


def practised_payments(*, provider: Provider) -> list[Payment]:
    """Give the payments a provider's systems practise on, the newest first."""
    newest = provider.sandboxes.order_by("-pk").values("practice")[:1]
    return list(Payment.objects.filter(provider__in=newest).select_related("run").order_by("-pk"))


def _table(name: str, rows: Iterable[Row]) -> bytes:
    """Write one table of the folder."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(TABLES[name]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _first_day(membership: Membership) -> date:
    assert membership.joined_date is not None  # only those who joined are asked for
    return membership.joined_date


def _budget(membership: Membership) -> Row:
    start = _first_day(membership)
    return {
        "person_ref": membership.ref,
        "starts": start,
        "ends": date(start.year + YEARS, 1, 1),
        "stream": STREAM,
        "annual_pence": PENCE_EACH,
    }


def _membership(membership: Membership) -> Row:
    return {
        "membership_ref": membership.ref,
        "cluster_ref": membership.cluster.ref,
        "person_ref": membership.ref,
        "joined_date": _first_day(membership),
        "left_date": membership.left_date,
    }


def _pledge(membership: Membership) -> Row:
    return {
        "membership_ref": membership.ref,
        "stream": STREAM,
        "amount_pence": PENCE_EACH,
        "effective_date": _first_day(membership),
    }


def _contract(contract: Contract, provider: Provider) -> Row:
    return {
        "contract_ref": contract.ref,
        "cluster_ref": contract.cluster.ref,
        "provider_ref": provider.ref,
        "starts": contract.start_date,
        "ends": contract.end_date,
        "title": contract.title,
        "weekly_pence": contract.weekly_pence,
        "one_off_pence": contract.one_off_pence,
    }


def _services(contracts: Sequence[Contract]) -> list[Row]:
    services = ContractService.objects.filter(contract__in=contracts).select_related("contract")
    return [
        {
            "contract_ref": service.contract.ref,
            "service_code": service.code,
            "description": service.description,
            "unit": service.unit,
            "unit_rate_pence": service.unit_rate_pence,
            "sharing_rule": service.sharing_rule,
            "max_units": service.max_units,
        }
        for service in services.order_by("contract__ref", "code")
    ]
