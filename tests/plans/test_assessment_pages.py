"""The pages of assessments: saved as they are written, two at once, seen line by line, and answered back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import AuthorityKind, CarerConsent, Notice, Scope, User
from people.rules.words import day_words
from plans.models import Assessment, AssessmentState, ByWhom, Challenge, IndicativeBudget, RasKind
from tests.cast import Cast, make_cast
from tests.people.makers import make_authority, make_settings, make_user
from tests.plans.asking import make_ras
from tests.plans.assessing import (
    answer,
    challenge_line,
    make_assessment,
    make_consent,
    make_indicative,
    options_of,
)
from tests.visiting import answered, as_user, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = make_cast()
    make_ras(council=made.council, unpaid_hour_pence=3_00, unpaid_most_percent=50)
    make_ras(council=made.council, kind=RasKind.CARER)
    return made


def first_page(assessment: Assessment) -> str:
    return reverse("plans:write-assessment", args=[assessment.pk, 1])


def save(user: User, address: str, *, seen_edit: int, **said: str) -> str:
    """The page saves itself, as the browser does while somebody writes."""
    response = as_user(user).post(address, {"seen": str(seen_edit), **said}, headers={"X-Autosave": "1"})
    return " ".join(response.content.decode().split())


def test_says_when_it_saved_itself(cast: Cast) -> None:
    assessment = make_assessment(person=cast.ben)
    words = save(cast.priya, first_page(assessment), seen_edit=0, what_matters="To swim")
    assert "Saved " in words
    assert 'name="seen" value="1"' in words
    assert Assessment.objects.get().what_matters == "To swim"


def test_keeps_what_was_not_sent_as_it_is(cast: Cast) -> None:
    assessment = make_assessment(person=cast.ben)
    save(cast.priya, first_page(assessment), seen_edit=0)
    assert Assessment.objects.get().what_matters == "My garden"


def test_tells_the_later_of_two_and_keeps_both(cast: Cast) -> None:
    assessment = make_assessment(person=cast.ben)
    own = reverse("plans:own-answers", args=[assessment.pk])
    question = options_of(assessment)[0][0].question_id
    field = f"own-words-{question}"
    page = reverse("plans:write-assessment", args=[assessment.pk, 2])
    save(cast.priya, page, seen_edit=0, **{field: "She says all is well"})
    words = save(cast.ben_user, own, seen_edit=0, **{field: "I fall"})
    assert "Priya Shah</bdi></strong> wrote here" in words
    assert "I fall" in words
    assert "Use mine instead" in words
    save(cast.ben_user, own, seen_edit=0, insist=field, **{field: "I fall"})
    assert assessment.answers.get(by_whom=ByWhom.OWN).words == "I fall"


def test_says_why_it_cannot_be_saved(cast: Cast) -> None:
    assessment = make_assessment(person=cast.ben)
    answer(assessment, 1, 1)
    Assessment.objects.filter(pk=assessment.pk).update(
        state="finished", finished_at="2026-05-04T09:00Z", finished_by=cast.priya, is_eligible=True
    )
    words = save(cast.priya, first_page(assessment), seen_edit=0, what_matters="Late")
    assert "This assessment is finished" in words


def test_works_by_the_button_alone_from_first_words_to_the_budget(cast: Cast) -> None:
    """Without JavaScript; four pages and one button on the person's page."""
    client = as_user(cast.priya)
    client.post(reverse("plans:begin-assessment", args=[cast.ben.pk]))
    assessment = Assessment.objects.get()
    client.post(first_page(assessment), {"seen": "0", "what_matters": "To swim", "advocacy": "speaks"})
    said = {f"professional-option-{one[2].question_id}": str(one[2].pk) for one in options_of(assessment)}
    response = client.post(reverse("plans:write-assessment", args=[assessment.pk, 2]), {"seen": "1", **said})
    assert response["Location"] == reverse("plans:finish-assessment", args=[assessment.pk])
    response = client.post(response["Location"], {"is_from_condition": "yes", "has_impact": "yes"})
    assert response["Location"] == reverse("plans:how", args=[assessment.pk])
    assert IndicativeBudget.objects.get().weekly_pence == 520_00


def test_carries_over_what_was_asked_once(cast: Cast) -> None:
    make_indicative(person=cast.ben)
    as_user(cast.priya).post(reverse("plans:begin-assessment", args=[cast.ben.pk]))
    newest = Assessment.objects.get(state=AssessmentState.OPEN)
    assert (newest.language, newest.what_matters) == ("Somali", "My garden")


def test_shows_every_line_and_that_they_add_up(cast: Cast) -> None:
    assessment = make_assessment(person=cast.ben)
    answer(assessment, 1, 2)
    answer(assessment, 2, 2, by_whom=ByWhom.OWN)
    as_user(cast.priya).post(
        reverse("plans:finish-assessment", args=[assessment.pk]),
        {"is_from_condition": "yes", "has_impact": "yes"},
    )
    words = seen(cast.ben_user, reverse("plans:how", args=[assessment.pk]))
    for said in ("How my budget was worked out", "£250.00", "£64.81", "£185.19", "Not the same", "27 points"):
        assert said in words
    assert "all your answers together: 27. From 20 to 39 points we count £250.00 a week" in words
    assert reverse("plans:plan", args=[cast.plan.pk]) in words
    assert words.count("I don’t agree with this") == 2


