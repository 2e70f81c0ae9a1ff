"""What a provider can do here: its contracts and what is left of them, its invoices by state, and what waits for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum

from commissioning.models import Contract, ContractService, ContractState
from commissioning.queries.calls import CallForProvider, calls_for
from invoices.models import Hold, HoldState, InvoiceLine, LineState
from people.models import User
from providers.models import Provider
from providers.queries import ethical_scores
from providers.rules import EthicalScore

MOST_LISTED = 50


@dataclass(frozen=True, kw_only=True)
class ServiceLeft:
    """One service of a running contract: what was billed and accepted of it, and the most there may be (none: any)."""

    service: ContractService
    used: Decimal

    @property
    def left(self) -> Decimal | None:
        """How many units may still be delivered; none where there is no limit."""
        return None if self.service.max_units is None else self.service.max_units - self.used


@dataclass(frozen=True, kw_only=True)
class Lines:
    """The invoice lines in one state: how many, and how much they come to in pence."""

    words: str
    number: int
    pence: int


@dataclass(frozen=True, kw_only=True)
class ProviderHome:
    """
    Everything on a provider's first page. For somebody who works for several, all of them together.

    `tests`: each provider with how it stands in the ethical test.
    """

    providers: list[Provider]
    contracts: list[tuple[Contract, list[ServiceLeft]]]
    lines: list[Lines]
    holds: list[Hold]
    calls: list[CallForProvider]
    tests: list[tuple[Provider, EthicalScore]]


def provider_home(*, user: User, on: date) -> ProviderHome | None:
    """Give a provider's first page as it stands on a day; none for somebody who works for none."""
    providers = list(Provider.objects.filter(staff__user=user).select_related("council").order_by("name"))
    if not providers:
        return None
    ids = [provider.pk for provider in providers]
    scores = ethical_scores(providers=ids, on=on)
    fitting = [one for one in calls_for(providers=providers, on=on) if one.fits and one.offer is None]
    return ProviderHome(
        providers=providers,
        contracts=_contracts(ids, on=on),
        lines=_lines(ids),
        holds=_holds(ids),
        calls=fitting,
        tests=[(provider, scores[provider.pk]) for provider in providers],
    )


def _contracts(providers: Collection[UUID], *, on: date) -> list[tuple[Contract, list[ServiceLeft]]]:
    """Give the contracts that run or are still to begin, soonest to end first, with what is left of each service."""
    running = ContractService.objects.filter(
        contract__provider__in=providers, contract__state=ContractState.APPROVED, contract__end_date__gt=on
    ).select_related("contract__cluster", "contract__provider")
    with_use = running.annotate(used=Sum("lines__units", filter=Q(lines__state=LineState.ACCEPTED)))
    found: dict[UUID, tuple[Contract, list[ServiceLeft]]] = {}
    for service in with_use.order_by("contract__end_date", "contract__ref", "code")[:MOST_LISTED]:
        _, services = found.setdefault(service.contract_id, (service.contract, []))
        services.append(ServiceLeft(service=service, used=service.used or Decimal(0)))
    return list(found.values())


def _lines(providers: Collection[UUID]) -> list[Lines]:
    """Count the lines of all invoices by state, in the order they are gone through."""
    rows = (
        InvoiceLine.objects.filter(invoice__provider__in=providers)
        .values("state")
        .annotate(number=Count("pk"), pence=Sum("amount_pence"))
    )
    found = {row["state"]: row for row in rows}
    return [
        Lines(words=state.label, number=found[state]["number"], pence=found[state]["pence"])
        for state in LineState
        if state in found
    ]


def _holds(providers: Collection[UUID]) -> list[Hold]:
    """Give the lines that are held, those that wait for the provider first, then by the day they are due."""
    held = Hold.objects.filter(state=HoldState.OPEN, line__invoice__provider__in=providers)
    listed = held.select_related("line__invoice").order_by("due_date", "pk")[:MOST_LISTED]
    return sorted(listed, key=lambda hold: hold.owner != "provider")
