"""Who has looked at somebody's record: which part, when, and on what footing. Never what it said."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models.authority import Authority
from people.models.person import Person
from people.models.user import Role, RoleKind, User


class Part(models.TextChoices):
    """Which part of somebody's record was looked at, as the person reads it."""

    MONEY = "money", _("your money")
    BUDGET = "budget", _("how your budget is made up")
    PLAN = "plan", _("your plan")
    ASSESSMENT = "assessment", _("your assessment")
    REVIEWS = "reviews", _("when your plan is looked at again")
    CLUSTERS = "clusters", _("what you do in your clusters")
    LETTERS = "letters", _("your letters")
    HELPERS = "helpers", _("who can act for you")
    DETAILS = "details", _("your details and settings")


class Footing(models.TextChoices):
    """On what footing somebody looked: what they do for the council, or for the person."""

    LEAD = "lead", _("Your social worker")
    HELPER = "helper", _("Your helper")
    CARER = "carer", _("Your carer")
    SOCIAL_WORKER = "social_worker", _("A social worker of your council")
    MANAGER = "manager", _("A team manager of your council")
    COMMISSIONER = "commissioner", _("A commissioner of your council")
    FINANCE_OFFICER = "finance_officer", _("A finance officer of your council")
    ENTERPRISE_OFFICER = "enterprise_officer", _("An enterprise officer of your council")
    AUDITOR = "auditor", _("An auditor of your council")
    ADMINISTRATOR = "administrator", _("An administrator of your council")


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Ways to ask who has looked."""

    def visible_to(self, user: User | AnonymousUser) -> "ReadingQuerySet":
        """Give what was looked at of one's own, of those one helps, and of the people one leads."""
        if not isinstance(user, User):
            return self.none()
        social_worker_in = Role.objects.filter(user=user, kind=RoleKind.SOCIAL_WORKER).values("council")
        return self.filter(
            Q(person__in=Person.objects.own_or_helped(user))
            | Q(person__lead_professional=user, person__council__in=social_worker_in)
        )


class Reading(models.Model):
    """
    Somebody other than the person looked at a part of the person's record on a day; `read_at`: the first time that day.

    Written once a reader, person, part and day, and kept for good (ADR 31). `authority`: under which a helper looked.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="readings", db_index=False)
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="readings")
    part = models.CharField(max_length=10, choices=Part.choices)
    footing = models.CharField(max_length=20, choices=Footing.choices)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="readings")
    on_date = models.DateField()
    read_at = models.DateTimeField()

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "on_date", "reader", "part"], name="people_reading_is_written_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(part__in=Part.values), name="people_reading_is_of_a_known_part"
            ),
            models.CheckConstraint(
                condition=Q(footing__in=Footing.values), name="people_reading_is_on_a_known_footing"
            ),
            models.CheckConstraint(
                condition=Q(footing="helper", authority__isnull=False)
                | ~Q(footing="helper") & Q(authority__isnull=True),
                name="people_reading_of_a_helper_names_their_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} on {self.on_date}"
