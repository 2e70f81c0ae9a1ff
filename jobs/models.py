"""Background work, a row for each piece. PostgreSQL is the truth; Celery only rings."""

from typing import Any, Protocol

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Now

from ledger.models.fields import UuidV7


class JobState(models.TextChoices):
    """How far a piece of work has come."""

    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"
    FAILED = "failed", "Could not be done"


class SignedIn(Protocol):
    """Whoever looks: who they are for the books, and the roles they hold (`jobs` knows no users)."""

    @property
    def label(self) -> str:
        """Say who acts, without a name."""

    @property
    def roles(self) -> Any:
        """The roles they hold, each for a council."""


class JobQuerySet(models.QuerySet["Job"]):
    """Ways to ask for work."""

    def unfinished(self) -> "JobQuerySet":
        """Work that is still to be done."""
        return self.filter(state=JobState.WAITING)

    def visible_to(self, user: SignedIn) -> "JobQuerySet":
        """Give what one asked for, and all of a council one works for."""
        return self.filter(Q(asked_by=user.label) | Q(council_id__in=user.roles.values("council_id")))

    def with_parts_counted(self) -> "JobQuerySet":
        """Say of each how many parts it has, and how many of them are done."""
        return self.annotate(
            parts_total=Count("parts"), parts_done=Count("parts", filter=Q(parts__state=JobState.DONE))
        )


class Job(models.Model):
    """
    One piece of work, written in the transaction of its cause and marked done in that of its effect.

    `kind` names the Celery task that does it and `key` the work itself: asking twice for the same work gives
    the same row. A job may be a part of a larger one, whose progress is then how many of its parts are done.
    `council_id` says whose work it is, so that a page shows it to nobody else. `attempts`: how often it was
    begun. `error` is fit for the person who asked; what a programmer needs is in the log.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    kind = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    council_id = models.UUIDField(null=True)
    asked_by = models.CharField(max_length=100)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    payload = models.JSONField(db_default=models.Value({}, models.JSONField()))
    state = models.CharField(max_length=10, choices=JobState.choices, db_default=JobState.WAITING)
    attempts = models.PositiveIntegerField(db_default=0)
    done = models.PositiveIntegerField(db_default=0)
    total = models.PositiveIntegerField(db_default=1)
    doing = models.CharField(max_length=200, blank=True, db_default="")
    error = models.TextField(blank=True, db_default="")
    result = models.JSONField(db_default=models.Value({}, models.JSONField()))
    asked_at = models.DateTimeField(db_default=Now())
    rung_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="jobs_job_is_asked_for_once"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="jobs_job_state_is_known"),
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="jobs_job_does_no_more_than_asked"
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.WAITING, finished_at__isnull=True)
                | (~Q(state=JobState.WAITING) & Q(finished_at__isnull=False)),
                name="jobs_job_says_when_it_finished",
            ),
        ]
        indexes = [
            models.Index(fields=["rung_at"], condition=Q(state=JobState.WAITING), name="jobs_job_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_finished(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self.state != JobState.WAITING
