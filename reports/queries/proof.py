"""How far a month has been proved: its exceptions, its certificate and its seal."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Sum
from django.db.models.functions import JSONObject

from clusters.models import Cluster
from people.models import Council, RoleKind
from reconciliation.models import (
    CertificateLine,
    ClusterMonth,
    Finding,
    FindingKind,
    FindingState,
    MonthEnd,
    MonthEndState,
)
from reports.rules.commissioning import Certificate, FindingGroup, Proof, Standing
from reports.rules.forecast import Span

STANDINGS = {
    MonthEndState.BEGUN: Standing.PROVISIONAL,
    MonthEndState.UNCLEAR: Standing.UNCLEAR,
    MonthEndState.CLEAN: Standing.RECONCILED,
    MonthEndState.SIGNED: Standing.SIGNED,
    MonthEndState.CLOSED: Standing.CERTIFIED,
}
CERTIFICATE = ("words", "expected", "found", "is_money", "holds")
FIGURES = (
    "billed_pence",
    "recomputed_pence",
    "posted_pence",
    "last_closing_pence",
    "opening_pence",
    "pledged_pence",
    "returned_pence",
    "other_pence",
    "closing_pence",
    "differing_count",
)
OWNERS: dict[str, str] = {**{kind.value: str(kind.label) for kind in RoleKind}, "provider": "Provider"}


@dataclass(frozen=True, kw_only=True)
class Proved:
    """
    What the month end says of a month.

    `finals` are the month ends of the council's year that are signed, in a row from its start; `open_from` is
    the first day after them, from which figures are read from the books as they stand.
    """

    standing: Standing
    findings: tuple[FindingGroup, ...]
    certificate: Certificate | None
    finals: list[UUID]
    open_from: date


def proof_of(*, council: Council, cluster: Cluster | None, month: Span, year: Span) -> Proved:
    """Give what the month ends say of a council's month, or of one cluster's part in it, in one query."""
    of_month = {"month_end": OuterRef("pk"), "month_end__start_date": month.start}
    if cluster is not None:
        of_month["cluster"] = cluster
    ends = list(
        MonthEnd.objects.select_related("signed_by", "period")
        .filter(council=council, start_date__gte=year.start, end_date__lte=month.end)
        .annotate(found=_found(of_month), proved=_proved(of_month, is_of_council=cluster is None))
        .order_by("start_date")
    )
    finals, open_from = [], year.start
    for end in ends:
        if end.is_final and end.start_date == open_from:
            finals.append(end.pk)
            open_from = end.end_date
    this = next((end for end in ends if end.start_date == month.start), None)
    is_counted = this is not None and this.state != MonthEndState.BEGUN
    return Proved(
        standing=STANDINGS[MonthEndState(this.state)] if this else Standing.PROVISIONAL,
        findings=_findings(this) if this and is_counted else (),
        certificate=_certificate(this, is_of_council=cluster is None) if this and is_counted else None,
        finals=finals,
        open_from=open_from,
    )


def _found(of_month: dict[str, Any]) -> ArraySubquery:
    """Add up a month's exceptions that are open or explained, those that stop the signature first."""
    return ArraySubquery(
        Finding.objects.filter(**of_month)
        .exclude(state=FindingState.GONE)
        .values("kind", "owner", "is_blocking")
        .annotate(times=Count("pk"), pence=Sum(F("found_pence") - F("expected_pence")))
        .order_by("-is_blocking", "kind", "owner")
        .values(
            line=JSONObject(
                kind="kind", owner="owner", is_blocking="is_blocking", times="times", pence="pence"
            )
        )
    )


def _proved(of_month: dict[str, Any], *, is_of_council: bool) -> ArraySubquery:
    """Find the lines of a council's certificate, or the figures of one cluster's month."""
    lines = CertificateLine.objects.order_by("place") if is_of_council else ClusterMonth.objects.all()
    names = CERTIFICATE if is_of_council else FIGURES
    return ArraySubquery(lines.filter(**of_month).values(line=JSONObject(**{name: name for name in names})))


def _findings(end: MonthEnd) -> tuple[FindingGroup, ...]:
    """Say in words what the month end found."""
    found: list[dict[str, Any]] = end.found  # type: ignore[attr-defined]  # its query brings it along
    return tuple(
        FindingGroup(
            kind=str(FindingKind(row["kind"]).label),
            owner=OWNERS[row["owner"]],
            is_blocking=row["is_blocking"],
            count=row["times"],
            pence=row["pence"],
            counts_people=row["kind"] == FindingKind.OVERSPEND_FORECAST,
        )
        for row in found
    )


def _certificate(end: MonthEnd, *, is_of_council: bool) -> Certificate:
    """Give what was proved of the council's month, or of the cluster's; the seal is the council's."""
    period = end.period
    lines: list[dict[str, Any]] = end.proved  # type: ignore[attr-defined]  # its query brings it along
    return Certificate(
        proofs=tuple(Proof(**line) for line in lines) if is_of_council else _cluster_proofs(lines),
        reconciled_at=end.certified_at,
        signed_at=end.signed_at,
        signed_by=str(end.signed_by) if end.signed_by else "",
        seal=bytes(period.seal).hex() if period else "",
        previous_seal=bytes(period.previous_seal).hex() if period and period.previous_seal else "",
        entries=period.entry_count if period else 0,
    )


def _cluster_proofs(lines: list[dict[str, Any]]) -> tuple[Proof, ...]:
    """Say of one cluster what the certificate says of them all; nothing of one that was not counted."""
    if not lines:
        return ()
    [counted] = lines
    moved = [counted[f"{name}_pence"] for name in ("returned", "posted", "other")]
    spent = counted["pledged_pence"] - sum(moved)
    money = (
        ("Shares worked out again are what was billed", counted["billed_pence"], counted["recomputed_pence"]),
        (
            "Shares in the books are the shares worked out again",
            counted["recomputed_pence"],
            counted["posted_pence"],
        ),
        (
            "The month opened with what the last closed month left",
            counted["last_closing_pence"],
            counted["opening_pence"],
        ),
        (
            "Opening and everything that moved give the closing",
            counted["opening_pence"] + spent,
            counted["closing_pence"],
        ),
    )
    proofs = [
        Proof(words=words, expected=expected, found=found, is_money=True, holds=expected == found)
        for words, expected, found in money
    ]
    differing = counted["differing_count"]
    members = "Members and streams whose shares differ"
    return (*proofs, Proof(words=members, expected=0, found=differing, is_money=False, holds=differing == 0))
