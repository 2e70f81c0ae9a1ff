"""Those who sign in, and what they do for a council."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ledger.models.fields import UuidV7
from people.models.council import Council


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
    MANAGER = "manager", "Team manager"
    COMMISSIONER = "commissioner", "Commissioner"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    ENTERPRISE_OFFICER = "enterprise_officer", "Enterprise officer"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


COUNCIL_WIDE = (
    RoleKind.MANAGER,
    RoleKind.COMMISSIONER,
    RoleKind.FINANCE_OFFICER,
    RoleKind.AUDITOR,
    RoleKind.ADMINISTRATOR,
)
# Roles that also see all the money of a council go by: bills, payments, bank statements, months. A team manager leads
# those who plan with people, and sees the money of a person with them.
MONEY_WIDE = tuple(kind for kind in COUNCIL_WIDE if kind != RoleKind.MANAGER)


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
