"""A draft of an agreement, before it is put to the members."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from clusters.models.agreement import Agreement
from ledger.models.fields import UuidV7


class AgreementDraft(models.Model):
    """
    What the members have answered so far, for the next version of their agreement. Saved page by page.

    `answers` holds what each page said, by the name of its question. There is one open draft in a cluster; once
    it is put to the members it became `put_as`, and stays as it was.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.PROTECT, related_name="agreement_drafts")
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField(db_default=Now())
    begun_by = models.CharField(max_length=100)
    saved_at = models.DateTimeField(db_default=Now())
    saved_by = models.CharField(max_length=100)
    put_as = models.OneToOneField(Agreement, on_delete=models.PROTECT, null=True, related_name="draft")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(put_as__isnull=True),
                name="clusters_draft_is_open_once_a_cluster",
            )
        ]

    def __str__(self) -> str:
        return f"Draft of {self.begun_at:%-d %B %Y}"
