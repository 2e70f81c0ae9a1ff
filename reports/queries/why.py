"""Why somebody paid what they paid: from one line of an invoice back to the visit, the price and the rule."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, Sum

from budgets.models import FundingStream
from clusters.models import Membership, SharingRule
from invoices.models import InvoiceLine, LineState
from ledger.models import Entry, Transfer
from people.models import User
from reports.queries.purse import IN_A_POOL


@dataclass(frozen=True, kw_only=True)
class Reason:
    """
    Why one member's share of a line is what it is. Units: pence; `units` of the service.

    `payers`: how many shared it. `exact_pence` is the share before it was made whole pence, `streams` from which
    of their money it came.
    """

    service: str
    provider: str
    cluster: str
    service_date: date
    units: Decimal
    unit: str
    rate_pence: int
    amount_pence: int
    share_pence: int
    rule: str
    payers: int
    exact_pence: Decimal
    streams: tuple[tuple[str, int], ...]

    @property
    def is_credit(self) -> bool:
        """Tell whether money came back."""
        return self.amount_pence < 0

    @property
    def odd_penny(self) -> str:
        """Say what the whole pence did: "up", "down", or nothing where the share was exact."""
        if self.exact_pence == abs(self.share_pence):
            return ""
        return "up" if abs(self.share_pence) > self.exact_pence else "down"


def reason_for(*, line_id: UUID, user: User) -> Reason | None:
    """Give why a user's own share of a line is what it is; none where they have no share in it."""
    line = (
        InvoiceLine.objects.filter(pk=line_id, state=LineState.ACCEPTED, entry__isnull=False)
        .select_related("entry", "service", "invoice__provider", "invoice__contract__cluster")
        .first()
    )
    if line is None or line.entry is None or line.service is None:
        return None
    cluster = line.invoice.contract.cluster
    membership = Membership.objects.filter(cluster=cluster, person__user=user).in_days(line.service_date)
    mine = membership.first()
    shares = _shares_of(line.entry, mine) if mine else {}
    if mine is None or not shares:
        return None
    names = dict(FundingStream.objects.filter(council=cluster.council_id).values_list("code", "name"))
    share = sum(shares.values())
    weights: dict[str, int] = line.entry.basis.get("weights", {})
    rule = line.entry.basis.get("rule", line.service.sharing_rule)
    payers = _payers(line, rule)
    return Reason(
        service=line.service.description,
        provider=line.invoice.provider.name,
        cluster=cluster.name,
        service_date=line.service_date,
        units=line.units,
        unit=line.service.unit,
        rate_pence=line.unit_rate_pence,
        amount_pence=line.amount_pence,
        share_pence=share,
        rule=rule,
        payers=payers,
        exact_pence=_exact(line, rule=rule, weights=weights, ref=mine.ref, payers=payers),
        streams=tuple((names.get(code, code), pence) for code, pence in sorted(shares.items())),
    )
