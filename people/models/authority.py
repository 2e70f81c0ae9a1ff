"""Authorities: who may act for a person, in what, from when until when, and on what evidence."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models.mark import SafeguardingMark
from people.models.user import Role, RoleKind, User
from sealing.models import SealedTextField, new_id


class AuthorityKind(models.TextChoices):
    """On what footing somebody acts for a person (care rules 1, design section 3)."""

    NOMINATED = "nominated", _("Nominated person")
    AUTHORISED = "authorised", _("Authorised person")
    ATTORNEY = "attorney", _("Attorney or deputy")
    ADVOCATE = "advocate", _("Advocate")
    CARER = "carer", _("Unpaid carer")
    SUPPORTER = "supporter", _("Supporter")


class Scope(models.TextChoices):
    """What a helper may do for a person. Seeing comes with every other one."""

    SEE = "see", _("See their money and their plan")
    AGREE = "agree", _("Ask to join, sign and leave")
    SPEND = "spend", _("Put their money in and take it back")
    VOTE = "vote", _("Vote for them")
    LETTERS = "letters", _("Get their letters")


class AuthorityQuerySet(models.QuerySet["Authority"]):
    """Ways to ask for authorities."""

    def in_force(self, *, on: date) -> "AuthorityQuerySet":
        """Only those that hold on a day; none of somebody who has died."""
        return self.filter(
            Q(end_date__isnull=True) | Q(end_date__gt=on),
            withdrawn_at__isnull=True,
            start_date__lte=on,
            person__died_date__isnull=True,
        )

    def to(self, scope: Scope) -> "AuthorityQuerySet":
        """Only those that reach as far as this; a helper from whom money is kept reaches no further than letters."""
        reaching = self.filter(scopes__contains=[scope])
        return reaching if scope == Scope.LETTERS else reaching.unmarked()

    def to_see(self) -> "AuthorityQuerySet":
        """Only those with which one sees what is the person's: not letters alone, and nothing is kept from one."""
        return self.exclude(scopes=[Scope.LETTERS]).unmarked()

    def unmarked(self) -> "AuthorityQuerySet":
        """Leave out those of helpers from whom the person's money is kept (ADR 33)."""
        marks = SafeguardingMark.objects.standing().filter(
            person=OuterRef("person"), kept_from=OuterRef("helper")
        )
        return self.filter(~Exists(marks))

    def visible_to(self, user: User | AnonymousUser) -> "AuthorityQuerySet":
        """Give those over oneself, one's own, those of the people one leads, and all where one administers."""
        if not isinstance(user, User):
            return self.none()
        councils = Role.objects.filter(user=user)
        return self.filter(
            Q(person__user=user)
            | Q(helper=user)
            | Q(
                person__lead_professional=user,
                person__council__in=councils.filter(kind=RoleKind.SOCIAL_WORKER).values("council"),
            )
            | Q(person__council__in=councils.filter(kind=RoleKind.ADMINISTRATOR).values("council"))
        )


class Authority(models.Model):
    """
    Somebody may act for a person, as far as `scopes` reach, from `start_date` up to (not including) `end_date`.

    `evidence` says what it rests on (their word, a court order, the date of a form), and `capacity` that the person
    cannot decide themselves, where somebody acts because of that: always for an authorised person. It can be withdrawn
    at any time, with immediate effect; it is never deleted, and what was done under it stays.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="authorities")
    helper = models.ForeignKey(User, on_delete=models.PROTECT, related_name="authorities")
    kind = models.CharField(max_length=12, choices=AuthorityKind.choices)
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope.choices))
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    evidence = SealedTextField()
    capacity = models.ForeignKey(
        "people.CapacityRecord", on_delete=models.PROTECT, null=True, related_name="authorities"
    )
    given_at = models.DateTimeField(db_default=Now())
    given_by = models.CharField(max_length=100)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=100, blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AuthorityKind.values), name="people_authority_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(scopes__len__gt=0, scopes__contained_by=Scope.values),
                name="people_authority_reaches_somewhere_known",
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gt=F("start_date")),
                name="people_authority_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="people_authority_rests_on_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_by=""),
                name="people_authority_says_who_withdrew_it",
            ),
            models.UniqueConstraint(
                fields=["person", "helper"],
                condition=Q(withdrawn_at__isnull=True, end_date__isnull=True),
                name="people_authority_stands_once_a_helper",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def scope_labels(self) -> list[str]:
        """Say what the helper may do, in the order in which it is asked."""
        return [str(scope.label) for scope in Scope if scope in self.scopes]

    @property
    def last_date(self) -> date | None:
        """The last day it holds; none where it holds until it is ended."""
        return self.end_date - timedelta(days=1) if self.end_date else None

    @property
    def label_for(self) -> str:
        """Say who acts and under which authority, for the books and the logs, without a name."""
        return f"user:{self.helper_id} under authority:{self.pk}"
