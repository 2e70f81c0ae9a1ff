"""What waits for a commissioner: contracts to approve, contracts that end soon, providers to look at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from commissioning.models import Approval, Contract, ContractState
from commonpurse.asked_often import AskedOften
from people.models import Role, RoleKind, User
from providers.models import Provider
from providers.queries import Standing, lapsed_on, standings

ENDING_SOON = timedelta(days=90)  # time enough to buy again; the length of a page, not a rule of law
MOST_LISTED = 50


@dataclass(frozen=True)
class ProviderToLookAt:
    """
    A provider with running contracts whom the regulator rates Inadequate or does not know, or whose test has run out.

    `standing`: what the regulator says, where it is named to us as regulated. `lapsed_date`: since when something of
    its ethical test does not count any more.
    """

    provider: Provider
    standing: Standing | None
    lapsed_date: date | None

    @property
    def is_badly_rated(self) -> bool:
        """Whether the regulator's word asks for a look."""
        return self.standing is not None and (self.standing.is_inadequate or not self.standing.is_registered)


TO_APPROVE = AskedOften(
    lambda by: Approval.objects.visible_to(User(pk=by)).waiting().values_list("pk", flat=True), by="uuid"
)
REQUESTS = AskedOften(
    lambda requests: (
        Approval.objects.filter(pk__in=requests)
        .select_related("contract__cluster", "contract__provider")
        .order_by("requested_at", "pk")
    ),
    requests="uuid[]",
)


def to_approve(*, by: User) -> list[UUID]:
    """Give the requests that wait in the councils one commissions for, oldest first; one query."""
    return TO_APPROVE(by=by.pk)


def requests_with(*, ids: Collection[UUID]) -> list[Approval]:
    """Give requests with their contract, its cluster and provider, oldest first; one query."""
    return REQUESTS(requests=list(ids)) if ids else []


def limits_of(*, by: User) -> dict[str, int]:
    """Give the yearly value one may approve alone, in pence, by council."""
    roles = (role for role in by.roles.all() if role.kind == RoleKind.COMMISSIONER)
    return {str(role.council_id): role.approval_limit_pence for role in roles}


def ending_soon(*, by: User, on: date) -> list[Contract]:
    """Give the running contracts that end within 90 days of a day, soonest first; at most fifty."""
    return ENDING(by=by.pk, on=on, until=on + ENDING_SOON)


def providers_to_look_at(*, by: User, on: date) -> list[ProviderToLookAt]:
    """Give the providers with running contracts whose registration, rating or ethical test asks for a look, by name."""
    providers = WITH_CONTRACTS(by=by.pk)
    found, lapsed = standings(providers=providers), lapsed_on(providers=[one.pk for one in providers], on=on)
    looked_at = [
        ProviderToLookAt(
            provider=provider,
            standing=found[provider.cqc_location_id] if provider.cqc_location_id else None,
            lapsed_date=lapsed.get(provider.pk),
        )
        for provider in providers
    ]
    return [one for one in looked_at if one.is_badly_rated or one.lapsed_date]


def _running(by: UUID) -> QuerySet[Contract]:
    councils = Role.objects.filter(user=by, kind=RoleKind.COMMISSIONER).values("council")
    return Contract.objects.filter(council__in=councils, state=ContractState.APPROVED)


ENDING = AskedOften(
    lambda by, on, until: (
        _running(by)
        .filter(end_date__gt=on, end_date__lte=until)
        .select_related("cluster", "provider")
        .order_by("end_date", "ref")[:MOST_LISTED]
    ),
    by="uuid",
    on="date",
    until="date",
)
WITH_CONTRACTS = AskedOften(
    lambda by: Provider.objects.filter(Exists(_running(by).filter(provider=OuterRef("pk")))).order_by("name"),
    by="uuid",
)
