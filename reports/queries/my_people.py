"""A professional's people: whose review is late and why, what comes next, and what waits for their agreement."""

import sys
from dataclasses import dataclass
from datetime import date

from clusters.models import AskedAgain, Membership, MembershipState
from commonpurse.asked_often import AskedOften
from people.models import Person, RoleKind, User
from plans.models import Challenge, PlanState
from plans.rules.reviews import Clock
from reports.queries.caseload import SOON, Standing, standings
from reports.rules.lateness import Late, PlanStanding, all_late


@dataclass(frozen=True, kw_only=True)
class Pressing:
    """A person with what is late about their plan, and what comes in the next days."""

    standing: Standing
    late: list[Late]
    soon: list[Clock]

    @property
    def person(self) -> Person:
        """Whose plan it is."""
        return self.standing.person

    @property
    def days_late(self) -> int:
        """By how many days the latest thing is late; without an agreed plan more than anything that can be counted."""
        return max((sys.maxsize if one.days is None else one.days for one in self.late), default=0)


@dataclass(frozen=True, kw_only=True)
class MyPeople:
    """What a professional has before them, most pressing first. `go_on`: who waits for a step and is not late."""

    people: list[Person]
    late: list[Pressing]
    soon: list[Pressing]
    go_on: list[Standing]
    to_agree: list[Membership]
    to_agree_again: list[AskedAgain]
    submitted: list[Standing]
    challenges: list[Challenge]
    about_capacity: list[Standing]
    open_again: list[Standing]

    @property
    def waiting_count(self) -> int:
        """How many wait for their agreement."""
        agreeing = len(self.to_agree) + len(self.to_agree_again) + len(self.submitted)
        answering = len(self.challenges) + sum(len(one.about_capacity) for one in self.about_capacity)
        return agreeing + answering + sum(len(one.again) for one in self.open_again)


LED_BY = AskedOften(
    lambda user: (
        Person.objects.filter(
            lead_professional=user, council__roles__user=user, council__roles__kind=RoleKind.SOCIAL_WORKER
        )
        .select_related("council")
        .order_by("name", "pk")
    ),
    user="uuid",
)
CHALLENGES = AskedOften(
    lambda people: (
        Challenge.objects.waiting()
        .filter(indicative__assessment__person__in=people)
        .select_related("indicative__assessment__person", "indicative__assessment__carer")
        .order_by("due_date", "made_at")
    ),
    people="uuid[]",
)
TO_AGREE = AskedOften(
    lambda people: (
        Membership.objects.filter(person__in=people, state=MembershipState.MEMBERS_AGREED)
        .select_related("person", "cluster")
        .order_by("asked_at")
    ),
    people="uuid[]",
)
TO_AGREE_AGAIN = AskedOften(
    lambda people: (
        AskedAgain.objects.filter(membership__person__in=people, answer__isnull=True)
        .select_related("membership__person", "membership__cluster")
        .order_by("asked_at")
    ),
    people="uuid[]",
)


def my_people(*, user: User, on: date) -> MyPeople:
    """Give what waits for a professional on a day, and whom they lead by name; six queries, however many they are."""
    people = LED_BY(user=user.pk)
    ids = [person.pk for person in people]
    standing = standings(people=people, on=on)
    pressing = [_pressing(one, on) for one in standing]
    return MyPeople(
        people=people,
        late=sorted((one for one in pressing if one.late), key=lambda one: -one.days_late),
        soon=sorted((one for one in pressing if one.soon), key=lambda one: one.soon[0].due_date),
        go_on=[one.standing for one in pressing if _is_to_go_on(one)],
        to_agree=TO_AGREE(people=ids),
        to_agree_again=TO_AGREE_AGAIN(people=ids),
        submitted=[one for one in standing if one.newest_state == PlanState.SUBMITTED],
        challenges=CHALLENGES(people=ids),
        about_capacity=[one for one in standing if one.about_capacity],
        open_again=sorted((one for one in standing if one.again), key=lambda one: one.again[0].by_date),
    )


def _is_to_go_on(one: Pressing) -> bool:
    """Tell whether somebody waits for a step that no other list of the page names."""
    step, is_named = one.standing.next_step, one.late or one.standing.newest_state == PlanState.SUBMITTED
    return step is not None and step.is_urgent and not is_named


def _pressing(standing: Standing, on: date) -> Pressing:
    """Say what is late about somebody's plan, and which reviews come soon; who has died has neither."""
    known = PlanStanding(
        clocks=standing.clocks,
        has_agreed_plan=standing.agreed_plan is not None,
        newest_state=standing.newest_state,
        return_reason=standing.return_reason,
        challenge_due_dates=standing.challenge_due_dates,
        again_by_dates=[one.by_date for one in standing.again],
        mark_review_dates=standing.mark_review_dates,
    )
    return Pressing(
        standing=standing,
        late=[] if standing.person.died_date or standing.is_gone else all_late(known, on),
        soon=[clock for clock in standing.clocks if on <= clock.due_date <= on + SOON],
    )
