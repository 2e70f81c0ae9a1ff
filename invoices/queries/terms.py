"""What lines are judged by: the contract's terms, its members and their pledges, and what is left."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Sum

from clusters.models import Absence, Membership
from clusters.queries.away import away_spans
from commissioning.models import Contract, ContractService
from invoices.models import Invoice, InvoiceLine, LineState
from invoices.rules import Away, Bill, Corrected, Judge, Line, Member, Pledged, Terms

Funds = dict[tuple[UUID, str], int]


def members_of(*, cluster_id: UUID) -> list[Member]:
    """Give everybody who is or was a member, with what they pledged and took back, and when they are away."""
    own = Absence.objects.filter(membership=OuterRef("pk"))
    memberships = list(
        Membership.objects.filter(cluster_id=cluster_id, joined_date__isnull=False)
        .annotate(is_ever_away=Exists(own))
        .order_by("ref")
        .prefetch_related("pledges__stream", "returns__stream")
    )
    # Most clusters never have anybody away, and are not asked about it.
    is_anybody_away = any(m.is_ever_away for m in memberships)  # type: ignore[attr-defined]
    spans = away_spans(cluster_id=cluster_id) if is_anybody_away else {}
    return [_member(m, [Away(*span) for span in spans.get(m.pk, [])]) for m in memberships]


def _member(membership: Membership, away: Sequence[Away]) -> Member:
    pledges = tuple(
        Pledged(p.stream.code, p.amount_pence, p.effective_date) for p in membership.pledges.all()
    )
    # What went back weighs from the next day on: the day itself may have been shared already.
    returns = tuple(
        Pledged(r.stream.code, -r.amount_pence, r.effective_date + timedelta(days=1))
        for r in membership.returns.all()
    )
    assert membership.joined_date is not None  # asked for above, and held by PostgreSQL for members
    return Member(
        id=membership.pk,
        ref=membership.ref,
        joined_date=membership.joined_date,
        left_date=membership.left_date,
        pledges=pledges + returns,
        away=tuple(away),
    )


def bill_for(*, contract: Contract, number: str, members: Sequence[Member]) -> Bill:
    """Give what the lines of one invoice of a contract are judged by."""
    return Bill(
        number=number,
        contract_start_date=contract.start_date,
        contract_end_date=contract.end_date,
        services={service.code: _terms(service) for service in contract.services.all()},
        members=members,
    )


def _terms(service: ContractService) -> Terms:
    return Terms(
        id=service.pk,
        code=service.code,
        unit_rate_pence=service.unit_rate_pence,
        sharing_rule=service.sharing_rule,
        max_units=service.max_units,
    )


def judge_for(*, bill: Bill, days: Collection[date], funds: Funds) -> Judge:
    """
    Give a judge who knows what has been accepted of a contract so far.

    Units count over the whole term; visits only on the days that are to be judged.
    """
    services = [terms.id for terms in bill.services.values()]
    accepted = InvoiceLine.objects.filter(
        service__in=services, state=LineState.ACCEPTED, corrects_line__isnull=True
    )
    used = accepted.values_list("service").annotate(units=Sum("units"))
    visits = accepted.filter(service_date__in=set(days), membership__isnull=False)
    return Judge(
        units_used={service: Decimal(units) for service, units in used},
        visits={
            (service, day, membership, units)
            for service, day, membership, units in visits.values_list(
                "service", "service_date", "membership", "units"
            )
        },
        funds=dict(funds),
    )


def corrected_lines(
    *, invoice: Invoice, lines: Collection[Line], bill: Bill, members: Sequence[Member]
) -> Mapping[int, Corrected]:
    """Give, by line number, those of the lines a credit note names that were accepted."""
    wanted = {line.corrects_line for line in lines if line.corrects_line}
    found = InvoiceLine.objects.filter(
        invoice=invoice, line_number__in=wanted, state=LineState.ACCEPTED, service__isnull=False
    )
    by_id = {member.id: member for member in members}
    terms = {t.id: t for t in bill.services.values()}
    return {
        line.line_number: Corrected(
            line.pk,
            invoice.number,
            line.line_number,
            terms[line.service_id],
            by_id.get(line.membership_id) if line.membership_id else None,
        )
        for line in found
        if line.service_id is not None
    }
