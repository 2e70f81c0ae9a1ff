"""Calling for a review, writing one down, and what PostgreSQL keeps of them."""

from dataclasses import replace
from datetime import date, timedelta

import psycopg
import pytest
from django.utils import timezone

from people.models import Notice, Person, PolicyValue, RoleKind
from plans.actions import Found, UnableToReview, call_for_review, record_review
from plans.models import NeedsMet, Review, ReviewCall, ReviewReason, ReviewResult
from tests.cast import NINE, ON, Cast, make_cast
from tests.guards import SEALED, assert_kept, assert_refused
from tests.people.makers import make_council, make_person, make_user, make_user_with_role

pytestmark = pytest.mark.django_db

FOUND = Found(
    reason=ReviewReason.PLANNED,
    held_date=ON,
    needs_met=NeedsMet.FULLY,
    result=ReviewResult.SAME,
    words="It works well.",
    their_words="I cook again.",
)


def call(cast: Cast, *, on: date = ON, words: str = "She fell in the kitchen.") -> ReviewCall:
    """Ben asks for a review himself."""
    return call_for_review(
        person=cast.ben, reason=ReviewReason.CONCERN, words=words, by=cast.ben_user, on=on, at=NINE
    )


def record(cast: Cast, found: Found = FOUND) -> Review:
    """Priya writes down a review of Ben's plan."""
    return record_review(person=cast.ben, found=found, by=cast.priya, on=ON, at=NINE)


def test_opens_at_once_and_tells_the_person_and_their_professional() -> None:
    cast = make_cast()
    made = call(cast)
    assert (made.made_date, made.ended_by, made.made_by) == (ON, None, cast.ben_user.label)
    assert Notice.objects.filter(kind="plans_review_called", person=cast.ben).exists()
    assert Notice.objects.filter(kind="plans_review_wanted", user=cast.priya).exists()


def test_lets_anybody_at_the_council_ask_and_no_stranger() -> None:
    cast = make_cast()
    asked = call_for_review(
        person=cast.ben, reason=ReviewReason.SAFEGUARDING, words="A worry", by=cast.carol, on=ON, at=NINE
    )
    assert asked.made_by == cast.carol.label
    with pytest.raises(UnableToReview, match="Only the person"):
        call_for_review(
            person=cast.ben, reason=ReviewReason.CONCERN, words="A worry", by=make_user(), on=ON, at=NINE
        )


@pytest.mark.parametrize(
    ("reason", "words", "said"),
    [
        (ReviewReason.CONCERN, "  ", "Say what has happened"),
        (ReviewReason.PLANNED, "Due", "Choose what has happened"),
    ],
)
def test_asks_for_what_has_happened(reason: ReviewReason, words: str, said: str) -> None:
    cast = make_cast()
    with pytest.raises(UnableToReview, match=said):
        call_for_review(person=cast.ben, reason=reason, words=words, by=cast.ben_user, on=ON, at=NINE)


def test_reviews_nobody_who_has_died() -> None:
    cast = make_cast()
    Person.objects.filter(pk=cast.ben.pk).update(died_date=ON)
    cast.ben.refresh_from_db()
    with pytest.raises(UnableToReview, match="has died"):
        call(cast)


def test_is_written_down_and_ends_what_called_for_it_until_that_day() -> None:
    cast = make_cast()
    before, that_day = call(cast, on=ON - timedelta(days=3)), call(cast)
    after = call(cast, on=ON + timedelta(days=1))
    review = record(cast)
    assert (review.plan, review.needs_met, review.their_words) == (cast.plan, "fully", "I cook again.")
    calls = ReviewCall.objects.in_bulk([before.pk, that_day.pk, after.pk])
    assert [calls[one.pk].ended_by for one in (before, that_day, after)] == [review, review, None]
    assert Notice.objects.filter(kind="plans_reviewed", person=cast.ben).exists()


def test_lets_a_team_manager_write_one_down_and_nobody_else() -> None:
    cast = make_cast()
    manager = make_user_with_role(council=cast.council, kind=RoleKind.MANAGER)
    record_review(person=cast.ben, found=FOUND, by=manager, on=ON, at=NINE)
    elsewhere = make_user_with_role(council=make_council(), kind=RoleKind.MANAGER)
    for user in (cast.carol, cast.ben_user, elsewhere):
        with pytest.raises(UnableToReview, match="Only this person's social worker"):
            record_review(person=cast.ben, found=FOUND, by=user, on=ON, at=NINE)


