"""Which report is wanted, and who may have it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from clusters.models import Cluster, Membership
from people.models import COUNCIL_WIDE, Council, Person, Role, User
from reports.queries.commissioning_report import cluster_report, council_report
from reports.rules.commissioning import CommissioningReport
from reports.rules.forecast import Span


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """
    A report as somebody may have it: of a council, or of one cluster, in a month.

    `person` is the member it is for, whose share is told and nobody else's; officers have none.
    """

    council: Council
    cluster: Cluster | None
    person: Person | None
    month: Span

    def made(self, *, on: date) -> CommissioningReport:
        """Give the report itself, made `on` a day."""
        if self.cluster is None:
            return council_report(council=self.council, month=self.month, on=on)
        own = None
        if self.person is not None:
            own = list(
                Membership.objects.filter(cluster=self.cluster, person=self.person).values_list(
                    "pk", flat=True
                )
            )
        return cluster_report(cluster=self.cluster, month=self.month, on=on, own=own)


def councils_told(user: User) -> QuerySet[Council]:
    """Give the councils whose reports somebody may open: those they do council-wide work for."""
    return Council.objects.filter(pk__in=_offices(user))


def clusters_told(user: User, person: Person | None) -> QuerySet[Cluster]:
    """Give the clusters whose reports somebody may open: those of whose page it is, and of councils they work for."""
    own = Membership.objects.filter(person=person).in_the_pool().values("cluster")
    every = Cluster.objects.select_related("council")
    return (every.filter(pk__in=own) | every.filter(council__in=_offices(user))).distinct()


def reader_of(user: User, person: Person | None, cluster: Cluster) -> Person | None:
    """Give the member a cluster's report is made for; an officer of its council reads it as an officer."""
    return None if councils_told(user).filter(pk=cluster.council_id).exists() else person


def _offices(user: User) -> QuerySet[Role, object]:
    return Role.objects.filter(user=user, kind__in=COUNCIL_WIDE).values("council")
