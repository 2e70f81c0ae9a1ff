"""People who came from another council, with the pack they came with."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models.functions import Now

from ledger.models.fields import UuidV7
from moving.models.key import CouncilKey, KnownCouncil
from people.models import Council, Person, User


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    """Ways to ask for arrivals."""

    def visible_to(self, user: User | AnonymousUser) -> "ArrivalQuerySet":
        """Give those of the people one may see."""
        return self.filter(person__in=Person.objects.visible_to(user))


class Arrival(models.Model):
    """
    A person came with a pack: their plan and budget go on as the first council agreed them.

    Care Act 2014 ss37-38: on that basis until the council's own assessment, which is due from the first day. `pack` is
    kept as it came; only this council's key opens it. A pack is taken in once.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="arrivals")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="arrival")
    sender = models.ForeignKey(KnownCouncil, on_delete=models.PROTECT, related_name="arrivals")
    key = models.ForeignKey(CouncilKey, on_delete=models.PROTECT, related_name="arrivals")
    pack_id = models.UUIDField()
    pack = models.BinaryField()
    moved_date = models.DateField()
    taken_at = models.DateTimeField(db_default=Now())
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "pack_id"], name="moving_arrival_is_taken_in_once")
        ]

    def __str__(self) -> str:
        return f"from {self.sender} on {self.moved_date}"
