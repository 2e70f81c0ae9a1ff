"""Which report is wanted, and who may have it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from clusters.models import Cluster, Membership
from people.models import COUNCIL_WIDE, Council, Person, Role, User
from reconciliation.queries.standing import began_in, first_entry
from reports.queries.commissioning_report import cluster_report, council_report
from reports.rules.commissioning import CommissioningReport
from reports.rules.forecast import Span


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """
    A report as somebody may have it: of a council, or of one cluster, in a month.

    `person` is the member it is for, whose share is told and nobody else's; officers have none. `began_date`: the
    month from which the council has reports, where somebody looks from month to month.
    """

    council: Council
    cluster: Cluster | None
    person: Person | None
    month: Span
    began_date: date | None = None

    def made(self, *, on: date) -> CommissioningReport:
        """Give the report itself, made `on` a day."""
        if self.cluster is None:
            return council_report(council=self.council, month=self.month, on=on)
        return cluster_report(cluster=self.cluster, month=self.month, on=on, member=self.person)


def council_wanted(*, user: User, code: str, month: Span) -> Wanted | None:
    """Give a council's report as somebody may have it; none where they may not, or there is no such council."""
    council = councils_told(user).annotate(first_entry_date=first_entry("book")).filter(code=code).first()
    if council is None:
        return None
    began_date = began_in(council.year_start_date, council.first_entry_date)
    return Wanted(council=council, cluster=None, person=None, month=month, began_date=began_date)


def cluster_wanted(*, user: User, person: Person | None, code: str, pk: UUID, month: Span) -> Wanted | None:
    """
    Give a cluster's report as somebody may have it; none where they may not, or there is no such cluster.

    `person` is whose page it is. An officer of the cluster's council reads the report as an officer.
    """
    offices = Role.objects.filter(user=user, kind__in=COUNCIL_WIDE, council=OuterRef("council"))
    cluster = (
        clusters_told(user, person)
        .annotate(is_told_whole=Exists(offices), first_entry_date=first_entry("council__book"))
        .filter(pk=pk, council__code=code)
        .first()
    )
    if cluster is None:
        return None
    return Wanted(
        council=cluster.council,
        cluster=cluster,
        person=None if cluster.is_told_whole else person,
        month=month,
        began_date=began_in(cluster.council.year_start_date, cluster.first_entry_date),
    )


def councils_told(user: User) -> QuerySet[Council]:
    """Give the councils whose reports somebody may open: those they do council-wide work for."""
    return Council.objects.filter(pk__in=_offices(user))


def clusters_told(user: User, person: Person | None) -> QuerySet[Cluster]:
    """Give the clusters whose reports somebody may open: those of whose page it is, and of councils they work for."""
    own = Membership.objects.filter(person=person).in_the_pool().values("cluster")
    every = Cluster.objects.select_related("council")
    return (every.filter(pk__in=own) | every.filter(council__in=_offices(user))).distinct()


def _offices(user: User) -> QuerySet[Role, object]:
    return Role.objects.filter(user=user, kind__in=COUNCIL_WIDE).values("council")
