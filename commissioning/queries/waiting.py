"""What waits for a commissioner: contracts to approve, contracts that end soon, providers to look at."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from commissioning.models import Approval, Contract, ContractState
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


def to_approve(*, by: User) -> QuerySet[Approval]:
    """Give the requests that wait in the councils one commissions for, oldest first."""
    return (
        Approval.objects.visible_to(by)
        .waiting()
        .select_related("contract__cluster", "contract__provider", "contract__council", "requested_by")
    )


def limits_of(*, by: User) -> dict[str, int]:
    """Give the yearly value one may approve alone, in pence, by council."""
    roles = Role.objects.filter(user=by, kind=RoleKind.COMMISSIONER)
    return {str(council): limit for council, limit in roles.values_list("council", "approval_limit_pence")}


def ending_soon(*, by: User, on: date) -> list[Contract]:
    """Give the running contracts that end within 90 days of a day, soonest first; at most fifty."""
    running = _running(by).filter(end_date__gt=on, end_date__lte=on + ENDING_SOON)
    return list(running.select_related("cluster", "provider").order_by("end_date", "ref")[:MOST_LISTED])


def providers_to_look_at(*, by: User, on: date) -> list[ProviderToLookAt]:
    """Give the providers with running contracts whose registration, rating or ethical test asks for a look, by name."""
    running = _running(by).filter(provider=OuterRef("pk"))
    providers = list(Provider.objects.filter(Exists(running)).order_by("name"))
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


def _running(by: User) -> QuerySet[Contract]:
    councils = Role.objects.filter(user=by, kind=RoleKind.COMMISSIONER).values("council")
    return Contract.objects.filter(council__in=councils, state=ContractState.APPROVED)
