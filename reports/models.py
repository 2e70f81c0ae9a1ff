"""Reports as they were handed out, and the codes a council's finance system knows the money by; both kept."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from clusters.models import Cluster
from ledger.models import AccountKind
from ledger.models.fields import UuidV7
from people.models import COUNCIL_WIDE, Council, Person, Role, User
from reports.rules.hand_over import CodeSort


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


CODE = r"^[A-Za-z0-9][A-Za-z0-9./-]*$"
SORTS = [
    (CodeSort.COST_CENTRE.value, "Cost centre"),
    (CodeSort.SUBJECTIVE.value, "Subjective code"),
    (CodeSort.VAT.value, "VAT code"),
]


class LedgerCode(models.Model):
    """
    A code of a council's finance system, for the lines of its journal from `effective_date` on.

    An empty account kind, stream or service means any. Never changed: another code is another row, and the newest one
    that has begun holds. Without a council it holds wherever a council has said nothing. PostgreSQL refuses a row that
    would begin in a closed month, so that what was handed over stays as it was.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, related_name="ledger_codes")
    sort = models.CharField(max_length=20, choices=SORTS)
    account_kind = models.CharField(max_length=20, choices=AccountKind.choices, blank=True)
    stream_code = models.CharField(max_length=30, blank=True)
    service_code = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=30)
    effective_date = models.DateField()
    set_at = models.DateTimeField(db_default=Now())
    set_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sort__in=[sort for sort, _ in SORTS]), name="reports_code_is_of_a_known_sort"
            ),
            models.CheckConstraint(
                condition=Q(account_kind__in=["", *AccountKind.values]),
                name="reports_code_is_for_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=CODE), name="reports_code_can_be_written_anywhere"
            ),
        ]

    def __str__(self) -> str:
        return self.code
