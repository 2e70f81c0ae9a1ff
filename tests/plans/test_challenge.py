"""Not agreeing with a line of how a budget was worked out: answered with reasons, by a day, and never in silence."""

from datetime import date, timedelta

import pytest

from people.models import Notice, PolicyUnit, PolicyValue
from plans.actions.assessment import UnableToChallenge, answer_challenge, make_challenge
from plans.models import AssessmentState, Challenge, ChallengeOutcome, IndicativeBudget, RasOption
from plans.queries import indicative_of
from tests.people.makers import make_user
from tests.plans.assessing import (
    NINE,
    ON,
    challenge_line,
    finish,
    lead_of,
    make_assessment,
    make_indicative,
    make_led,
    options_of,
    user_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicative() -> IndicativeBudget:
    """Seven points and twenty: 250 pounds a week."""
    return make_indicative(person=make_led(), places=(1, 2))


def answered(
    challenge: Challenge,
    outcome: ChallengeOutcome,
    *,
    option: RasOption | None = None,
    words: str = "We looked again",
) -> Challenge:
    return answer_challenge(
        challenge=challenge,
        outcome=outcome,
        answer=words,
        option=option,
        by=lead_of(challenge.indicative.assessment.person),
        on=ON + timedelta(days=3),
        at=NINE,
    )


def test_is_recorded_with_the_day_an_answer_is_due_and_told(indicative: IndicativeBudget) -> None:
    challenge = challenge_line(indicative)
    assert challenge.due_date == ON + timedelta(days=14)
    told = Notice.objects.get(kind="plans_challenge_made")
    assert told.user == indicative.assessment.person.lead_professional


def test_is_due_by_the_policy_of_its_day(indicative: IndicativeBudget) -> None:
    PolicyValue.objects.create(
        council=indicative.assessment.person.council,
        code="challenge_answer_days",
        value=5,
        unit=PolicyUnit.DAYS,
        effective_date=ON,
        source="Our own promise",
    )
    assert challenge_line(indicative).due_date == date(2026, 5, 9)


def test_is_made_by_nobody_else(indicative: IndicativeBudget) -> None:
    with pytest.raises(UnableToChallenge):
        make_challenge(indicative=indicative, question=None, words="No", by=make_user(), on=ON, at=NINE)


def test_says_something_about_a_line_once(indicative: IndicativeBudget) -> None:
    with pytest.raises(UnableToChallenge, match="in your own words"):
        challenge_line(indicative, words="  ")
    challenge_line(indicative)
    with pytest.raises(UnableToChallenge, match="said so already"):
        challenge_line(indicative)
    assert challenge_line(indicative, place=1).pk


def test_upheld_works_the_budget_out_anew_and_keeps_the_old_one(indicative: IndicativeBudget) -> None:
    challenge = challenge_line(indicative)
    most = options_of(indicative.assessment)[0][2]
    done = answered(challenge, ChallengeOutcome.UPHELD, option=most)
    assert done.led_to is not None
    assert (done.led_to.weekly_pence, done.led_to.why) == (520_00, "challenge")
    old = IndicativeBudget.objects.get(pk=indicative.pk)
    assert (old.weekly_pence, old.is_current) == (250_00, False)
    person = indicative.assessment.person
    assert indicative_of(person=person, on=ON) == old
    assert indicative_of(person=person, on=ON + timedelta(days=3)) == done.led_to
    indicative.assessment.refresh_from_db()
    assert indicative.assessment.state == AssessmentState.FINISHED
    assert "We looked again" in Notice.objects.get(kind="plans_challenge_answered").words


def test_not_upheld_changes_nothing_but_says_why(indicative: IndicativeBudget) -> None:
    done = answered(challenge_line(indicative), ChallengeOutcome.NOT_UPHELD, words="The visit showed it")
    assert (done.led_to, IndicativeBudget.objects.count()) == (None, 1)


def test_upheld_says_what_counts_instead(indicative: IndicativeBudget) -> None:
    challenge = challenge_line(indicative)
    same = indicative.lines.order_by("position")[0].option
    other = options_of(indicative.assessment)[1][0]
    for option in (None, same, other):
        with pytest.raises(UnableToChallenge, match="counts instead"):
            answered(challenge, ChallengeOutcome.PARTLY, option=option)


def test_is_answered_once_with_reasons_by_the_lead(indicative: IndicativeBudget) -> None:
    challenge = challenge_line(indicative)
    with pytest.raises(UnableToChallenge, match="reasons"):
        answered(challenge, ChallengeOutcome.NOT_UPHELD, words=" ")
    with pytest.raises(UnableToChallenge, match="lead professional"):
        answer_challenge(
            challenge=challenge,
            outcome=ChallengeOutcome.NOT_UPHELD,
            answer="No",
            by=user_of(indicative.assessment.person),
            on=ON,
            at=NINE,
        )
    answered(challenge, ChallengeOutcome.NOT_UPHELD)
    with pytest.raises(UnableToChallenge, match="answered already"):
        answered(challenge, ChallengeOutcome.NOT_UPHELD)


def test_about_all_of_it_opens_the_assessment_again_when_upheld(indicative: IndicativeBudget) -> None:
    person = indicative.assessment.person
    challenge = make_challenge(
        indicative=indicative, question=None, words="My nights", by=user_of(person), on=ON, at=NINE
    )
    answered(challenge, ChallengeOutcome.UPHELD, words="We come and see you at night")
    assessment = indicative.assessment
    assessment.refresh_from_db()
    assert (assessment.state, assessment.reopen_reason) == (
        AssessmentState.REOPENED,
        "We come and see you at night",
    )
    assert finish(assessment).number == 2


def test_is_not_upheld_while_another_assessment_is_written(indicative: IndicativeBudget) -> None:
    challenge = challenge_line(indicative)
    make_assessment(person=indicative.assessment.person)
    with pytest.raises(UnableToChallenge, match="Finish that one first"):
        answered(challenge, ChallengeOutcome.UPHELD, option=options_of(indicative.assessment)[0][2])
    assert answered(challenge, ChallengeOutcome.NOT_UPHELD).outcome == ChallengeOutcome.NOT_UPHELD


def test_is_refused_about_a_budget_that_was_followed_by_another(indicative: IndicativeBudget) -> None:
    most = options_of(indicative.assessment)[0][2]
    answered(challenge_line(indicative), ChallengeOutcome.UPHELD, option=most)
    with pytest.raises(UnableToChallenge, match="worked out again since"):
        challenge_line(indicative)
