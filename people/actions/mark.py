"""Keeping a person's money from somebody who may be harming them, and ending that."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from people.models import Notice, NoticeState, Person, SafeguardingMark, User
from people.queries import may_mark
from people.rules.kept_back import KEPT_BACK, is_about_money
from people.rules.words import day_words

GOES_ON = "Looked at again: it goes on."


class UnableToMark(Exception):
    """Money cannot be kept from somebody like this, or not ended. `field`: which answer it is about, if about one."""

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Concern:
    """
    Why somebody's money is kept from somebody, since which day, and by when that is looked at again.

    `is_safe_to_tell`: the person may read of it on their own page.
    """

    reason: str
    start_date: date
    review_date: date
    is_safe_to_tell: bool = False


@transaction.atomic
def keep_money_from(
    *, person: Person, kept_from: User, concern: Concern, by: User, at: datetime
) -> SafeguardingMark:
    """
    Keep a person's money from somebody, at once and everywhere: pages, acts and notices, those not sent yet too.

    Nobody is told. Where such a mark stands already, it was looked at again: it ends, and this one goes on from there.

    :raises UnableToMark: `by` is neither the person's lead professional nor a manager there, it is about the person,
        about who leads their plan or about `by`, nothing is said, or the days do not fit.
    """
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    on = timezone.localdate(at)
    _check_who(person, kept_from, by=by)
    _check_concern(concern, on=on)
    stands = SafeguardingMark.objects.standing().filter(person=person, kept_from=kept_from)
    for before in stands:
        before.ended_at, before.ended_by, before.end_reason = at, by, GOES_ON
        before.save()
    mark = SafeguardingMark.objects.create(
        person=person,
        kept_from=kept_from,
        reason=concern.reason.strip(),
        start_date=concern.start_date,
        review_date=concern.review_date,
        is_safe_to_tell=concern.is_safe_to_tell,
        marked_at=at,
        marked_by=by,
    )
    _keep_back(person, kept_from)
    return mark


@transaction.atomic
def end_mark(*, mark: SafeguardingMark, reason: str, by: User, at: datetime) -> SafeguardingMark:
    """
    End that money is kept from somebody: their authority goes as far as before. Nobody is told, nothing is sent later.

    :raises UnableToMark: it has ended already, no reason is given, or `by` may not.
    """
    marks = SafeguardingMark.objects.select_for_update(of=("self",), no_key=True)
    mark = marks.select_related("person").get(pk=mark.pk)
    if not may_mark(by, mark.person) or mark.kept_from_id == by.pk:
        raise UnableToMark("Only the person's social worker or their team manager can end this.")
    if mark.ended_at is not None:
        raise UnableToMark("It has ended already.")
    if not reason.strip():
        raise UnableToMark("Say why it ends.", field="reason")
    mark.end_reason, mark.ended_at, mark.ended_by = reason.strip(), at, by
    mark.save(update_fields=["end_reason", "ended_at", "ended_by"])
    return mark


def _check_who(person: Person, kept_from: User, *, by: User) -> None:
    if not may_mark(by, person) or kept_from.pk == by.pk:
        raise UnableToMark("Only the person's social worker or their team manager can write this down.")
    if kept_from.pk == person.user_id:
        raise UnableToMark("Their own money cannot be kept from the person themselves.", field="who")
    if kept_from.pk == person.lead_professional_id:
        raise UnableToMark(
            f"{kept_from} leads their plan. Give them another social worker first, then write this down.",
            field="who",
        )


def _check_concern(concern: Concern, *, on: date) -> None:
    if not concern.reason.strip():
        raise UnableToMark("Say why, in a few words.", field="reason")
    if concern.start_date > on:
        raise UnableToMark(
            "It holds at once. Choose today, or the day since when you know.", field="start_date"
        )
    if concern.review_date <= on:
        raise UnableToMark(f"Choose a day after {day_words(on)} to look at it again.", field="review_date")


def _keep_back(person: Person, kept_from: User) -> None:
    """Send none of the copies about this person's money that still wait. One that is leaving just now leaves."""
    copies = Notice.objects.filter(
        user=kept_from, state=NoticeState.WAITING, key__contains=f":person:{person.pk}:copy:"
    )
    kept = [copy.pk for copy in copies if is_about_money(copy.kind, copy.words)]
    Notice.objects.filter(pk__in=kept, state=NoticeState.WAITING).update(
        state=NoticeState.FAILED, problem=KEPT_BACK
    )
