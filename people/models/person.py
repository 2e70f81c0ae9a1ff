"""The people who draw on care."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ledger.models.fields import UuidV7
from people.models.authority import Authority
from people.models.council import Council
from people.models.mark import SafeguardingMark
from people.models.user import COUNCIL_WIDE, Role, RoleKind, User


class PersonQuerySet(models.QuerySet["Person"]):
    """Ways to ask for people."""

    def own_or_helped(self, user: User | AnonymousUser) -> "PersonQuerySet":
        """
        Give oneself, and those one may act for today with an authority that lets one see what is theirs.

        What belongs to a person is theirs and their helpers' alike: every `visible_to` filters by this. Oneself is
        whoever one is in each council one was with: a login sees what was before a move, a helper only whom they help.
        """
        if not isinstance(user, User):
            return self.none()
        helped = Authority.objects.in_force(on=timezone.localdate()).to_see().filter(helper=user)
        return self.filter(Q(user=user) | Q(pk__in=helped.values("person")))

    def looked_after(self, *, on: date) -> "PersonQuerySet":
        """Only those whom another council does not look after on a day."""
        return self.filter(Q(moved_date__isnull=True) | Q(moved_date__gt=on))

    def visible_to(self, user: User | AnonymousUser) -> "PersonQuerySet":
        """
        Give oneself, those one helps, the people one leads as a professional, and all of a council one works for.

        Nobody whose money is kept from one, whatever one does there.
        """
        if not isinstance(user, User):
            return self.none()
        kept_from_them = SafeguardingMark.objects.standing().filter(person=OuterRef("pk"), kept_from=user)
        return self.filter(
            Q(pk__in=Person.objects.own_or_helped(user))
            | Q(
                lead_professional=user, council__roles__user=user, council__roles__kind=RoleKind.SOCIAL_WORKER
            )
            | Q(council__in=Role.objects.filter(user=user, kind__in=COUNCIL_WIDE).values("council")),
            ~Exists(kept_from_them),
        ).distinct()


class Person(models.Model):
    """
    Somebody who draws on care. They may have no login. `lead_professional` keeps their plan safe.

    `died_date`: from that day nobody acts for them, and what stands in a pool goes back to their budget.
    `moved_date`: from that day another council looks after them. There they are another person with the same login: of
    all with one login, only one has no day to move. A council's staff see its own alone.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="people")
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    birth_date = models.DateField(null=True)
    postcode = models.CharField(max_length=10, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="people")
    lead_professional = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="leads")
    died_date = models.DateField(null=True)
    moved_date = models.DateField(null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "ref"], name="people_person_ref_is_one_in_a_council"),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(moved_date__isnull=True),
                name="people_person_login_is_of_one_who_stays",
            ),
        ]

    def __str__(self) -> str:
        return self.name