def test_says_plainly_that_needs_are_not_eligible(cast: Cast) -> None:
    assessment = make_assessment(person=cast.ben)
    answer(assessment, 0, 1)
    as_user(cast.priya).post(
        reverse("plans:finish-assessment", args=[assessment.pk]),
        {"is_from_condition": "yes", "has_impact": "yes"},
    )
    words = seen(cast.ben_user, reverse("plans:how", args=[assessment.pk]))
    assert "does not have to pay for help now" in words
    assert "at least two things" in words


def test_speaks_easy_words_of_the_questions(cast: Cast) -> None:
    indicative = make_indicative(person=cast.ben)
    make_settings(person=cast.ben, is_easy=True)
    words = seen(cast.ben_user, reverse("plans:how", args=[indicative.assessment_id]))
    assert "nutrition: is it hard?" in words
    assert "How we worked out my money" in words


def test_takes_a_challenge_to_the_professional_and_back(cast: Cast) -> None:
    indicative = make_indicative(person=cast.ben, places=(1, 2))
    line = indicative.lines.order_by("position")[0]
    address = reverse("plans:challenge-line", args=[line.pk])
    assert "Priya Shah</bdi> reads it and must answer you, with reasons, by" in seen(cast.ben_user, address)
    said = answered(cast.ben_user, address, words="I need more")
    assert "You get an answer by" in said
    assert f'href="#line-{line.question_id}"' in said
    assert "Priya Shah</bdi> answers by" in said
    received = Notice.objects.get(kind="plans_challenge_received", person=cast.ben)
    assert received.about.endswith(f"/how/#line-{line.question_id}")
    assert "Ben Carter</bdi> does not agree with their budget" in seen(
        cast.priya, reverse("reports:my-people")
    )
    challenge = Challenge.objects.get()
    most = options_of(indicative.assessment)[0][2]
    answered(
        cast.priya,
        reverse("plans:challenge", args=[challenge.pk]),
        outcome="upheld",
        option=str(most.pk),
        answer="You are right.",
    )
    words = seen(cast.ben_user, reverse("plans:how", args=[indicative.assessment_id]))
    assert "You are right." in words
    assert "from £250.00 to <strong>£520.00</strong> a week" in words
    told = Notice.objects.get(kind="plans_challenge_answered", person=cast.ben)
    assert "It was £250.00 a week, and is £520.00 a week now" in told.words
    assert "What it was before" in words


def test_shows_a_late_answer_as_late(cast: Cast) -> None:
    challenge = challenge_line(make_indicative(person=cast.ben))
    words = seen(cast.priya, reverse("reports:my-people"))
    late = words[words.index('id="late"') : words.index('id="waiting"')]
    assert "Ben Carter" in late, "the day it was due is long over by now"
    assert reverse("plans:challenge", args=[challenge.pk]) in words


def test_lets_a_carer_take_it_back_and_shows_the_allocation_open(cast: Cast) -> None:
    carer = make_user(name="Maryam Yusuf")
    consent = make_consent(person=cast.ben, carer=carer)
    indicative = make_indicative(person=cast.ben, consents=[consent])
    assert as_user(carer).get(reverse("people:acting-for")).headers["Location"] == reverse("plans:caring")
    assert "Care I give" in seen(carer, reverse("plans:caring"))
    said = answered(carer, reverse("plans:withdraw-consent", args=[consent.pk]))
    assert "Their help goes on meanwhile" in said
    words = seen(cast.ben_user, reverse("plans:how", args=[indicative.assessment_id]))
    assert "We look at this again with you" in words
    assert "£520.00" in words
    assert "£490.00" in words
    by = day_words(timezone.localdate() + timedelta(days=28))
    assert f"Priya Shah</bdi> does this with you by {by}" in words
    assert "the money for it stay just as they are" in words
    waits = seen(cast.priya, reverse("reports:my-people"))
    assert f"Look at it again by {by}" in waits
    assert reverse("plans:assessment", args=[indicative.assessment_id]) in waits


def test_is_given_by_a_carer_on_their_own_page(cast: Cast) -> None:
    helper = make_authority(person=cast.ben, kind=AuthorityKind.CARER, scopes=[Scope.SEE]).helper
    answered(
        helper,
        reverse("plans:give-consent", args=[cast.ben.pk]),
        hours="12",
        what="Nights",
        start_date="2026-05-04",
    )
    assert CarerConsent.objects.get().carer == helper


def test_keeps_a_consent_that_ended_meanwhile_out_and_says_so(cast: Cast) -> None:
    consent = make_consent(person=cast.ben)
    assessment = make_assessment(person=cast.ben)
    answer(assessment, 2, 2)
    CarerConsent.objects.filter(pk=consent.pk).update(withdrawn_at="2026-05-04T09:00Z", withdrawn_by="them")
    words = answered(
        cast.priya,
        reverse("plans:finish-assessment", args=[assessment.pk]),
        is_from_condition="yes",
        has_impact="yes",
        consents=str(consent.pk),
    )
    assert "took back their consent meanwhile" in words


def test_is_seen_by_no_stranger(client: Client, cast: Cast) -> None:
    indicative = make_indicative(person=cast.ben)
    line = indicative.lines.all()[0]
    for address in (
        reverse("plans:how", args=[indicative.assessment_id]),
        reverse("plans:own-answers", args=[indicative.assessment_id]),
        reverse("plans:challenge-line", args=[line.pk]),
    ):
        assert seen(cast.amina_user, address) == "404"
