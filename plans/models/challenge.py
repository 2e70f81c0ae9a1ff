"""Challenges: a person does not agree with something that was worked out, and is owed an answer by a day."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models import Person, User
from plans.models.assessment import Assessment, IndicativeBudget
from plans.models.ras import RasQuestion
from sealing.models import SealedTextField, new_id


class ChallengeOutcome(models.TextChoices):
    """What became of a challenge."""

    UPHELD = "upheld", _("You were right")
    PARTLY = "partly", _("You were partly right")
    NOT_UPHELD = "not_upheld", _("It stays as it was")


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    """Ways to ask for challenges."""

    def waiting(self) -> "ChallengeQuerySet":
        """Only those nobody has answered."""
        return self.filter(answered_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> "ChallengeQuerySet":
        """Give those about the assessments one may see."""
        return self.filter(indicative__assessment__in=Assessment.objects.visible_to(user))

    def led_by(self, user: User | AnonymousUser) -> "ChallengeQuerySet":
        """Give those about the people one leads."""
        if not isinstance(user, User):
            return self.none()
        people = Person.objects.visible_to(user).filter(lead_professional=user)
        return self.filter(indicative__assessment__person__in=people)


class Disagreement(models.Model):
    """
    Somebody does not agree with something that was worked out: the shape of every challenge, whatever it is about.

    It must be answered by `due_date`, once; the answer says why. Upheld, it may have `led_to` something new.
    """

    words = SealedTextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    due_date = models.DateField()
    outcome = models.CharField(max_length=12, choices=ChallengeOutcome.choices, blank=True)
    answer = SealedTextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="%(app_label)s_%(class)s_says_something"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, outcome="", answer="")
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & Q(outcome__in=ChallengeOutcome.values)
                    & ~Q(answer="")
                ),
                name="%(app_label)s_%(class)s_is_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(led_to__isnull=True) | Q(outcome__in=["upheld", "partly"]),
                name="%(app_label)s_%(class)s_changes_only_when_upheld",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Challenge(Disagreement):
    """
    Somebody does not agree with a line of how their budget was worked out, or (no question) with all of it.

    Upheld, the budget is worked out anew (`led_to`), and the one they challenged stays.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    indicative = models.ForeignKey(IndicativeBudget, on_delete=models.PROTECT, related_name="challenges")
    question = models.ForeignKey(RasQuestion, on_delete=models.PROTECT, null=True, related_name="challenges")
    led_to = models.ForeignKey(
        IndicativeBudget, on_delete=models.PROTECT, null=True, related_name="came_from"
    )

    objects = ChallengeQuerySet.as_manager()

    class Meta(Disagreement.Meta):
        constraints = [
            *Disagreement.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicative", "question"],
                condition=Q(answered_at__isnull=True),
                nulls_distinct=False,
                name="plans_challenge_waits_once_a_line",
            ),
        ]
