"""Councils, the people who sign in, their roles, and the people who draw on care."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from ledger.models import Book
from ledger.models.fields import UuidV7


class Council(models.Model):
    """The tenant: every owned row belongs to one. It holds the money, in its book."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    book = models.OneToOneField(Book, on_delete=models.PROTECT, related_name="+")
    year_start_date = models.DateField()
    year_end_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(year_end_date__gt=models.F("year_start_date")),
                name="people_council_year_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes the accounts that people sign in with."""

    def create_user(self, email: str, name: str = "", **extra: Any) -> "User":
        """Make an account that signs in by a code sent to its e-mail address; it has no password."""
        user = self.model(email=self.normalize_email(email), name=name, **extra)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        """Make an account for the people who run the system."""
        return self.create_user(email, is_staff=True, is_superuser=True, **extra)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in: a person who draws on care, a professional, an officer, a provider's staff."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)

    objects = UserManager()

    USERNAME_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="people_user_email_is_one_however_it_is_written")
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def label(self) -> str:
        """Say who acts, for the books and the logs, without a name."""
        return f"user:{self.pk}"

    def has_role(self, *kinds: str, council_id: Any = None) -> bool:
        """Tell whether they hold one of these roles today, in that council or in any."""
        return any(
            role.kind in kinds and (council_id is None or role.council_id == council_id)
            for role in self.roles.all()
        )


class RoleKind(models.TextChoices):
    """What somebody does for a council."""

    SOCIAL_WORKER = "social_worker", "Social worker"
    COMMISSIONER = "commissioner", "Commissioner"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    ENTERPRISE_OFFICER = "enterprise_officer", "Enterprise officer"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


COUNCIL_WIDE = (RoleKind.COMMISSIONER, RoleKind.FINANCE_OFFICER, RoleKind.AUDITOR, RoleKind.ADMINISTRATOR)


class Role(models.Model):
    """What a user may do for a council. `approval_limit_pence`: the yearly value they may approve alone."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=RoleKind.choices)
    approval_limit_pence = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "council", "kind"], name="people_role_is_held_once"),
            models.CheckConstraint(
                condition=Q(kind__in=RoleKind.values), name="people_role_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(approval_limit_pence__gte=0), name="people_role_limit_is_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"


class PersonQuerySet(models.QuerySet["Person"]):
    """Ways to ask for people."""

    def visible_to(self, user: User | AnonymousUser) -> "PersonQuerySet":
        """Give oneself, the people one leads as a professional, and all of a council one works for."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(
            Q(user=user)
            | Q(
                lead_professional=user, council__roles__user=user, council__roles__kind=RoleKind.SOCIAL_WORKER
            )
            | Q(council__in=Role.objects.filter(user=user, kind__in=COUNCIL_WIDE).values("council"))
        ).distinct()


class Person(models.Model):
    """Somebody who draws on care. They may have no login. `lead_professional` keeps their plan safe."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="people")
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    birth_date = models.DateField(null=True)
    postcode = models.CharField(max_length=10, blank=True)
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, related_name="person")
    lead_professional = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="leads")

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "ref"], name="people_person_ref_is_one_in_a_council")
        ]

    def __str__(self) -> str:
        return self.name


class LoadedFolder(models.Model):
    """What a council was loaded from: a digest of the files, so that the same folder is known again. Kept for good."""

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.OneToOneField(Council, on_delete=models.PROTECT, related_name="loaded_folder")
    digest = models.BinaryField()
    loaded_at = models.DateTimeField(db_default=Now())
    loaded_by = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"loaded {self.loaded_at}"
