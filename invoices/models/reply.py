"""What a provider answers about a held line, and the file it sent along."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from invoices.models.hold import Hold
from ledger.models.fields import UuidV7


class MediaType(models.TextChoices):
    """What kinds of files are kept. None of them is ever run or shown in a page: they are only handed out."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG picture"
    JPEG = "image/jpeg", "JPEG picture"
    CSV = "text/csv", "Table (CSV)"
    TEXT = "text/plain", "Plain text"


class Attachment(models.Model):
    """
    A file for the answer to a hold. `path` is where its bytes lie below MEDIA_ROOT, outside what the web serves.

    Written once; the same bytes of one provider lie in one place. `size_bytes` above nought.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=20, choices=MediaType.choices)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    put_at = models.DateTimeField(db_default=Now())
    put_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(media_type__in=MediaType.values, size_bytes__gt=0, size_bytes__lte=5_000_000)
                & ~Q(name=""),
                name="invoices_attachment_is_of_a_known_kind",
            )
        ]

    def __str__(self) -> str:
        return self.name


class HoldReply(models.Model):
    """What a provider answered about a held line while it was open. The newest counts; all are kept."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="replies")
    words = models.TextField()
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(db_default=Now())
    written_by = models.CharField(max_length=100)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="invoices_reply_says_something")]

    def __str__(self) -> str:
        return self.words[:60]
