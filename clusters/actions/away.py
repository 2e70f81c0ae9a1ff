"""Being away: a member says on which days, and that they are back sooner. Who pays meanwhile, their agreement says."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.actions.steps import locked_membership
from clusters.actions.telling import tell_member
from clusters.models import IN_THE_POOL, Absence, Membership
from clusters.queries.away import first_shared_day
from ledger.actions import with_retries
from people.models import Scope, User
from people.queries import Fact, acting_label
from people.rules.words import date_words

LONGEST = timedelta(days=366)  # ours: whoever is away for longer says so again, or leaves


class UnableToSayAway(Exception):
    """A day of it is shared already, they said so before, are no member then, or somebody else has to say so."""


class UnableToComeBack(Exception):
    """They are back already, a day of it is shared already, or somebody else has to say so."""


@with_retries
@transaction.atomic
def say_away(
    *, membership: Membership, start_date: date, end_date: date, cause: str, by: User, at: datetime
) -> Absence:
    """
    Write down that a member is away from one day up to another (exclusive), ahead or for days that have passed.

    Who pays their part of what is shared on these days is as their agreement says for the cause. A day of which
    something is shared already stays as it is. Saying the same twice is said once. The member is told, and the
    others: only that somebody is away, never who or why.

    :raises UnableToSayAway: see the class.
    """
    membership = locked_membership(membership)
    label = _label(membership, by, at, UnableToSayAway)
    same = membership.absences.filter(
        start_date=start_date, end_date=end_date, cause=cause, cancelled_at__isnull=True
    ).first()
    if same is not None:
        return same
    _check_days(membership, start_date, end_date)
    try:
        with transaction.atomic():
            absence = Absence.objects.create(
                membership=membership,
                start_date=start_date,
                end_date=end_date,
                cause=cause,
                said_by=label,
                said_at=at,
            )
    except IntegrityError as refusal:
        raise UnableToSayAway(_why(refusal)) from refusal
    days = {"first_date": start_date, "last_date": end_date - timedelta(days=1)}
    about = reverse("clusters:away", args=[membership.cluster_id])
    tell_member(membership, "away", at=at, by=label, key=str(absence.pk), about=about, **days)
    _tell_others(membership, "somebody_away", absence, by=label, at=at, **days)
    return absence


@with_retries
@transaction.atomic
def come_back(*, absence: Absence, back_date: date, by: User, at: datetime) -> Absence:
    """
    Write down, once, that somebody is back sooner: from that day on they share and pay as usual.

    From their first day away on, they were never away. A day of which something is shared already stays as it is.
    Saying the same twice is said once. The member is told, and the others.

    :raises UnableToComeBack: see the class.
    """
    membership = locked_membership(absence.membership)
    label = _label(membership, by, at, UnableToComeBack)
    absence = Absence.objects.select_for_update(no_key=True).get(pk=absence.pk)
    if absence.back_date == back_date:
        return absence
    if absence.cancelled_at is not None:
        raise UnableToComeBack(
            _("You are back from %(day)s on already. Nothing was changed.")
            % {"day": date_words(absence.back_date or back_date)}
        )
    if not absence.start_date <= back_date < absence.end_date:
        last = absence.end_date - timedelta(days=1)
        raise UnableToComeBack(
            _("You are away from %(first)s to %(last)s. Choose a day of these.")
            % {"first": date_words(absence.start_date), "last": date_words(last)}
        )
    shared = first_shared_day(membership=membership, start=back_date, end=absence.end_date)
    if shared:
        raise UnableToComeBack(" ".join([_shared(shared), _("Choose a later day.")]))
    absence.back_date, absence.cancelled_by, absence.cancelled_at = back_date, label, at
    try:
        with transaction.atomic():
            absence.save(update_fields=["back_date", "cancelled_by", "cancelled_at"])
    except IntegrityError as refusal:
        raise UnableToComeBack(_why(refusal)) from refusal
    about = reverse("clusters:away", args=[membership.cluster_id])
    tell_member(membership, "back", at=at, by=label, key=str(absence.pk), about=about, back_date=back_date)
    _tell_others(membership, "somebody_back", absence, by=label, at=at, back_date=back_date)
    return absence


def _label(membership: Membership, by: User, at: datetime, unable: type[Exception]) -> str:
    """Give under which name somebody says it: the member, their professional, or a helper who may agree for them."""
    label = acting_label(by, membership.person, scope=Scope.AGREE, on=timezone.localdate(at))
    if label is None:
        raise unable(_("Only the member, or somebody who may agree to things for them, can say this."))
    return label


def _check_days(membership: Membership, start: date, end: date) -> None:
    """Hold that they are a member on these days, are not away then already, and nothing of them is shared yet."""
    joined, left = membership.joined_date, membership.left_date
    if membership.state not in IN_THE_POOL or joined is None:
        raise UnableToSayAway(
            _("Only a member of the cluster can be away. You have not joined yet, or have left.")
        )
    if end <= start:
        raise UnableToSayAway(_("Your last day away cannot be before the first. Choose the days again."))
    if end - start > LONGEST:
        raise UnableToSayAway(_("You can say that you are away for up to a year. Choose a sooner last day."))
    if start < joined:
        raise UnableToSayAway(
            _("You are a member from %(day)s on. Choose that day, or a later one.")
            % {"day": date_words(joined)}
        )
    if left is not None and end > left:
        raise UnableToSayAway(
            _("You leave on %(day)s. Choose a last day before that.") % {"day": date_words(left)}
        )
    said = Absence.objects.with_a_day_from(start).filter(membership=membership, start_date__lt=end)
    if said.exists():
        raise UnableToSayAway(
            _("You have said already that you are away on some of these days. Choose other days.")
        )
    shared = first_shared_day(membership=membership, start=start, end=end)
    if shared:
        raise UnableToSayAway(" ".join([_shared(shared), _("Choose days that are not paid for yet.")]))


def _shared(day: date) -> str:
    return _("What you had on %(day)s is shared and paid for already, so that day stays as it is.") % {
        "day": date_words(day)
    }


def _why(refusal: IntegrityError) -> str:
    """Say what came in between, just as this was said."""
    if "never_overlaps" in str(refusal):
        return _("You have said already that you are away on some of these days. Choose other days.")
    return _("Something you had on these days was paid for just now. Look at the days again.")


def _tell_others(
    membership: Membership, kind: str, absence: Absence, *, by: str, at: datetime, **days: date
) -> None:
    """Tell the other members that somebody is away, or back; never who, nor why: that may be about their health."""
    others = membership.cluster.memberships.in_the_pool().exclude(person=membership.person_id)
    facts: dict[str, Fact] = {**days}
    for other in others.select_related("cluster", "person__council", "person__user").order_by("ref"):
        tell_member(other, kind, at=at, by=by, key=str(absence.pk), about="", **facts)
