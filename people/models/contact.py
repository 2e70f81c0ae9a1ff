"""The first conversation with somebody: when it was, who got in touch, and what they said. Asked once."""

from django.db import models
from django.db.models import Q

from ledger.models.fields import UuidV7
from people.models.person import Person
from people.models.user import User
from sealing.models import SealedTextField, new_id


class FirstContact(models.Model):
    """
    How somebody became known to their council, kept as it was written; the first assessment begins with it.

    `by_whom`: who got in touch for them; nothing: they themselves. `words`: what they said, in their own words.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="first_contact")
    contacted_date = models.DateField()
    by_whom = SealedTextField(max_length=200, blank=True)
    words = SealedTextField()
    language = SealedTextField(max_length=200, blank=True)
    communication = SealedTextField(max_length=500, blank=True)
    contact = SealedTextField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="people_firstcontact_says_something")
        ]

    def __str__(self) -> str:
        return f"first spoken with on {self.contacted_date}"
