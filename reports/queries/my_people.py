"""A professional's people: whose review is late and why, what comes next, and what waits for their agreement."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from clusters.models import AskedAgain, Membership, MembershipState
from commonpurse.asked_often import AskedOften
from people.models import Person, RoleKind, User
from plans.models import Plan, PlanState
from reports.rules.lateness import Late, PlanStanding, why_late

SOON = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class ReviewDue:
    """A person whose plan is looked at again on a day; late, and why, or still to come."""

    person: Person
    plan: Plan | None
    due_date: date | None
    late: Late | None


@dataclass(frozen=True, kw_only=True)
class MyPeople:
    """What a professional has before them, most pressing first."""

    people: list[Person]
    late: list[ReviewDue]
    soon: list[ReviewDue]
    to_agree: list[Membership]
    to_agree_again: list[AskedAgain]
    submitted: list[Plan]

    @property
    def waiting_count(self) -> int:
        """How many wait for their agreement."""
        return len(self.to_agree) + len(self.to_agree_again) + len(self.submitted)


LED_BY = AskedOften(
    lambda user: Person.objects.filter(
        lead_professional=user, council__roles__user=user, council__roles__kind=RoleKind.SOCIAL_WORKER
    ).order_by("name", "pk"),
    user="uuid",
)
PLANS = AskedOften(
    lambda people: (
        Plan.objects.of_adults().filter(person__in=people).select_related("person").order_by("-version")
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
    """Give what waits for a professional on a day, and whom they lead by name; four queries, however many they are."""
    people = LED_BY(user=user.pk)
    ids = [person.pk for person in people]
    plans = _plans(ids)
    reviews = [_review(person, plans[person.pk], on) for person in people]
    return MyPeople(
        people=people,
        late=sorted((one for one in reviews if one.late), key=lambda one: one.due_date or date.min),
        soon=sorted(
            (one for one in reviews if not one.late and one.due_date and one.due_date <= on + SOON),
            key=lambda one: one.due_date or date.min,
        ),
        to_agree=TO_AGREE(people=ids),
        to_agree_again=TO_AGREE_AGAIN(people=ids),
        submitted=[
            plan for person in people for plan in plans[person.pk][:1] if plan.state == PlanState.SUBMITTED
        ],
    )


def _plans(people: list[UUID]) -> dict[UUID, list[Plan]]:
    """Give everybody's plans, the newest version first."""
    found: dict[UUID, list[Plan]] = defaultdict(list)
    for plan in PLANS(people=people):
        found[plan.person_id].append(plan)
    return found


def _review(person: Person, plans: list[Plan], on: date) -> ReviewDue:
    agreed = next((plan for plan in plans if plan.state == PlanState.AGREED), None)
    newest = plans[0] if plans else None
    standing = PlanStanding(
        review_due_date=agreed.review_due_date if agreed else None,
        has_agreed_plan=agreed is not None,
        newest_state=newest.state if newest else "",
        return_reason=newest.return_reason if newest else "",
    )
    return ReviewDue(
        person=person, plan=agreed or newest, due_date=standing.review_due_date, late=why_late(standing, on)
    )
