"""Safeguarding marks: from whom a person's money is kept, because they may be harming that person."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q

from ledger.models.fields import UuidV7
from people.models.user import Role, RoleKind, User
from sealing.models import SealedTextField, new_id


class SafeguardingMarkQuerySet(models.QuerySet["SafeguardingMark"]):
    """Ways to ask for marks."""

    def standing(self) -> "SafeguardingMarkQuerySet":
        """Only those that nobody has ended. A mark whose review is late stands all the same."""
        return self.filter(ended_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> "SafeguardingMarkQuerySet":
        """Give those of the people one leads or manages; none of a person who is kept safe from oneself."""
        if not isinstance(user, User):
            return self.none()
        roles = Role.objects.filter(user=user)
        kept_from_them = SafeguardingMark.objects.filter(kept_from=user).values("person")
        social_worker_in = roles.filter(kind=RoleKind.SOCIAL_WORKER).values("council")
        return self.filter(
            Q(person__lead_professional=user, person__council__in=social_worker_in)
            | Q(person__council__in=roles.filter(kind=RoleKind.MANAGER).values("council"))
        ).exclude(person__in=kept_from_them)


class SafeguardingMark(models.Model):
    """
    Notices and pages about a person's money are kept from somebody since `start_date`, until a professional ends it.

    Whoever is marked is never told and sees nothing of it: to them their authority does not go so far. It is looked at
    again by `review_date`. The person reads of it only where the professional said that this is safe. Written once,
    ended once, never deleted (ADR 33).
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="marks")
    # No way back from the user: nothing that is theirs leads to it.
    kept_from = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = SealedTextField()
    start_date = models.DateField()
    review_date = models.DateField()
    is_safe_to_tell = models.BooleanField(default=False)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    end_reason = SealedTextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SafeguardingMarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="people_mark_says_why"),
            models.CheckConstraint(
                condition=Q(review_date__gt=F("start_date")), name="people_mark_is_looked_at_again"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
                name="people_mark_says_why_it_ended",
            ),
            models.UniqueConstraint(
                fields=["person", "kept_from"],
                condition=Q(ended_at__isnull=True),
                name="people_mark_stands_once_a_user",
            ),
        ]

    def __str__(self) -> str:
        return f"Money kept from {self.kept_from}"

    def is_late(self, on: date) -> bool:
        """Whether it should have been looked at again before a day."""
        return self.ended_at is None and self.review_date < on
