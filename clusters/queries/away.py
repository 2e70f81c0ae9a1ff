"""Who is away on which days, who pays their part meanwhile, and which days are shared already."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Min, Q
from django.db.models.functions import Coalesce

from clusters.models import Absence, AbsenceQuerySet, Agreement, Cluster, Membership
from clusters.rules.away import AwaySpan, SignedVersion, spans_of, version_on
from ledger.models import Account, AccountKind, EntryKind, Transfer


def absences_ahead(*, membership: Membership, on: date) -> AbsenceQuerySet:
    """Give when a member is away, now or later."""
    return Absence.objects.with_a_day_from(on).filter(membership=membership).order_by("start_date")


def away_spans(*, cluster_id: UUID) -> dict[UUID, list[AwaySpan]]:
    """Give by membership when members of a cluster are away, and who pays their part then; two queries."""
    versions = signed_versions(cluster_id=cluster_id)
    spans: dict[UUID, list[AwaySpan]] = defaultdict(list)
    standing = Absence.objects.standing().filter(membership__cluster=cluster_id).order_by("start_date")
    for absence in standing:
        spans[absence.membership_id] += spans_of(
            start_date=absence.start_date,
            end_date=absence.until_date,
            cause=absence.cause,
            versions=versions,
        )
    return spans


def signed_versions(*, cluster_id: UUID) -> list[SignedVersion]:
    """Give what each signed version of a cluster's agreement says about who is away."""
    signed = Agreement.objects.filter(cluster=cluster_id, signed_date__isnull=False).order_by("version")
    return [
        SignedVersion(one.version, one.signed_date, one.on_holiday, one.on_illness)
        for one in signed
        if one.signed_date is not None
    ]


def who_pays(*, cluster: Cluster, cause: str, on: date) -> str:
    """Give who pays for a member who is away on a day for this cause, as their agreement says today."""
    version = version_on(signed_versions(cluster_id=cluster.pk), on)
    return version.says(cause) if version else ""


def first_shared_day(*, membership: Membership, start: date, end: date) -> date | None:
    """
    Give the first day from `start` up to `end` (exclusive) of which something is shared with a member already.

    What the members share is shared with each of them, also where their part came to nothing; a visit of one of
    them only with that one. What the books moved shows it.
    """
    accounts = Account.objects.filter(
        owner_id__in=Membership.objects.filter(cluster=membership.cluster_id).values("pk"),
        kind__in=[AccountKind.POOL_SHARE, AccountKind.COMMITTED],
    ).values("pk")
    own = Account.objects.filter(owner_id=membership.pk).values("pk")
    with_them = ~Q(entry__basis__rule="by_use") | Q(source__in=own) | Q(target__in=own)
    moved = Transfer.objects.filter(
        Q(source__in=accounts) | Q(target__in=accounts),
        with_them,
        entry__kind__in=[EntryKind.INVOICE, EntryKind.CREDIT],
        effective_date__gte=start,
    ).annotate(day=Coalesce("entry__concerned_date", "effective_date"))
    first: date | None = moved.filter(day__gte=start, day__lt=end).aggregate(first=Min("day"))["first"]
    return first
