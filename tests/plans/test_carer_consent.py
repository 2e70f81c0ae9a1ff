"""Nothing is taken off for unpaid care without a carer's consent, and taking it back opens the allocation again."""

from datetime import timedelta

import pytest

from people.actions import UnableToWithdrawConsent
from people.models import CarerConsent, Notice, Person
from plans.actions.assessment import UnableToAssess, end_lapsed_consents, withdraw_carer_consent
from plans.models import AssessmentState, IndicativeBudget, PlanState, WhyWorkedOut
from plans.queries import indicative_of
from tests.people.makers import make_user
from tests.plans.assessing import (
    NINE,
    ON,
    answer,
    finish,
    lead_of,
    make_assessment,
    make_consent,
    make_indicative,
    make_led,
)
from tests.plans.makers import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    """Somebody whose council takes 3 pounds a week off for each hour of unpaid care, at most half."""
    return make_led(unpaid_hour_pence=3_00)


IN_FOUR_WEEKS = ON + timedelta(days=28)


def withdraw(consent: CarerConsent) -> None:
    withdraw_carer_consent(consent=consent, by=consent.carer, at=NINE)


def test_is_counted_hour_by_hour(person: Person) -> None:
    indicative = make_indicative(person=person, consents=[make_consent(person=person, hours=10)])
    assert (indicative.unpaid_hours, indicative.unpaid_care_pence) == (10, 30_00)
    assert indicative.weekly_pence == 490_00


def test_takes_nothing_off_where_no_consent_is_counted(person: Person) -> None:
    make_consent(person=person, hours=10)
    assert make_indicative(person=person).weekly_pence == 520_00


def test_taken_back_opens_the_allocation_again_and_tells_both(person: Person) -> None:
    consent = make_consent(person=person, hours=10)
    old = make_indicative(person=person, consents=[consent])
    withdraw(consent)
    anew = indicative_of(person=person, on=ON)
    assert anew is not None
    assert (anew.weekly_pence, anew.why, anew.unpaid_hours) == (520_00, WhyWorkedOut.CONSENT, 0)
    old.assessment.refresh_from_db()
    assert (old.assessment.state, old.assessment.again_by_date) == (AssessmentState.REOPENED, IN_FOUR_WEEKS)
    told = Notice.objects.get(kind="plans_consent_over", person=person).words
    assert "was £490.00 a week, and is £520.00 a week now" in told
    assert "stay as they are until then" in told
    assert Notice.objects.filter(kind="plans_consent_over_lead", user=lead_of(person)).exists()


def test_taken_back_while_another_assessment_is_written_is_not_counted_from_then_on(person: Person) -> None:
    consent = make_consent(person=person, hours=10)
    old = make_indicative(person=person, consents=[consent])
    make_assessment(person=person)
    withdraw(consent)
    assert IndicativeBudget.objects.get(assessment=old.assessment, is_current=True).weekly_pence == 520_00
    old.assessment.refresh_from_db()
    assert old.assessment.state == AssessmentState.FINISHED
    assert "is £520.00 a week now" in Notice.objects.get(kind="plans_consent_over", person=person).words


def test_taken_back_leaves_what_another_carer_agrees_to(person: Person) -> None:
    first, second = make_consent(person=person, hours=10), make_consent(person=person, hours=4)
    make_indicative(person=person, consents=[first, second])
    withdraw(first)
    anew = IndicativeBudget.objects.get(is_current=True)
    assert (anew.unpaid_hours, anew.weekly_pence) == (4, 508_00)


def test_taken_back_changes_nothing_where_nothing_rested_on_it(person: Person) -> None:
    consent = make_consent(person=person)
    indicative = make_indicative(person=person)
    withdraw(consent)
    assert IndicativeBudget.objects.get() == indicative


def test_is_taken_back_once_by_the_carer_or_the_lead(person: Person) -> None:
    consent = make_consent(person=person)
    with pytest.raises(UnableToWithdrawConsent, match="Only the carer"):
        withdraw_carer_consent(consent=consent, by=make_user(), at=NINE)
    withdraw_carer_consent(consent=consent, by=lead_of(person), at=NINE)
    with pytest.raises(UnableToWithdrawConsent, match="already"):
        withdraw(consent)


def test_taken_back_while_the_assessment_is_handed_in_is_said_plainly(person: Person) -> None:
    consent = make_consent(person=person)
    assessment = make_assessment(person=person)
    answer(assessment, 2, 2)
    withdraw(consent)
    with pytest.raises(UnableToAssess, match="Maryam Yusuf took back their consent meanwhile"):
        finish(assessment, consents=[consent.pk])
    assert finish(assessment).weekly_pence == 520_00


def test_tells_the_professional_of_a_plan_that_rests_on_it(person: Person) -> None:
    consent = make_consent(person=person)
    make_indicative(person=person, consents=[consent])
    make_plan(person=person, state=PlanState.SUBMITTED)
    withdraw(consent)
    assert "A plan that was handed in" in Notice.objects.get(kind="plans_consent_over_lead").words


def test_ends_with_its_last_day(person: Person) -> None:
    last = ON + timedelta(days=6)
    consent = make_consent(person=person, end_date=last + timedelta(days=1))
    make_indicative(person=person, consents=[consent])
    assert end_lapsed_consents(on=last, at=NINE) == 0
    assert end_lapsed_consents(on=last + timedelta(days=1), at=NINE) == 1
    assert IndicativeBudget.objects.get(is_current=True).weekly_pence == 520_00
    assert end_lapsed_consents(on=last + timedelta(days=2), at=NINE) == 0


def test_counts_no_consent_that_has_not_begun(person: Person) -> None:
    consent = make_consent(person=person, start_date=ON + timedelta(days=1))
    assessment = make_assessment(person=person)
    answer(assessment, 2, 2)
    with pytest.raises(UnableToAssess, match="Look at this again"):
        finish(assessment, consents=[consent.pk])
