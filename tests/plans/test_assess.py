"""Assessing: beginning with what is known, writing side by side, and finishing with what it comes to."""

from datetime import date, timedelta

import pytest

from people.models import Notice, Scope, User
from plans.actions import Writing
from plans.actions.assessment import (
    FirstWords,
    UnableToAssess,
    answer_own,
    begin_assessment,
    renew_questions,
    write_assessment,
)
from plans.actions.assessment.write import OPTION, WORDS, Place
from plans.models import Assessment, AssessmentState, ByWhom, RasKind, RasOption, RasQuestion, RasVersion
from plans.queries import indicative_of
from tests.people.makers import make_authority, make_council, make_person, make_social_worker, make_user
from tests.plans.asking import make_ras, make_ras_draft
from tests.plans.assessing import (
    NINE,
    ON,
    answer,
    finish,
    lead_of,
    make_assessment,
    make_indicative,
    make_led,
    options_of,
    user_of,
)

pytestmark = pytest.mark.django_db


def own_words(assessment: Assessment, words: str, *, by: User) -> None:
    """Somebody answers the first question in their own words."""
    question = options_of(assessment)[0][0].question_id
    assessment.refresh_from_db()
    answer_own(
        assessment=assessment,
        writing=Writing(sent={Place(ByWhom.OWN, WORDS, question).name: words}, seen=assessment.edits),
        by=by,
        on=ON,
        at=NINE,
    )


def test_begins_with_the_published_questions_and_tells_the_person() -> None:
    person = make_led()
    assessment = make_assessment(person=person)
    assert (assessment.state, assessment.version) == (AssessmentState.OPEN, person.council.ras_versions.get())
    assert Notice.objects.get(person=person).kind == "plans_assessment_begun"


def test_begins_only_by_the_lead_and_one_at_a_time() -> None:
    person = make_led()
    with pytest.raises(UnableToAssess, match="lead professional"):
        begin_assessment(person=person, first=FirstWords(), by=user_of(person), on=ON, at=NINE)
    make_assessment(person=person)
    with pytest.raises(UnableToAssess, match="being written already"):
        make_assessment(person=person)


def test_begins_with_no_questions_on_no_day_they_are_not_published_for() -> None:
    council = make_council()
    person = make_person(council=council, lead=make_social_worker(council=council))
    make_ras(council=council, effective_date=ON + timedelta(days=1))
    with pytest.raises(UnableToAssess, match="no questions for Monday 4 May 2026"):
        make_assessment(person=person)
    assert make_assessment(person=person, on=ON + timedelta(days=1)).pk


@pytest.mark.parametrize(("gone", "words"), [("died_date", "died on"), ("moved_date", "moved away on")])
def test_is_refused_plainly_for_who_died_or_moved_and_loses_nothing(gone: str, words: str) -> None:
    person = make_led()
    assessment = make_assessment(person=person)
    setattr(person, gone, ON)
    person.save()
    with pytest.raises(UnableToAssess, match=words):
        answer(assessment, 2, 2)
    with pytest.raises(UnableToAssess, match=words):
        finish(assessment)
    with pytest.raises(UnableToAssess, match=words):
        begin_assessment(person=person, first=FirstWords(), by=lead_of(person), on=ON, at=NINE)
    assert Assessment.objects.get(pk=assessment.pk).what_matters == "My garden"


def test_goes_on_until_the_day_somebody_moves() -> None:
    person = make_led()
    assessment = make_assessment(person=person)
    person.moved_date = ON + timedelta(days=1)
    person.save()
    answer(assessment, 2, 2)


def test_takes_the_persons_own_words_and_leaves_them_theirs() -> None:
    person = make_led()
    assessment = make_assessment(person=person)
    own_words(assessment, "I fall in the bath", by=user_of(person))
    question = options_of(assessment)[0][0].question_id
    assessment.refresh_from_db()
    write_assessment(
        assessment=assessment,
        writing=Writing(sent={Place(ByWhom.OWN, WORDS, question).name: "All is well"}, seen=assessment.edits),
        by=lead_of(person),
        on=ON,
        at=NINE,
    )
    assert assessment.answers.get().words == "I fall in the bath"


def test_marks_what_the_professional_wrote_down_for_them() -> None:
    person = make_led()
    assessment = make_assessment(person=person)
    option = options_of(assessment)[0][1]
    write_assessment(
        assessment=assessment,
        writing=Writing(sent={Place(ByWhom.OWN, OPTION, option.question_id).name: str(option.pk)}, seen=0),
        by=lead_of(person),
        on=ON,
        at=NINE,
    )
    assert assessment.answers.get().recorded_by == lead_of(person)
    own_words(assessment, "More than that", by=user_of(person))
    assert assessment.answers.get().recorded_by is None


def test_is_answered_by_a_helper_whose_authority_goes_so_far() -> None:
    person = make_led()
    assessment = make_assessment(person=person)
    helper = make_authority(person=person, scopes=[Scope.AGREE]).helper
    own_words(assessment, "She falls in the bath", by=helper)
    assert "under authority" in assessment.answers.get().answered_by
    for other in (make_authority(person=person, scopes=[Scope.SEE]).helper, make_user()):
        with pytest.raises(UnableToAssess):
            own_words(assessment, "No", by=other)


