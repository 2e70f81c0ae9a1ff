"""The commissioning report of a month, read from the books, the contracts and the month end."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from clusters.models import Cluster, SharingRule
from people.models import Council, Person
from reports.queries.names import Names, names_of
from reports.queries.proof import Proved, proof_of
from reports.queries.spending import NOTHING_BOUGHT, Told, Way, pots, spent_and_bought
from reports.queries.waiting import Standing, promises, standings, waiting
from reports.rules.commissioning import (
    Bought,
    ClusterSpend,
    CommissioningReport,
    HoldGroup,
    MemberShare,
    MonthMoney,
    ProviderSpend,
    Reader,
    Reviewed,
    ServiceSpend,
    Spend,
    Subject,
    Unmet,
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
    bought: dict[Way, Bought]
    pots: dict[str, Any]
    names: Names
    stood: list[Standing]
    holds: tuple[HoldGroup, ...]
    unmet: tuple[Unmet, ...]


def council_report(*, council: Council, month: Span, on: date) -> CommissioningReport:
    """Give a council's report of a month, made `on` a day. The number of queries does not depend on its size."""
    return _report(council=council, cluster=None, month=month, on=on, reader=Reader.COUNCIL)


def cluster_report(
    *, cluster: Cluster, month: Span, on: date, member: Person | None = None
) -> CommissioningReport:
    """
    Give a cluster's report of a month, made `on` a day.

    `member`: the reader, where it is for a member: their share is told and nobody else's. Without one the report
    is for officers and tells every member's share by reference.
    """
    reader = Reader.OFFICERS if member is None else Reader.MEMBER
    return _report(council=cluster.council, cluster=cluster, month=month, on=on, reader=reader, member=member)


def _report(
    *,
    council: Council,
    cluster: Cluster | None,
    month: Span,
    on: date,
    reader: Reader,
    member: Person | None = None,
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
    values = _values(subject, proved, council=council, cluster=cluster, member=member)
    read = _read(subject, values)
    clusters = _clusters(read)
    total = _spend(next(iter(read.told["total"]), NOTHING_TOLD), subject.name)
    return CommissioningReport(
        subject=subject,
        standing=proved.standing,
        total=total,
        bought=read.bought.get(("total", "", ""), NOTHING_BOUGHT),
        services=_services(read),
        streams=tuple(
            _spend(told, read.names.streams.get(told.key, told.key)) for told in read.told["stream"]
        ),
        sharing=tuple(_spend(told, str(SharingRule(told.key).label)) for told in read.told["rule"]),
        year=_year(clusters, total),
        months=_months(read),
        clusters=clusters if cluster is None else (),
        providers=_providers(read),
        members=_members(read),
        promises=promises(read.names.contracts, read.stood),
        holds=read.holds,
        unmet=read.unmet,
        findings=proved.findings,
        certificate=proved.certificate,
    )


def _values(
    subject: Subject, proved: Proved, *, council: Council, cluster: Cluster | None, member: Person | None
) -> dict[str, Any]:
    """Give what the SQL of a report is asked with."""
    return {
        "council": council.pk,
        "book": council.book_id,
        "cluster": cluster.pk if cluster else None,
        "person": member.pk if member else None,
        "start": subject.year.start,
        "open_from": proved.open_from,
        "finals": proved.finals,
        "end": subject.month.end,
        "month": subject.month.start,
        "by_member": cluster is not None,
        "on": subject.made_on,
    }


def _read(subject: Subject, values: dict[str, Any]) -> _Read:
    """Read everything, in five queries."""
    told, bought = spent_and_bought(values)
    holds, unmet = waiting(values)
    return _Read(
        subject=subject,
        told=told,
        bought=bought,
        pots=pots(values),
        names=names_of(values),
        stood=standings(values),
        holds=holds,
        unmet=unmet,
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
            spend=_spend(told, read.names.services.get((told.key, told.unit), told.key)),
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
    for pk, (ref, name) in read.names.clusters.items():
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
    running = Counter(row.provider_id for row in read.names.contracts.values() if row.is_running)
    found = [(told, read.names.providers[told.key]) for told in read.told["provider"]]
    return tuple(
        ProviderSpend(
            spend=_spend(told, rated.name),
            contracts=running[told.key],
            rating=rated.rating,
            reviewed=Reviewed(reviewers=rated.reviewers, reviews=rated.reviews, stars=rated.stars),
        )
        for told, rated in found
    )


def _members(read: _Read) -> tuple[MemberShare, ...]:
    """Give the shares of the members it tells of, in order of reference."""
    told = {row.key: row for row in read.told["member"]}
    stood = {row.key: row for row in read.stood if row.told_by == "member"}
    return tuple(
        MemberShare(
            ref=ref,
            month_pence=told[pk].month_pence if pk in told else 0,
            year_pence=told[pk].year_pence if pk in told else 0,
            promised_pence=stood[pk].promised_pence if pk in stood else 0,
            left_pence=stood[pk].left_pence if pk in stood else 0,
        )
        for pk, ref in read.names.members.items()
    )
