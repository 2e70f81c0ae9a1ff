"""The commissioning report of a month, read from the books, the contracts and the month end."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from clusters.models import Cluster, Membership, SharingRule
from people.models import Council
from reports.queries import names, waiting
from reports.queries.proof import Proved, proof_of
from reports.queries.spending import NOTHING_BOUGHT, Told, bought, pots, spending
from reports.rules.commissioning import (
    Bought,
    ClusterSpend,
    CommissioningReport,
    MemberShare,
    MonthMoney,
    ProviderSpend,
    Reader,
    ServiceSpend,
    Spend,
    Subject,
    YearMoney,
)
from reports.rules.forecast import Pot, Span, forecast_pence, planned_in
from reports.rules.months import months_in, year_around

NOTHING_TOLD = Told("total", "", "", 0, 0, 0, 0, None)


@dataclass(frozen=True, kw_only=True)
class _Read:
    """Everything that was read for one report, before it is put in order."""

    subject: Subject
    told: dict[str, list[Told]]
    bought: dict[tuple[str, str, str], Bought]
    pots: dict[str, Any]
    clusters: dict[str, tuple[str, str]]
    providers: dict[str, names.Rated]
    services: dict[tuple[str, str], str]
    streams: dict[str, str]
    contracts: list[waiting.ContractRow]
    stood: list[waiting.Standing]


def council_report(*, council: Council, month: Span, on: date) -> CommissioningReport:
    """Give a council's report of a month, made `on` a day. The number of queries does not depend on its size."""
    return _report(council=council, cluster=None, month=month, on=on, reader=Reader.COUNCIL)


def cluster_report(
    *, cluster: Cluster, month: Span, on: date, own: Collection[UUID] | None = None
) -> CommissioningReport:
    """
    Give a cluster's report of a month, made `on` a day.

    `own`: the reader's memberships, where they are a member: their share is told and nobody else's. Without it
    the report is for officers and tells every member's share by reference.
    """
    reader = Reader.OFFICERS if own is None else Reader.MEMBER
    return _report(council=cluster.council, cluster=cluster, month=month, on=on, reader=reader, own=own)


def _report(
    *,
    council: Council,
    cluster: Cluster | None,
    month: Span,
    on: date,
    reader: Reader,
    own: Collection[UUID] | None = None,
) -> CommissioningReport:
    subject = Subject(
        council_code=council.code,
        council_name=council.name,
        cluster_ref=cluster.ref if cluster else "",
        cluster_name=cluster.name if cluster else "",
        month=month,
        year=year_around(month.start, starts=council.year_start_date),
        made_on=on,
        reader=reader,
    )
    proved = proof_of(council=council, cluster=cluster, month=month, year=subject.year)
    values = _values(subject, proved, council=council, cluster=cluster)
    read = _read(subject, values)
    clusters = _clusters(read)
    total = _spend(next(iter(read.told["total"]), NOTHING_TOLD), subject.name)
    return CommissioningReport(
        subject=subject,
        standing=proved.standing,
        total=total,
        bought=read.bought.get(("total", "", ""), NOTHING_BOUGHT),
        services=_services(read),
        streams=tuple(_spend(told, read.streams.get(told.key, told.key)) for told in read.told["stream"]),
        sharing=tuple(_spend(told, SharingRule(told.key).label) for told in read.told["rule"]),
        year=_year(clusters, total),
        months=_months(read),
        clusters=clusters if cluster is None else (),
        providers=_providers(read),
        members=_members(read, cluster, own) if cluster else (),
        promises=waiting.promises(read.contracts, read.stood),
        holds=waiting.holds(values),
        unmet=waiting.unmet(values | {"start": month.start}),
        findings=proved.findings,
        certificate=proved.certificate,
    )


def _values(subject: Subject, proved: Proved, *, council: Council, cluster: Cluster | None) -> dict[str, Any]:
    """Give what the SQL of a report is asked with."""
    return {
        "council": council.pk,
        "book": council.book_id,
        "cluster": cluster.pk if cluster else None,
        "start": subject.year.start,
        "open_from": proved.open_from,
        "finals": proved.finals,
        "end": subject.month.end,
        "month": subject.month.start,
        "by_member": cluster is not None,
        "on": subject.made_on,
    }


def _read(subject: Subject, values: dict[str, Any]) -> _Read:
    """Read everything, a query each."""
    return _Read(
        subject=subject,
        told=spending(values),
        bought=bought(values),
        pots=pots(values),
        clusters=names.clusters(values),
        providers=names.providers(values),
        services=names.service_names(values),
        streams=names.stream_names(values),
        contracts=waiting.contracts(values),
        stood=waiting.standings(values),
    )


