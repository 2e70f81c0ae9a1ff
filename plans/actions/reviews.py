"""Reviews: calling for one at once, and writing down what one found."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.actions import tell, tell_user
from people.models import Person, RoleKind, Scope, User
from people.queries import acting_label, leads
from people.rules.words import day_words
from plans.models import NeedsMet, Plan, PlanState, Review, ReviewCall, ReviewReason, ReviewResult


class UnableToReview(Exception):
    """The review cannot be asked for, or written down, like this. `field`: which answer it is about, if about one."""

    def __init__(self, words: str, *, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a review found: why it was held, whether needs were met, what follows, and both sides' words."""

    reason: ReviewReason
    held_date: date
    needs_met: NeedsMet
    result: ReviewResult
    words: str
    their_words: str = ""
    with_payment: bool = False


@transaction.atomic
def call_for_review(
    *, person: Person, reason: ReviewReason, words: str, by: User, on: date, at: datetime
) -> ReviewCall:
    """
    Call for a review of somebody's plan now: by themselves, a helper, or anybody who works with them at the council.

    It is due on that very day, and stays open until a review is held. The person and their professional are told.

    :raises UnableToReview: nothing is said, they have died, or the user has nothing to do with them.
    """
    if not words.strip():
        raise UnableToReview(_("Say what has happened, in a few words."), field="words")
    if reason == ReviewReason.PLANNED:
        raise UnableToReview(_("Choose what has happened."), field="reason")
    label = _who_calls(by, person, on)
    call = ReviewCall.objects.create(
        person=person, reason=reason, words=words.strip(), made_date=on, made_at=at, made_by=label
    )
    about = reverse("reports:reviews", args=[person.pk])
    tell(person=person, kind="plans_review_called", key=str(call.pk), at=at, by=label, about=about)
    if person.lead_professional is not None and person.lead_professional != by:
        tell_user(
            user=person.lead_professional,
            council=person.council,
            kind="plans_review_wanted",
            key=str(call.pk),
            at=at,
            by=label,
            about=about,
            person=str(person),
        )
    return call


def _who_calls(by: User, person: Person, on: date) -> str:
    """Say under which name somebody calls for a review."""
    if person.died_date is not None:
        raise UnableToReview(
            _("%(person)s has died. There is nothing to review any more.") % {"person": person}
        )
    label = acting_label(by, person, scope=Scope.SEE, on=on)
    if label is None and any(role.council_id == person.council_id for role in by.roles.all()):
        label = by.label
    if label is None:
        raise UnableToReview(
            _(
                "Only the person, a helper with their authority, or somebody at their council can ask for this."
            )
        )
    return label


@transaction.atomic
def record_review(*, person: Person, found: Found, by: User, on: date, at: datetime) -> Review:
    """
    Write down a review that was held. It ends whatever called for one until that day, and the person is told.

    `found.held_date`: the day it was held, today at the latest. It is written once and never changed.

    :raises UnableToReview: `by` is neither their lead professional nor a manager there, there is no agreed plan, the
        day is still to come or before the last review, or nothing is said.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    _check_reviews(by, person)
    plan = person.plans.of_adults().filter(state=PlanState.AGREED).order_by("-version").first()
    if plan is None:
        raise UnableToReview(_("There is no agreed plan to look at yet. Agree one first."))
    _check_found(person, plan, found, on)
    review = Review.objects.create(
        person=person,
        plan=plan,
        reason=found.reason,
        held_date=found.held_date,
        with_payment=found.with_payment,
        needs_met=found.needs_met,
        result=found.result,
        their_words=found.their_words.strip(),
        words=found.words.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    ReviewCall.objects.filter(person=person, ended_by__isnull=True, made_date__lte=found.held_date).update(
        ended_by=review
    )
    tell(
        person=person,
        kind="plans_reviewed",
        key=str(review.pk),
        at=at,
        by=by.label,
        about=reverse("reports:reviews", args=[person.pk]),
        held=found.held_date,
    )
    return review


def _check_reviews(by: User, person: Person) -> None:
    if not leads(by, person) and not by.has_role(RoleKind.MANAGER, council_id=person.council_id):
        raise UnableToReview(_("Only this person's social worker or a team manager can write down a review."))


def _check_found(person: Person, plan: Plan, found: Found, on: date) -> None:
    if not found.words.strip():
        raise UnableToReview(_("Say what you found."), field="words")
    if found.held_date > on:
        raise UnableToReview(
            _("That day is still to come. Write the review down once it was held."), field="held_date"
        )
    first = person.plans.of_adults().filter(state=PlanState.AGREED).order_by("version").first() or plan
    if first.agreed_at is not None and found.held_date < timezone.localdate(first.agreed_at):
        words = _("The plan was agreed on %(day)s. A review of it comes after.")
        day = day_words(timezone.localdate(first.agreed_at))
        raise UnableToReview(words % {"day": day}, field="held_date")
    last = person.reviews.order_by("-held_date").first()
    if last is not None and found.held_date < last.held_date:
        words = _("There is a review of %(day)s already. Choose that day or a later one.")
        raise UnableToReview(words % {"day": day_words(last.held_date)}, field="held_date")
    if person.reviews.filter(held_date=found.held_date, reason=found.reason).exists():
        raise UnableToReview(_("This review is written down already."), field="held_date")
