"""Files that people of a provider upload: looked at first, and taken in once they say so."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ledger.models.fields import UuidV7
from people.models import Council, User
from providers.models import Provider


class UploadState(models.TextChoices):
    """How far a file is."""

    LOOKING = "looking", "Being looked at"
    READY = "ready", "Looked at, not sent yet"
    REFUSED = "refused", "Has to be put right"
    SENDING = "sending", "Being sent"
    TAKEN = "taken", "Sent"
    FORGOTTEN = "forgotten", "Not sent"


# As long as it may still be sent, and no longer, the file itself is kept.
KEPT_STATES = [UploadState.LOOKING, UploadState.READY, UploadState.SENDING]


class UploadQuerySet(models.QuerySet["Upload"]):
    """Ways to ask for uploaded files."""

    def visible_to(self, user: User | AnonymousUser) -> "UploadQuerySet":
        """Give what somebody uploaded themselves, as long as they work for that provider."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(uploaded_by=user, provider__staff__user=user)


class Upload(models.Model):
    """
    A file of a provider's invoices between being looked at and being taken in.

    `outcome` is what would become of each document, as judged by the same rules; `faults` is what is wrong with the
    file. A long one is looked at and sent by a worker: meanwhile it is `looking` or `sending`. The file itself
    (`content`) is kept only until it is sent or has to be put right, and only whoever uploaded it comes near it.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="uploads")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="uploads")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=UploadState.choices)
    outcome = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    uploaded_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=UploadState.values), name="invoices_upload_state_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=KEPT_STATES, ended_at__isnull=True) & ~Q(content=b""))
                | (~Q(state__in=KEPT_STATES) & Q(content=b"", ended_at__isnull=False)),
                name="invoices_upload_is_kept_until_it_is_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*KEPT_STATES, UploadState.TAKEN]) | Q(faults=[]),
                name="invoices_upload_with_faults_is_not_taken",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uploaded_at"], condition=Q(state__in=KEPT_STATES), name="invoices_upload_by_age"
            )
        ]

    def __str__(self) -> str:
        return self.name
