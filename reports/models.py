"""Reports as they were handed out: kept as they were made."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from clusters.models import Cluster
from ledger.models.fields import UuidV7
from people.models import COUNCIL_WIDE, Council, Person, Role, User


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    """Ways to ask for reports that were handed out."""

    def visible_to(self, user: User | AnonymousUser) -> "ReportFileQuerySet":
        """Give officers those of their council, and a member and their helpers those made for them alone."""
        if not isinstance(user, User):
            return self.none()
        offices = Role.objects.filter(user=user, kind__in=COUNCIL_WIDE).values("council")
        return self.filter(
            Q(person__isnull=True, council__in=offices) | Q(person__in=Person.objects.own_or_helped(user))
        )


class ReportFile(models.Model):
    """
    A report as a file, exactly as it was made. Never changed: a newer one is a new row.

    `cluster` is empty for a report of the whole council; `person` is the member a cluster's report was made
    for, with their share in it and nobody else's. `sha256` is over `content`.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="report_files")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, null=True, related_name="report_files")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="report_files")
    month_start_date = models.DateField()
    name = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)

    objects = ReportFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(cluster__isnull=False),
                name="reports_file_for_a_person_is_of_a_cluster",
            )
        ]

    def __str__(self) -> str:
        return self.name