@pytest.mark.parametrize(
    ("found", "said", "field"),
    [
        (replace(FOUND, words=" "), "Say what you found", "words"),
        (replace(FOUND, held_date=ON + timedelta(days=1)), "still to come", "held_date"),
        (
            replace(FOUND, held_date=date(2026, 3, 31)),
            "The plan was agreed on Wednesday 1 April 2026",
            "held_date",
        ),
    ],
)
def test_refuses_what_cannot_be(found: Found, said: str, field: str) -> None:
    cast = make_cast()
    with pytest.raises(UnableToReview, match=said) as refusal:
        record(cast, found)
    assert refusal.value.field == field


def test_comes_after_the_last_one_and_stands_once() -> None:
    cast = make_cast()
    record(cast)
    with pytest.raises(UnableToReview, match="Choose that day or a later one"):
        record(cast, replace(FOUND, held_date=ON - timedelta(days=1)))
    with pytest.raises(UnableToReview, match="written down already"):
        record(cast)
    record(cast, replace(FOUND, reason=ReviewReason.HOSPITAL))
    assert cast.ben.reviews.count() == 2


def test_needs_an_agreed_plan() -> None:
    cast = make_cast()
    person = make_person(council=cast.council, lead=cast.priya)
    with pytest.raises(UnableToReview, match="no agreed plan"):
        record_review(person=person, found=FOUND, by=cast.priya, on=ON, at=NINE)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_is_ever_taken_away(owner_connection: psycopg.Connection) -> None:
    cast = make_cast()
    call(cast)
    record(cast)
    assert_kept(owner_connection, "plans_review")
    assert_kept(owner_connection, "plans_reviewcall")


def test_postgresql_keeps_what_was_found_and_why_it_was_called_for() -> None:
    cast = make_cast()
    made = call(cast)
    review = record(cast)
    assert_refused("UPDATE plans_review SET needs_met = 'not' WHERE id = %s", review.pk)
    assert_refused(
        "UPDATE plans_reviewcall SET ended_by_id = NULL WHERE id = %s", made.pk, match="ends by a review"
    )
    assert_refused(
        f"UPDATE plans_reviewcall SET words = '{SEALED}' WHERE id = %s", made.pk, match="ends by a review"
    )


def test_postgresql_lets_a_call_end_only_by_a_review_of_that_person_held_since() -> None:
    cast = make_cast()
    review = record(cast)
    later = call(cast, on=ON + timedelta(days=1))
    assert_refused(
        "UPDATE plans_reviewcall SET ended_by_id = %s WHERE id = %s",
        review.pk,
        later.pk,
        match="ends by a review",
    )
    others = call_for_review(
        person=cast.amina, reason=ReviewReason.CONCERN, words="A worry", by=cast.amina_user, on=ON, at=NINE
    )
    assert_refused(
        "UPDATE plans_reviewcall SET ended_by_id = %s WHERE id = %s",
        review.pk,
        others.pk,
        match="ends by a review",
    )


WRITE = (
    "INSERT INTO plans_review (person_id, plan_id, reason, held_date, with_payment, needs_met, result, their_words,"
    " words, recorded_at, recorded_by_id)"
    f" VALUES (%s, %s, 'other', %s, false, 'fully', 'same', '', '{SEALED}', %s, %s)"
)


def test_postgresql_refuses_a_review_of_anothers_plan_or_a_day_to_come_or_before_the_last() -> None:
    cast = make_cast()
    record(cast)
    who = cast.priya.pk
    assert_refused(WRITE, cast.amina.pk, cast.plan.pk, ON, NINE, who, match="of the same person")
    assert_refused(
        WRITE, cast.ben.pk, cast.plan.pk, ON + timedelta(days=1), NINE, who, match="once it was held"
    )
    assert_refused(WRITE, cast.ben.pk, cast.plan.pk, ON - timedelta(days=1), NINE, who, match="later review")


@pytest.mark.parametrize(
    ("code", "too_long"),
    [
        ("plan_first_review_days", 366),
        ("plan_review_days", 367),
        ("dp_first_review_months", 7),
        ("dp_review_months", 13),
        ("plan_review_days", 0),
    ],
)
def test_postgresql_lets_no_policy_switch_the_clock_off(code: str, too_long: int) -> None:
    council = make_council()
    known = PolicyValue.objects.get(council=None, code=code)
    assert_refused(
        "INSERT INTO people_policyvalue (council_id, code, value, unit, effective_date, source, made_by, withdrawn_by)"
        " VALUES (%s, %s, %s, %s, %s, 'x', 'x', '')",
        *(council.pk, code, too_long, known.unit, timezone.localdate()),
        match="keeps_review_clocks",
    )