def _spend(told: Told, name: str) -> Spend:
    return Spend(
        key=told.key,
        name=name,
        month_pence=told.month_pence,
        year_pence=told.year_pence,
        month_people=told.month_people,
        year_people=told.year_people,
    )


def _services(read: _Read) -> tuple[ServiceSpend, ...]:
    """Give services, the most spent on first."""
    return tuple(
        ServiceSpend(
            spend=_spend(told, read.services.get((told.key, told.unit), told.key)),
            unit=told.unit,
            bought=read.bought.get(("service", told.key, told.unit), NOTHING_BOUGHT),
        )
        for told in read.told["service"]
    )


def _clusters(read: _Read) -> tuple[ClusterSpend, ...]:
    """Give clusters that spent or planned something, the most spent first."""
    subject = read.subject
    told = {row.key: row for row in read.told["cluster"]}
    found = []
    for pk, (ref, name) in read.clusters.items():
        row = told.get(pk, NOTHING_TOLD._replace(key=ref))
        plans: list[Pot] = read.pots.get(pk, [])
        if pk not in told and not plans:
            continue
        spent_from = max(subject.year.start, row.first_month or subject.year.start)
        found.append(
            ClusterSpend(
                id=pk,
                spend=_spend(row._replace(key=ref), name),
                plan_to_date_pence=planned_in(plans, Span(start=subject.year.start, end=subject.month.end)),
                plan_year_pence=planned_in(plans, subject.year),
                forecast_pence=forecast_pence(
                    spent_pence=row.year_pence,
                    spent_from=spent_from,
                    spent_to=subject.month.end,
                    year_end=subject.year.end,
                ),
                saved_pence=read.bought.get(("cluster", pk, ""), NOTHING_BOUGHT).saved_pence,
            )
        )
    return tuple(sorted(found, key=lambda line: (-line.spend.year_pence, line.spend.key)))


def _year(clusters: tuple[ClusterSpend, ...], total: Spend) -> YearMoney:
    """Add the clusters up to the year."""
    return YearMoney(
        plan_to_date_pence=sum(line.plan_to_date_pence for line in clusters),
        plan_pence=sum(line.plan_year_pence for line in clusters),
        spent_pence=total.year_pence,
        forecast_pence=sum(line.forecast_pence for line in clusters),
    )


def _months(read: _Read) -> tuple[MonthMoney, ...]:
    """Give the months of the council's year; those after the report's month have no spend yet."""
    subject = read.subject
    spent = {told.key: told.year_pence for told in read.told["month"]}
    plans = [pot for of_cluster in read.pots.values() for pot in of_cluster]
    return tuple(
        MonthMoney(
            month=month,
            planned_pence=planned_in(
                plans, Span(start=max(month.start, subject.year.start), end=min(month.end, subject.year.end))
            ),
            spent_pence=spent.get(str(month.start), 0) if month.end <= subject.month.end else None,
        )
        for month in months_in(subject.year)
    )


def _providers(read: _Read) -> tuple[ProviderSpend, ...]:
    """Give the providers something was bought from, the most first."""
    running = Counter(row.provider_id for row in read.contracts if row.is_running)
    return tuple(
        ProviderSpend(
            spend=_spend(told, read.providers[told.key].name),
            contracts=running[told.key],
            rating=read.providers[told.key].rating,
        )
        for told in read.told["provider"]
    )


def _members(read: _Read, cluster: Cluster, own: Collection[UUID] | None) -> tuple[MemberShare, ...]:
    """Give the members' shares in order of reference: every one, or only the reader's own."""
    told = {row.key: row for row in read.told["member"]}
    stood = {row.key: row for row in read.stood if row.told_by == "member"}
    shown = Membership.objects.filter(cluster=cluster, joined_date__lt=read.subject.month.end).order_by("ref")
    if own is not None:
        shown = shown.filter(pk__in=own)
    return tuple(
        MemberShare(
            ref=ref,
            month_pence=told[str(pk)].month_pence if str(pk) in told else 0,
            year_pence=told[str(pk)].year_pence if str(pk) in told else 0,
            promised_pence=stood[str(pk)].promised_pence if str(pk) in stood else 0,
            left_pence=stood[str(pk)].left_pence if str(pk) in stood else 0,
        )
        for pk, ref in shown.values_list("pk", "ref")
    )
