"""Leaving a cluster: in one step and without a vote; by the others' decision; because somebody has died."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.actions import put_before_professional, stop_about, use_decision
from clusters.actions.steps import locked_membership, move_membership
from clusters.models import Decision, DecisionKind, DecisionUse, Membership, MembershipState
from clusters.queries import agreement_in_force
from commissioning.actions.settle import lock_money, settle_locked
from commissioning.actions.tell_leavers import tell_leaving, tell_others, tell_professional, tell_removed
from commissioning.queries.leaving import days_to_leave, exit_preview, first_unshared_day
from ledger.actions import with_retries
from people.models import Person, Scope, User
from people.queries import acting_label
from people.rules.words import date_words

NO_MEMBER = _("They are not a member any more.")
NOT_YET_A_MEMBER = (
    MembershipState.INVITED,
    MembershipState.ASKED,
    MembershipState.MEMBERS_AGREED,
    MembershipState.PLAN_AGREED,
)


class UnableToLeave(Exception):
    """They are not a member, leave already, the day does not suit, or somebody else has to say so."""


@with_retries
@transaction.atomic
def leave(*, membership: Membership, on: date, by: User, at: datetime) -> Membership:
    """
    Leave a cluster from a day on (exclusive: the day before is the last as a member). Nobody is asked.

    If that day is today, the exit settlement is posted at once: what is free goes back to the member's budget by
    stream, their own part of what cannot be cancelled waits for the last bills, and nobody else's money moves. A
    later day settles itself when it comes. The member, their professional and the other members are told.

    :raises UnableToLeave: see the class.
    """
    membership, today = locked_membership(membership), timezone.localdate(at)
    label = acting_label(by, membership.person, scope=Scope.AGREE, on=today)
    if label is None:
        raise UnableToLeave(
            gettext("Only the member, or somebody who may agree to things for them, can do this.")
        )
    _check_is_member(membership)
    lock_money(membership, on=today)  # from here on no day is shared with them meanwhile
    _check_day(membership, on, today)
    return _go(membership, on, by=label, at=at, why=f"Leaves on {on:%-d %B %Y}")


@with_retries
@transaction.atomic
def remove(*, decision: Decision, at: datetime) -> Membership:
    """
    Let a member leave because the others decided so, as the agreement says; the decision is used up by it.

    They leave with the same settlement as anybody, on the first day after what has been shared with them. Once: a
    second time is the first.

    :raises UnableToUse: the decision has not passed, or is about something else.
    :raises UnableToLeave: they are not a member any more.
    """
    membership, by = locked_membership(Membership(pk=decision.subject_id)), f"decision:{decision.pk}"
    if DecisionUse.objects.filter(decision=decision).exists():
        return membership
    use_decision(
        decision=decision, kind=DecisionKind.REMOVE, subject_id=membership.pk, act="remove", by=by, at=at
    )
    _check_is_member(membership)
    day = _first_day(membership, timezone.localdate(at), at=at)
    membership.left_date = day
    tell_removed(membership, why=decision.why, by=by, at=at)
    return _go(membership, day, by=by, at=at, why="The members decided so")


@with_retries
@transaction.atomic
def leave_with_everybody(*, membership: Membership, on: date, by: str, at: datetime) -> Membership:
    """
    Let a member leave because the cluster closes on a day (exclusive).

    :raises UnableToLeave: they are not a member any more.
    """
    membership = locked_membership(membership)
    _check_is_member(membership)
    day = _first_day(membership, on, at=at)
    return _go(membership, day, by=by, at=at, why="The cluster closes", is_of_everybody=True)


@transaction.atomic
def settle_death(*, person: Person, by: str, at: datetime) -> int:
    """
    End every membership of somebody who has died, on that day; gives how many. Once is enough. A wish to join ends too.

    What is free goes back to their budget that day by the same settlement. A day that was shared with them already
    stays shared: then it is the day after that. Nobody writes to them; their professional and the others are told.

    :raises UnableToLeave: nobody has recorded that they died.
    """
    person = Person.objects.get(pk=person.pk)
    if person.died_date is None:
        raise UnableToLeave("Nobody has recorded a death. Record it first.")
    ended = 0
    for found in person.memberships.in_the_pool().order_by("pk"):
        membership = locked_membership(found)
        day = _first_day(membership, person.died_date, at=at)
        if membership.left_date is None or membership.left_date > day:
            _go(membership, day, by=by, at=at, why="Has died")
            ended += 1
    for wish in person.memberships.filter(state__in=NOT_YET_A_MEMBER).order_by("pk"):
        membership = locked_membership(wish)
        move_membership(membership, to=MembershipState.DECLINED, reason="Has died", by=by, at=at)
        stop_about(subject_id=membership.pk, why=NO_MEMBER, by=by, at=at)
    return ended


def _go(
    membership: Membership, on: date, *, by: str, at: datetime, why: str, is_of_everybody: bool = False
) -> Membership:
    """Write down that a locked membership ends on a day, tell whom it concerns, and settle what is due today."""
    membership.left_date = on
    if membership.state == MembershipState.ACTIVE:
        move_membership(membership, to=MembershipState.ON_NOTICE, reason=why, by=by, at=at)
    else:
        membership.save(update_fields=["left_date"])
    stop_about(subject_id=membership.pk, why=NO_MEMBER, by=by, at=at)
    has_died = membership.person.died_date is not None
    tell_professional(
        membership,
        kind="commissioning_member_died" if has_died else "commissioning_member_leaves",
        by=by,
        at=at,
    )
    if not has_died:
        words = f"They leave {membership.cluster} on {on:%-d %B %Y}. Who meets then what it met?"
        put_before_professional(membership=membership, why=words, at=at, by=by)
    if not is_of_everybody:
        tell_others(membership, by=by, at=at)
    if on > timezone.localdate(at):
        tell_leaving(exit_preview(membership=membership, on=on), by=by, at=at)
    settle_locked(membership, by=by, at=at)
    return membership


def _first_day(membership: Membership, on: date, *, at: datetime) -> date:
    """Give the first day from `on` that nothing has been shared with them for; nothing is meanwhile."""
    lock_money(membership, on=timezone.localdate(at))
    return max(on, first_unshared_day(membership=membership))


def _check_is_member(membership: Membership) -> None:
    if membership.state == MembershipState.ON_NOTICE:
        raise UnableToLeave(
            gettext("You leave on %(day)s already. Nothing more needs doing.")
            % {"day": _day_left(membership)}
        )
    if membership.state == MembershipState.LEFT:
        raise UnableToLeave(
            gettext("You left on %(day)s. Nothing more needs doing.") % {"day": _day_left(membership)}
        )
    if membership.state != MembershipState.ACTIVE:
        raise UnableToLeave(gettext("You are not a member yet, so there is nothing to leave."))


def _day_left(membership: Membership) -> str:
    assert membership.left_date is not None  # whoever leaves, or has left, has a day
    return date_words(membership.left_date)


def _check_day(membership: Membership, on: date, today: date) -> None:
    """Hold that somebody can leave on that day: after the notice and what is shared already, within four weeks."""
    agreement = agreement_in_force(cluster=membership.cluster)
    first, last = days_to_leave(membership=membership, agreement=agreement, on=today)
    if on < first:
        raise UnableToLeave(
            gettext("The first day you can leave on is %(day)s. Choose that day or a later one.")
            % {"day": date_words(first)}
        )
    if on > last:
        raise UnableToLeave(
            gettext("You can say that you leave up to %(day)s. Choose that day or an earlier one.")
            % {"day": date_words(last)}
        )
