"""Edits: every change of what somebody writes in a plan or an assessment, so that no word is ever lost."""

from django.db import models
from django.db.models import Q

from ledger.models.fields import UuidV7
from people.models import User
from sealing.models import SealedTextField, new_id


class Edit(models.Model):
    """
    One field of a document was written anew; kept for good.

    `document` is the plan or assessment. Its edits are numbered; what is saved at once shares a number. `is_beside`:
    somebody else had written in the same field meanwhile, so this is kept beside theirs and does not stand.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    document = models.UUIDField()
    number = models.PositiveIntegerField()
    field = models.CharField(max_length=100)
    before = SealedTextField(blank=True)
    after = SealedTextField(blank=True)
    is_beside = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number", "field"],
                condition=Q(is_beside=False),
                name="plans_edit_changes_a_field_once",
            ),
        ]
        indexes = [models.Index(fields=["document", "number"], name="plans_edit_of_a_document")]

    def __str__(self) -> str:
        return f"{self.field}, edit {self.number}"
