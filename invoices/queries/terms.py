"""What lines are judged by: the contract's terms, its members and their pledges, and what is left."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Sum

from clusters.models import Absence, Membership, Pledge, PledgeReturn, SharingRule
from clusters.queries.away import away_spans
from commissioning.models import Contract, ContractService
from commonpurse.asked_often import AskedOften
from invoices.models import Invoice, InvoiceLine, LineState
from invoices.rules import Away, Bill, Corrected, Judge, Line, Member, Pledged, Terms
from ledger.models import Account, AccountKind

Funds = dict[tuple[UUID, str], int]

# Most clusters never have anybody away, and are not asked about it.
MEMBERS = AskedOften(
    lambda cluster: (
        Membership.objects.filter(cluster=cluster, joined_date__isnull=False)
        .order_by("ref")
        .values_list(
            "pk", "ref", "joined_date", "left_date", Exists(Absence.objects.filter(membership=OuterRef("pk")))
        )
    ),
    cluster="uuid",
)
PLEDGES = AskedOften(
    lambda cluster: Pledge.objects.filter(membership__cluster=cluster).values_list(
        "membership", "stream__code", "amount_pence", "effective_date"
    ),
    cluster="uuid",
)
RETURNS = AskedOften(
    lambda cluster: PledgeReturn.objects.filter(membership__cluster=cluster).values_list(
        "membership", "stream__code", "amount_pence", "effective_date"
    ),
    cluster="uuid",
)
ACCEPTED = InvoiceLine.objects.filter(state=LineState.ACCEPTED, corrects_line__isnull=True)
UNITS_USED = AskedOften(
    lambda services: (
        ACCEPTED.filter(service__in=services).values_list("service").annotate(units=Sum("units"))
    ),
    services="uuid[]",
)
VISITS = AskedOften(
    lambda services, days: ACCEPTED.filter(
        service__in=services, service_date__in=days, membership__isnull=False
    ).values_list("service", "service_date", "membership", "units"),
    services="uuid[]",
    days="date[]",
)
# By the members, who are known by then: in a council that was just loaded PostgreSQL does not know yet how few of the
# book's accounts a cluster's are, and would look through all of them.
MONEY = AskedOften(
    lambda book, contract, members: (
        Account.objects.select_for_update(no_key=True)
        .filter(Q(kind=AccountKind.POOL_SHARE) | Q(kind=AccountKind.COMMITTED, earmark_id=contract))
        .filter(book=book, owner_id__in=members)
        .order_by("id")
        .values_list("pk", "kind", "owner_id", "stream", "balance_pence")
    ),
    book="uuid",
    contract="uuid",
    members="uuid[]",
)


def members_of(*, cluster_id: UUID) -> list[Member]:
    """Give everybody who is or was a member, with what they pledged and took back, and when they are away."""
    pledged: dict[UUID, list[Pledged]] = {}
    for membership, stream, pence, day in PLEDGES(cluster=cluster_id):
        pledged.setdefault(membership, []).append(Pledged(stream, pence, day))
    # What went back weighs from the next day on: the day itself may have been shared already.
    for membership, stream, pence, day in RETURNS(cluster=cluster_id):
        pledged.setdefault(membership, []).append(Pledged(stream, -pence, day + timedelta(days=1)))
    rows = MEMBERS(cluster=cluster_id)
    is_anybody_away = any(is_ever_away for *_, is_ever_away in rows)
    spans = away_spans(cluster_id=cluster_id) if is_anybody_away else {}
    return [
        Member(
            id=pk,
            ref=ref,
            joined_date=joined_date,
            left_date=left_date,
            pledges=tuple(pledged.get(pk, ())),
            away=tuple(Away(*span) for span in spans.get(pk, ())),
        )
        for pk, ref, joined_date, left_date, _ in rows
    ]


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


def judge_for(*, bill: Bill, lines: Collection[Line], funds: Funds) -> Judge:
    """
    Give a judge who knows what has been accepted of a contract so far, as far as these lines depend on it.

    Units count over the whole term, and only where there is a limit; visits only on the days that are to be judged, and
    only where a line is one member's.
    """
    billed = [bill.services[code] for code in {line.service_code for line in lines} & set(bill.services)]
    limited = [terms.id for terms in billed if terms.max_units is not None]
    of_one = [terms.id for terms in billed if terms.sharing_rule == SharingRule.BY_USE]
    days = sorted({line.service_date for line in lines})
    return Judge(
        units_used=dict(UNITS_USED(services=limited)) if limited else {},
        visits=set(VISITS(services=of_one, days=days)) if of_one else set(),
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
