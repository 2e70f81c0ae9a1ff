"""Moves away: what the person agreed goes along, and the pack that was sent."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ledger.models.fields import UuidV7
from moving.models.key import KnownCouncil
from people.models import Person, User
from sealing.models import SealedTextField, new_id


class MoveQuerySet(models.QuerySet["Move"]):
    """Ways to ask for moves."""

    def visible_to(self, user: User | AnonymousUser) -> "MoveQuerySet":
        """Give the moves of the people one may see."""
        return self.filter(person__in=Person.objects.visible_to(user))

    def standing(self) -> "MoveQuerySet":
        """Only those nobody took back."""
        return self.filter(taken_back_at__isnull=True)


class Move(models.Model):
    """
    A person moves to another council: from `moved_date` on that one looks after them.

    The plan and the budget always go along; `with_assessments` and `with_reviews` only where they agreed. `agreed_by`
    says who agreed, and under which authority; `agreed_words` what that rests on where a professional wrote it down.
    It is taken back or sent, once. `pack` is the file as it was sent, which only the other council can open;
    `copy_locked` is what was in it, locked with the settings' secret, for the person to read.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="moves")
    to = models.ForeignKey(KnownCouncil, on_delete=models.PROTECT, related_name="moves")
    moved_date = models.DateField()
    with_assessments = models.BooleanField(default=False)
    with_reviews = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(db_default=Now())
    agreed_by = models.CharField(max_length=100)
    agreed_words = SealedTextField(max_length=1_000, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    pack_id = models.UUIDField(null=True, unique=True)
    pack = models.BinaryField(null=True)
    copy_locked = models.TextField(blank=True)

    objects = MoveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(taken_back_at__isnull=True),
                name="moving_move_is_one_a_person",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by="")
                | (Q(taken_back_at__isnull=False, sent_at__isnull=True) & ~Q(taken_back_by="")),
                name="moving_move_is_taken_back_before_it_is_sent",
            ),
            models.CheckConstraint(
                condition=Q(
                    sent_at__isnull=True,
                    sent_by__isnull=True,
                    pack_id__isnull=True,
                    pack__isnull=True,
                    copy_locked="",
                )
                | (
                    Q(
                        sent_at__isnull=False,
                        sent_by__isnull=False,
                        pack_id__isnull=False,
                        pack__isnull=False,
                    )
                    & ~Q(copy_locked="")
                ),
                name="moving_move_is_sent_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"to {self.to} on {self.moved_date}"
