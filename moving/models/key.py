"""Keys: a council's own, and those of the councils it knows. Two people stand behind each that is trusted."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from ledger.models.fields import UuidV7
from moving.rules.keys import PublicKey
from people.models import Council, Role, RoleKind, User


class CouncilKey(models.Model):
    """
    A council's own pair of keys. The private halves are `locked` with the settings' secret and never leave.

    A new key retires the one before it. What was sealed to a retired one can still be opened.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="moving_keys")
    signing = models.BinaryField(max_length=32)
    sealing = models.BinaryField(max_length=32)
    locked = models.TextField()
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(retired_at__isnull=True),
                name="moving_key_is_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.public.fingerprint

    @property
    def public(self) -> PublicKey:
        """Give its public halves, as others need them."""
        return PublicKey(
            code=self.council.code,
            name=self.council.name,
            signing=bytes(self.signing),
            sealing=bytes(self.sealing),
        )


class KnownCouncilQuerySet(models.QuerySet["KnownCouncil"]):
    """Ways to ask for the councils one knows."""

    def visible_to(self, user: User | AnonymousUser) -> "KnownCouncilQuerySet":
        """Give those of the councils one administers or manages."""
        if not isinstance(user, User):
            return self.none()
        kinds = [RoleKind.ADMINISTRATOR, RoleKind.MANAGER]
        return self.filter(council__in=Role.objects.filter(user=user, kind__in=kinds).values("council"))

    def trusted(self) -> "KnownCouncilQuerySet":
        """Only those whose fingerprint a second person has checked, and which nobody ended."""
        return self.filter(checked_at__isnull=False, ended_at__isnull=True)


class KnownCouncil(models.Model):
    """
    Another council's public key, as `council` knows it: entered by one person, its fingerprint checked by another.

    Only then are packs sent to it or taken from it. It is only ended, never changed: a new key is a new row.
    """

    id = models.UUIDField(primary_key=True, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="known_councils")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    signing = models.BinaryField(max_length=32)
    sealing = models.BinaryField(max_length=32)
    entered_at = models.DateTimeField(db_default=Now())
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = KnownCouncilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "code"],
                condition=Q(ended_at__isnull=True),
                name="moving_known_has_one_key_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | (Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(checked_by=F("entered_by"))),
                name="moving_known_is_checked_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="moving_known_says_who_ended_it",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public(self) -> PublicKey:
        """Give its public key, under its code and name."""
        return PublicKey(
            code=self.code, name=self.name, signing=bytes(self.signing), sealing=bytes(self.sealing)
        )
