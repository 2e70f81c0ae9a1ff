"""Not agreeing with what was written about somebody's capacity, or decided for them, and the answer that is owed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from people.actions import tell, tell_user
from people.models import CapacityRecord, Person, Scope, User
from people.queries import Fact, acting_label, acting_refusal
from plans.actions.answers_owed import Answered, UnableToChallenge, check_open, said, write_answer
from plans.actions.reviews import call_for_review
from plans.models import CapacityChallenge, ChallengeOutcome, ReviewReason
from plans.queries.capacity import may_judge

# Any of these shows what was written, so any lets one say that one does not agree.
SEES = (Scope.SEE, Scope.AGREE, Scope.SPEND, Scope.VOTE)


@transaction.atomic
def challenge_capacity(
    *, capacity: CapacityRecord, words: str, by: User, on: date, at: datetime
) -> CapacityChallenge:
    """
    Say that one does not agree: the person themselves, or whoever acts for them. The professional owes an answer.

    Nobody has to be able to decide anything to say so.

    :raises UnableToChallenge: it is not theirs, nothing is said, or they wait for an answer already.
    """
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=capacity.person_id)
    label = _label(by, person, on=on)
    if label is None:
        raise UnableToChallenge(acting_refusal(by, person, scope=Scope.SEE, on=on))
    if capacity.challenges.waiting().filter(made_by=label).exists():
        raise UnableToChallenge(_("You have said so already. The answer is on its way."))
    challenge = CapacityChallenge.objects.create(
        capacity=capacity, **said(council=person.council, words=words, by=label, on=on, at=at)
    )
    lead = person.lead_professional
    _tell(
        challenge,
        "plans_challenge_received",
        by=label,
        at=at,
        who=str(lead or ""),
        due_date=challenge.due_date,
    )
    if lead is not None and lead != by:
        tell_user(
            user=lead,
            council=person.council,
            kind="plans_capacity_challenged",
            key=str(challenge.pk),
            at=at,
            by=label,
            about=reverse("plans:answer-capacity", args=[challenge.pk]),
            person=str(person),
            due_date=challenge.due_date,
        )
    return challenge


@transaction.atomic
def answer_about_capacity(
    *,
    challenge: CapacityChallenge,
    outcome: ChallengeOutcome,
    answer: str,
    by: User,
    on: date,
    at: datetime,
) -> CapacityChallenge:
    """
    Answer somebody who does not agree, with the reasons, and tell the person.

    Upheld (or partly): where it was looked at anew since, that record is named; where not, a review is due now.

    :raises UnableToChallenge: `by` may not, it is answered already, or no reason is given.
    """
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=challenge.capacity.person_id)
    held = CapacityChallenge.objects.select_related("capacity").select_for_update(of=("self",), no_key=True)
    challenge = held.get(pk=challenge.pk)
    if not may_judge(by, person):
        raise UnableToChallenge(_("Only this person’s social worker or a team manager can answer."))
    given = Answered(outcome=outcome, words=answer)
    check_open(challenge, given)
    if given.is_upheld:
        challenge.led_to = CapacityRecord.objects.filter(supersedes=challenge.capacity_id).first()
        if challenge.led_to is None:
            call_for_review(person=person, reason=ReviewReason.CAPACITY, words=answer, by=by, on=on, at=at)
    write_answer(challenge, given, by=by, at=at)
    _tell(
        challenge,
        "plans_capacity_answered",
        by=by.label,
        at=at,
        outcome=ChallengeOutcome(challenge.outcome).label,
        answer=challenge.answer,
    )
    return challenge


def may_challenge(user: User, person: Person, *, on: date) -> bool:
    """Tell whether somebody may say here that they do not agree: the person, or whoever acts for them."""
    return (
        person.died_date is None and (not may_judge(user, person)) and _label(user, person, on=on) is not None
    )


def _label(by: User, person: Person, *, on: date) -> str | None:
    """Say under which name somebody speaks for themselves, or for whom they help; none where they do neither."""
    labels = (acting_label(by, person, scope=scope, on=on) for scope in SEES)
    return next((label for label in labels if label is not None), None)


def _tell(challenge: CapacityChallenge, kind: str, *, by: str, at: datetime, **facts: Fact) -> None:
    person = challenge.capacity.person
    step: dict[str, Any] = {
        "key": str(challenge.pk),
        "about": f"{reverse('plans:capacity', args=[person.pk])}#{challenge.capacity_id}",
        **facts,
    }
    tell(person=person, kind=kind, at=at, by=by, **step)
