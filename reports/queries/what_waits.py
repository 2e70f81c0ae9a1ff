"""What waits for a person: votes, wishes to join, agreements to sign, refusals to read and letters; one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone

from clusters.models import Agreement, DecisionUse, Membership, MembershipEvent, MembershipState, Signature
from clusters.queries import WITH_A_PART, asking_to_join
from clusters.queries.decisions import open_to
from clusters.rules.again import said_again
from commonpurse.asked_often import AskedOften
from people.models import Notice, Person, User

FRESH = timedelta(days=60)


class WaitKind(TextChoices):
    """
    What waits: a vote, somebody who asks to join, an agreement to sign, a wish to join that was not agreed, a letter.

    The page says each in its own words.
    """

    VOTE = "vote"
    ASKING = "asking"
    SIGN = "sign"
    REFUSED = "refused"
    LETTER = "letter"


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One thing that waits: what it is about in words, in which cluster, and until when or since when."""

    kind: str
    pk: UUID
    words: str
    cluster: str
    moment: datetime | None


@dataclass(frozen=True, kw_only=True)
class WhatWaits:
    """All that waits for a person, kind by kind."""

    votes: tuple[Wait, ...]
    asking: tuple[Wait, ...]
    to_sign: tuple[Wait, ...]
    refused: tuple[Wait, ...]
    letters: tuple[Wait, ...]

    @property
    def is_nothing(self) -> bool:
        """Tell whether there is nothing."""
        return not (self.votes or self.asking or self.to_sign or self.refused or self.letters)


def what_waits(*, person: Person, reader: User, at: datetime) -> WhatWaits:
    """Give what waits for a person, as far as its reader (they or a helper) gets their letters; one query."""
    rows = WAITING(person=person.pk, reader=reader.pk, at=at, since=at - FRESH, on=timezone.localdate(at))
    found = [
        Wait(kind=kind, pk=pk, words=_words(kind, words), cluster=cluster, moment=moment)
        for kind, pk, words, cluster, moment in rows
    ]
    return WhatWaits(
        votes=_of(WaitKind.VOTE, found),
        asking=_of(WaitKind.ASKING, found),
        to_sign=_of(WaitKind.SIGN, found),
        refused=_of(WaitKind.REFUSED, found),
        letters=_of(WaitKind.LETTER, found),
    )


def _waiting(person: UUID, reader: UUID, at: datetime, since: datetime, on: date) -> QuerySet:  # type: ignore[type-arg]  # of any model
    """Give all that waits as rows that are alike."""
    somebody = Person(pk=person)
    first, *others = [
        _rows(WaitKind.VOTE, open_to(person=somebody, at=at), "question", "cluster__name", "closes_at"),
        _rows(WaitKind.ASKING, asking_to_join(person=somebody), "person__name", "cluster__name", "asked_at"),
        _rows(WaitKind.SIGN, _to_sign(somebody), "version", "cluster__name", "written_at"),
        _rows(
            WaitKind.REFUSED, _refused(somebody, since), "reason", "membership__cluster__name", "happened_at"
        ),
        _rows(WaitKind.LETTER, _unread(somebody, User(pk=reader), on), "subject", "subject", "made_at"),
    ]
    return first.union(*others, all=True).order_by("wait_moment", "pk")


WAITING = AskedOften(_waiting, person="uuid", reader="uuid", at="timestamptz", since="timestamptz", on="date")


def _words(kind: str, kept: str) -> str:
    """Say questions and refusals in the language in use, where they are sentences of ours."""
    return said_again(kept) if kind in (WaitKind.VOTE, WaitKind.REFUSED) else kept


def _of(kind: WaitKind, found: Sequence[Wait]) -> tuple[Wait, ...]:
    return tuple(wait for wait in found if wait.kind == kind)


def _rows(kind: WaitKind, found: QuerySet, words: str, cluster: str, moment: str) -> QuerySet:  # type: ignore[type-arg]  # of any model
    """Give the rows of one kind, with the same columns as those of every other."""
    # Their names begin with `wait`, so that they are no model's own.
    alike = found.order_by().annotate(
        wait_kind=Value(kind.value, output_field=CharField()),
        wait_words=Cast(F(words), TextField()),
        wait_where=Cast(F(cluster), TextField()),
        wait_moment=Cast(F(moment), DateTimeField()),
    )
    rows: QuerySet = alike.values_list("wait_kind", "pk", "wait_words", "wait_where", "wait_moment")  # type: ignore[type-arg]
    return rows


def _to_sign(person: Person) -> QuerySet[Agreement]:
    """
    Give the versions that wait for this person's own signature.

    One that was put and is yet to bind: the first of all, or one the members decided on. And for a founder who has
    signed none, the one that binds meanwhile: they begin once they have.
    """
    mine = Membership.objects.filter(person=person, state__in=WITH_A_PART)
    has_signed = Exists(
        Signature.objects.filter(membership=OuterRef("pk"), agreement__signed_date__isnull=False)
    )
    joining = mine.filter(~has_signed, joined_date__isnull=True)
    same = Agreement.objects.filter(cluster=OuterRef("cluster"))
    newer = same.filter(version__gt=OuterRef("version"))
    is_decided = Exists(DecisionUse.objects.filter(subject_id=OuterRef("pk")))
    is_newest = ~Exists(newer.filter(signed_date__isnull=False))
    is_first_of_all = ~Exists(newer) & ~Exists(same.filter(signed_date__isnull=False))
    to_bind = Q(is_first_of_all | is_decided & is_newest, signed_date__isnull=True)
    binding = Q(is_newest, signed_date__isnull=False, cluster__in=joining.values("cluster"))
    found = Agreement.objects.filter(to_bind | binding, cluster__in=mine.values("cluster"))
    return found.exclude(signatures__membership__person=person)


def _refused(person: Person, since: datetime) -> QuerySet[MembershipEvent]:
    """Give why this person's wishes to join were not agreed to, as long as it is news."""
    return MembershipEvent.objects.filter(
        membership__person=person,
        membership__state=MembershipState.DECLINED,
        to_state=MembershipState.DECLINED,
        happened_at__gt=since,
    )


def _unread(person: Person, reader: User, on: date) -> QuerySet[Notice]:
    return Notice.objects.visible_to(reader, on=on).filter(person=person, read_at__isnull=True)
