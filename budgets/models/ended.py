"""What went back to the council's funding when a budget ended before its time."""

from django.db import models
from django.db.models import Q

from budgets.models.budget import Allocation
from ledger.models import Entry
from ledger.models.fields import UuidV7


class EndedPart(models.Model):
    """What a stream of a budget gave back when the budget ended early, in pence, and the entry that moved it."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    allocation = models.OneToOneField(Allocation, on_delete=models.PROTECT, related_name="ended")
    returned_pence = models.BigIntegerField()
    effective_date = models.DateField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_pence__gt=0), name="budgets_ended_gave_something_back"
            )
        ]

    def __str__(self) -> str:
        return f"{self.returned_pence}p"
