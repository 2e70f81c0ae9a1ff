"""How somebody wants pages and letters to be: asked once, kept, and used everywhere."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models.notice import Channel
from people.models.person import Person
from people.models.user import User


class TextSize(models.TextChoices):
    """How large words are."""

    USUAL = "usual", _("Usual")
    LARGE = "large", _("Large")
    LARGEST = "largest", _("Largest")


class PersonalSettings(models.Model):
    """
    How a person who draws on care, or somebody else who signs in, wants pages and letters to be.

    A person's settings are theirs whether they sign in or not, so a letter to them comes in their format.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, related_name="settings")
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, related_name="settings")
    is_easy = models.BooleanField(default=False)
    text_size = models.CharField(max_length=10, choices=TextSize.choices, default=TextSize.USUAL)
    language = models.CharField(max_length=10, default="en-gb")
    is_read_aloud = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    changed_at = models.DateTimeField(db_default=Now())
    changed_by = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, user__isnull=True)
                | Q(person__isnull=True, user__isnull=False),
                name="people_settings_are_of_one_of_them",
            ),
            models.CheckConstraint(
                condition=Q(text_size__in=TextSize.values), name="people_settings_text_size_is_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="people_settings_channel_is_known"
            ),
        ]

    def __str__(self) -> str:
        return "Easy words" if self.is_easy else "Usual words"
