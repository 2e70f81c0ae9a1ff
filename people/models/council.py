"""Councils: the tenants, and what each was loaded from."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ledger.models import Book
from ledger.models.fields import UuidV7


class Council(models.Model):
    """
    The tenant: every owned row belongs to one. It holds the money, in its book.

    `registered_at`: on that day it may bring its own values of policy of earlier days along (ADR 25).
    `is_practice`: made up, for a provider's system to practise on (ADR 18). Nobody works for it, its book holds no real
    money, and nobody sees it.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    book = models.OneToOneField(Book, on_delete=models.PROTECT, related_name="+")
    year_start_date = models.DateField()
    year_end_date = models.DateField()
    is_practice = models.BooleanField(default=False)
    registered_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(year_end_date__gt=models.F("year_start_date")),
                name="people_council_year_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name


class LoadedFolder(models.Model):
    """What a council was loaded from: a digest of the files, so that the same folder is known again. Kept for good."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.OneToOneField(Council, on_delete=models.PROTECT, related_name="loaded_folder")
    digest = models.BinaryField()
    loaded_at = models.DateTimeField(db_default=Now())
    loaded_by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"loaded {self.loaded_at}"
