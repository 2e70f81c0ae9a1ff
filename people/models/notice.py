"""Notices: what somebody was told, in which words, by which way, and whether it reached them."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.models.fields import UuidV7
from people.models.authority import Authority, Scope
from people.models.council import Council
from people.models.person import Person
from people.models.user import Role, RoleKind, User
from people.rules.kept_back import KEPT_BACK
from sealing.models import SealedTextField, new_id


class NoticeState(models.TextChoices):
    """How far a notice has come."""

    WAITING = "waiting", "On its way"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    TO_PRINT = "to_print", "To be posted"
    POSTED = "posted", "Posted"
    FAILED = "failed", "Did not arrive"


class Channel(models.TextChoices):
    """How somebody wants to be told."""

    EMAIL = "email", _("By e-mail")
    LETTER = "letter", _("By letter")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Ways to ask for notices."""

    def visible_to(self, user: User | AnonymousUser, *, on: date | None = None) -> "NoticeQuerySet":
        """Give one's own, and those of a person whose letters one gets (on a day; else today)."""
        if not isinstance(user, User):
            return self.none()
        letters = (
            Authority.objects.in_force(on=on or timezone.localdate()).to(Scope.LETTERS).filter(helper=user)
        )
        sent_to_them = Q(user=user) & ~Q(problem=KEPT_BACK)
        return self.filter(
            sent_to_them | Q(person__user=user) | Q(person__in=letters.unmarked().values("person"))
        )

    def to_post(self) -> "NoticeQuerySet":
        """Only those that go by post: letters, and e-mails to a person that did not arrive. None to the dead."""
        return self.filter(
            Q(state=NoticeState.TO_PRINT) | Q(state=NoticeState.FAILED),
            person__isnull=False,
            person__died_date__isnull=True,
        )

    def posted_by(self, user: User) -> "NoticeQuerySet":
        """Only those that the user posts: to the people one leads, and to all of a council one administers."""
        roles = Role.objects.filter(user=user)
        social_worker_in = roles.filter(kind=RoleKind.SOCIAL_WORKER).values("council")
        return self.filter(
            Q(person__lead_professional=user, council__in=social_worker_in)
            | Q(council__in=roles.filter(kind=RoleKind.ADMINISTRATOR).values("council"))
        )


class Notice(models.Model):
    """
    One step told to one person (or to somebody who signs in, such as a professional). Written once and kept.

    `words` are as they were sent, `easy_words` the same in easy words. `subject` never holds an amount or a
    special-category fact. `about` is the address of the page it is about. `key` is natural: one notice a step
    and reader. `begun_at` is written before an e-mail leaves and `sent_at` after it has
    (`people.actions.send`); `sent_by` says who posted a letter.
    """

    id = models.UUIDField(primary_key=True, default=new_id, db_default=UuidV7(), editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="notices")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="notices")
    key = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    words = SealedTextField()
    easy_words = SealedTextField(blank=True)
    about = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.WAITING)
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=100)
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=100, blank=True)
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, user__isnull=True)
                | Q(person__isnull=True, user__isnull=False),
                name="people_notice_is_for_one_of_them",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NoticeState.values), name="people_notice_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="people_notice_goes_a_known_way"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[NoticeState.SENT, NoticeState.POSTED]) | Q(sent_at__isnull=False),
                name="people_notice_says_when_it_was_sent",
            ),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.SENDING) | Q(begun_at__isnull=False),
                name="people_notice_says_since_when_it_is_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
