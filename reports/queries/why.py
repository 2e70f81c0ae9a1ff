"""Why somebody paid what they paid: from one line of an invoice back to the visit, the price and the rule."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Sum

from budgets.models import FundingStream
from clusters.models import Membership, Pledge, PledgeReturn, SharingRule
from invoices.models import InvoiceLine, LineState
from ledger.models import Entry, Transfer
from people.models import Person
from reports.queries.purse import IN_A_POOL


@dataclass(frozen=True, kw_only=True)
class Why:
    """
    Why one member's share of a line is what it is. Units: pence; below zero where money came back.

    `payers`: how many shared it. `pledged_pence` of `all_pledged_pence` is the member's part, where the rule
    goes by pledges. `streams`: from which of their money it came.
    """

    line: InvoiceLine
    cluster: str
    rule: str
    share_pence: int
    payers: int
    pledged_pence: int
    all_pledged_pence: int
    streams: tuple[tuple[str, int], ...]

    @property
    def exact_pence(self) -> Decimal:
        """What the rule gives before it is made whole pence."""
        amount = Decimal(self.line.amount_pence)
        if self.rule == SharingRule.BY_PLEDGE and self.all_pledged_pence:
            return amount * self.pledged_pence / self.all_pledged_pence
        return amount / self.payers if self.rule == SharingRule.EQUAL and self.payers else amount

    @property
    def given_back_pence(self) -> int:
        """What came back, where the line is of a credit note."""
        return -self.share_pence

    @property
    def pays_odd_penny(self) -> bool:
        """Tell whether this time the odd penny fell to them."""
        return abs(self.share_pence) > abs(self.exact_pence)

    @property
    def is_spared_odd_penny(self) -> bool:
        """Tell whether this time somebody else took the odd penny."""
        return abs(self.share_pence) < abs(self.exact_pence)


def why_paid(*, line_id: UUID, person: Person) -> Why | None:
    """Give why a person's own share of an accepted line is what it is; none where they have no share in it."""
    line = (
        InvoiceLine.objects.filter(pk=line_id, state=LineState.ACCEPTED, entry__isnull=False)
        .select_related("entry", "service", "invoice__provider", "invoice__contract__cluster")
        .first()
    )
    if line is None or line.entry is None:
        return None
    cluster = line.invoice.contract.cluster
    mine = list(cluster.memberships.filter(person=person))
    shares = _shares(line.entry, mine)
    if not shares:
        return None
    names = dict(FundingStream.objects.filter(council=cluster.council_id).values_list("code", "name"))
    active = _active(cluster.pk, line.service_date)
    return Why(
        line=line,
        cluster=cluster.name,
        rule=line.entry.basis.get("rule", ""),
        share_pence=sum(shares.values()),
        payers=len(active),
        pledged_pence=_pledged([member for member in active if member in mine], line.service_date),
        all_pledged_pence=_pledged(active, line.service_date),
        streams=tuple((names.get(code, code), pence) for code, pence in sorted(shares.items())),
    )


def _active(cluster_id: UUID, on: date) -> list[Membership]:
    """Give who was a member on a day."""
    stays = Q(left_date__isnull=True) | Q(left_date__gt=on)
    return list(Membership.objects.filter(stays, cluster=cluster_id, joined_date__lte=on))


def _pledged(memberships: list[Membership], on: date) -> int:
    """Give what these members had pledged by a day and not taken back before it, in pence."""
    pledges = Pledge.objects.filter(membership__in=memberships, effective_date__lte=on)
    returns = PledgeReturn.objects.filter(membership__in=memberships, effective_date__lt=on)
    put_in: int = pledges.aggregate(pence=Sum("amount_pence"))["pence"] or 0
    taken_back: int = returns.aggregate(pence=Sum("amount_pence"))["pence"] or 0
    return put_in - taken_back


def _shares(entry: Entry, memberships: list[Membership]) -> dict[str, int]:
    """Give what an entry took from these members' money, in pence by stream; below zero where it gave back."""
    owners = [membership.pk for membership in memberships]
    moved: dict[str, int] = {}
    for here, sign in (("source", 1), ("target", -1)):
        theirs = {f"{here}__owner_id__in": owners, f"{here}__kind__in": IN_A_POOL}
        rows = Transfer.objects.filter(entry=entry, **theirs).values_list(f"{here}__stream")
        for stream, pence in rows.annotate(pence=Sum("amount_pence")):
            moved[stream] = moved.get(stream, 0) + sign * pence
    return moved