def test_lets_nobody_write_the_professionals_part_from_their_own_page() -> None:
    person = make_led()
    assessment = make_assessment(person=person)
    option = options_of(assessment)[0][2]
    field = Place(ByWhom.PROFESSIONAL, OPTION, option.question_id).name
    with pytest.raises(UnableToAssess, match="Only your own answers"):
        answer_own(
            assessment=assessment,
            writing=Writing(sent={field: str(option.pk)}, seen=0),
            by=user_of(person),
            on=ON,
            at=NINE,
        )


def test_assesses_a_carer_by_the_carers_questions_and_only_they_answer() -> None:
    person = make_led()
    make_ras(council=person.council, kind=RasKind.CARER)
    carer = make_user()
    assessment = make_assessment(person=person, carer=carer)
    assert assessment.version.kind == RasKind.CARER
    own_words(assessment, "I sleep badly", by=carer)
    with pytest.raises(UnableToAssess, match="Only the carer"):
        own_words(assessment, "She sleeps well", by=user_of(person))
    answer(assessment, 0, 1)
    assert finish(assessment).assessment.is_eligible, "one outcome is enough for a carer"
    assert indicative_of(person=person, on=ON) is None


def test_finishes_with_every_line_adding_up() -> None:
    person = make_led()
    indicative = make_indicative(person=person, places=(1, 2))
    lines = list(indicative.lines.order_by("position"))
    assert (indicative.points, indicative.allocated_pence) == (27, 250_00)
    assert sum(line.weekly_pence for line in lines) == 250_00
    assert [line.points for line in lines] == [7, 20]
    assert indicative_of(person=person, on=ON) == indicative
    assert indicative_of(person=person, on=ON - timedelta(days=1)) is None
    assert Notice.objects.filter(person=person, kind="plans_worked_out").count() == 1


def test_keeps_the_persons_own_answer_beside() -> None:
    assessment = make_assessment(person=make_led())
    answer(assessment, 1, 2)
    answer(assessment, 2, 2, by_whom=ByWhom.OWN)
    lines = finish(assessment).lines.order_by("position")
    assert [line.differs for line in lines] == [True, False]


def test_asks_for_every_answer_and_for_advocacy_first() -> None:
    assessment = make_assessment(person=make_led())
    with pytest.raises(UnableToAssess, match="2 questions have no answer"):
        finish(assessment)
    answer(assessment, 1, 2)
    Assessment.objects.filter(pk=assessment.pk).update(advocacy="")
    with pytest.raises(UnableToAssess, match="help them take part"):
        finish(assessment)


@pytest.mark.parametrize(
    ("places", "is_from_condition", "has_impact", "is_eligible"),
    [
        ((1, 1), True, True, True),
        ((0, 2), True, True, False),
        ((2, 2), False, True, False),
        ((2, 2), True, False, False),
    ],
)
def test_says_whether_needs_are_eligible_and_allocates_nothing_else(
    places: tuple[int, int], is_from_condition: bool, has_impact: bool, is_eligible: bool
) -> None:
    assessment = make_assessment(person=make_led())
    answer(assessment, *places)
    indicative = finish(assessment, is_from_condition=is_from_condition, has_impact=has_impact)
    assert indicative.assessment.is_eligible is is_eligible
    assert (indicative.weekly_pence > 0) is is_eligible
    assert sum(line.weekly_pence for line in indicative.lines.all()) == indicative.allocated_pence


def test_moves_the_amount_as_far_as_the_version_allows_and_with_a_reason() -> None:
    assessment = make_assessment(person=make_led())
    answer(assessment, 2, 2)
    with pytest.raises(UnableToAssess, match="Say why"):
        finish(assessment, moved=10_00)
    with pytest.raises(UnableToAssess, match="at most £52"):
        finish(assessment, moved=-52_01, reason="Night visits are shared")
    assert finish(assessment, moved=-52_00, reason="Night visits are shared").weekly_pence == 468_00


def copy_of(version: RasVersion, *, effective_date: date) -> RasVersion:
    """The same questions, as the next version published."""
    copied = make_ras_draft(council=version.council)
    pairs = zip(version.questions.order_by("position"), copied.questions.order_by("position"), strict=True)
    for question, twin in pairs:
        RasQuestion.objects.filter(pk=twin.pk).update(origin=question.origin)
        for option, other in zip(
            question.options.order_by("position"), twin.options.order_by("position"), strict=True
        ):
            RasOption.objects.filter(pk=other.pk).update(origin=option.origin)
    RasVersion.objects.filter(pk=copied.pk).update(
        state="published", effective_date=effective_date, published_at=NINE, published_by="system:tests"
    )
    return copied


def test_takes_on_new_questions_with_the_answers_that_still_fit() -> None:
    person, later = make_led(), ON + timedelta(days=10)
    assessment = make_assessment(person=person)
    answer(assessment, 2, 2)
    new = copy_of(assessment.version, effective_date=later)
    with pytest.raises(UnableToAssess, match="other questions since"):
        finish(assessment, on=later)
    renewed = renew_questions(assessment=assessment, by=lead_of(person), on=later, at=NINE)
    assert renewed.version == new
    assert finish(renewed, on=later).weekly_pence == 520_00


def test_is_finished_once_and_its_answers_stay() -> None:
    assessment = make_assessment(person=make_led())
    answer(assessment, 2, 2)
    finish(assessment)
    with pytest.raises(UnableToAssess, match="finished"):
        finish(assessment)
    with pytest.raises(UnableToAssess, match="finished"):
        answer(assessment, 1, 1)
