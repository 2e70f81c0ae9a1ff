"""Consent of unpaid carers: without it, nobody's budget is made smaller because of the care they give."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from ledger.models.fields import UuidV7
from people.models.person import Person
from people.models.user import Role, RoleKind, User
from sealing.models import SealedTextField, new_id


class CarerConsentQuerySet(models.QuerySet["CarerConsent"]):
    """Ways to ask for consents."""

    def in_force(self, *, on: date) -> "CarerConsentQuerySet":
        """Only those that hold on a day."""
        return self.filter(
            Q(end_date__isnull=True) | Q(end_date__gt=on), withdrawn_at__isnull=True, start_date__lte=on
        )

    def visible_to(self, user: User | AnonymousUser) -> "CarerConsentQuerySet":
        """Give one's own as a carer, and those about the people one leads. The person sees the hours on their page."""
        if not isinstance(user, User):
            return self.none()
        social_worker_in = Role.objects.filter(user=user, kind=RoleKind.SOCIAL_WORKER).values("council")
        return self.filter(
            Q(carer=user) | Q(person__lead_professional=user, person__council__in=social_worker_in)
        )


class CarerConsent(models.Model):
    """
    An unpaid carer agrees that the care they give is counted: so many hours a week, from `start_date` on.

    It ends before `end_date`, or when the carer withdraws it, at any time and with immediate effect. `evidence`: where
    a professional wrote it down, what it rests on; given by the carer themselves it is their own word.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="carer_consents")
    carer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents_given")
    hours_weekly = models.PositiveSmallIntegerField()
    what = SealedTextField(max_length=500)
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    evidence = SealedTextField()
    given_at = models.DateTimeField(db_default=Now())
    given_by = models.CharField(max_length=100)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True)

    objects = CarerConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_weekly__gte=1, hours_weekly__lte=168),
                name="people_consent_is_for_hours_of_a_week",
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gt=F("start_date")),
                name="people_consent_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="people_consent_rests_on_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_by=""),
                name="people_consent_says_who_withdrew_it",
            ),
            models.UniqueConstraint(
                fields=["person", "carer"],
                condition=Q(withdrawn_at__isnull=True, end_date__isnull=True),
                name="people_consent_stands_once_a_carer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hours_weekly} hours a week"

    @property
    def last_date(self) -> date | None:
        """The last day it holds; none where it holds until it is withdrawn."""
        return self.end_date - timedelta(days=1) if self.end_date else None
