"""Reviews of plans: what called for one, and what came of it. Written once; when they are due is worked out."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models import Person, User
from plans.models.plan import Plan
from sealing.models import SealedTextField, new_id


class ReviewReason(models.TextChoices):
    """Why a review was held. Source: the national client-level data return (Review_Reason)."""

    PLANNED = "planned", _("It was due")
    HOSPITAL = "hospital", _("A stay in hospital")
    CARER = "carer", _("Something changed for the carer")
    SAFEGUARDING = "safeguarding", _("Somebody may not be safe")
    PROVIDER = "provider", _("A provider stopped or failed")
    COMMISSIONING = "commissioning", _("What is bought for them changed")
    CAPACITY = "capacity", _("They may not be able to decide as before")
    PAYMENT = "payment", _("Something about the direct payment")
    CONCERN = "concern", _("Somebody asked for it, or is worried")
    OTHER = "other", _("Another reason")


# Whatever calls for a review at once; a planned one needs no calling.
CALLING = tuple(reason for reason in ReviewReason if reason != ReviewReason.PLANNED)


class NeedsMet(models.TextChoices):
    """Whether the person's outcomes were met. Source: client-level data (Review_Outcomes_Achieved)."""

    FULLY = "fully", _("Fully met")
    PARTLY = "partly", _("Partly met")
    NOT = "not", _("Not met")


class ReviewResult(models.TextChoices):
    """What follows from a review."""

    SAME = "same", _("The plan stays as it is")
    CHANGE = "change", _("The plan needs to change")
    REASSESS = "reassess", _("Needs have changed: assess again")
    END = "end", _("Care and support come to an end")


class ReviewCall(models.Model):
    """Something that calls for a review at once: by whom, when and why. Open until a review ends it."""

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="review_calls")
    reason = models.CharField(max_length=15, choices=ReviewReason.choices)
    words = SealedTextField()
    made_date = models.DateField()
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)
    ended_by = models.ForeignKey("plans.Review", on_delete=models.PROTECT, null=True, related_name="ends")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=CALLING), name="plans_call_has_a_known_reason"),
            models.CheckConstraint(condition=~Q(words=""), name="plans_call_says_why"),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())


class ReviewQuerySet(models.QuerySet["Review"]):
    """Ways to ask for reviews."""

    def visible_to(self, user: User | AnonymousUser) -> "ReviewQuerySet":
        """Give the reviews of the people one may see."""
        return self.filter(person__in=Person.objects.visible_to(user))


class Review(models.Model):
    """
    A review of a person's plan that was held: why, what came of it, and whether their needs were met.

    `with_payment`: it looked at their direct payment too. `needs_met` is what a surplus will depend on: going without
    care is not saving (care rules 5). Nothing of it is ever changed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    reason = models.CharField(max_length=15, choices=ReviewReason.choices)
    held_date = models.DateField()
    with_payment = models.BooleanField(default=False)
    needs_met = models.CharField(max_length=10, choices=NeedsMet.choices)
    result = models.CharField(max_length=10, choices=ReviewResult.choices)
    their_words = SealedTextField(blank=True)
    words = SealedTextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=ReviewReason.values), name="plans_review_has_a_known_reason"
            ),
            models.CheckConstraint(
                condition=Q(needs_met__in=NeedsMet.values), name="plans_review_says_whether_needs_were_met"
            ),
            models.CheckConstraint(
                condition=Q(result__in=ReviewResult.values), name="plans_review_says_what_follows"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="plans_review_says_what_was_found"),
            models.UniqueConstraint(
                fields=["person", "held_date", "reason"], name="plans_review_is_held_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_date}"
