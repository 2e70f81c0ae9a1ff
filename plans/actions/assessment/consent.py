"""A carer takes their consent back, or it ends: what rested on it is worked out again without it."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.pennies import in_pounds
from people.actions import tell, tell_user, withdraw_consent
from people.models import CarerConsent, Person, User
from plans.actions.assessment.challenge import basis_of
from plans.actions.assessment.rights import is_another_written, locked, open_again
from plans.actions.assessment.work_out import keep_indicative
from plans.models import IndicativeBudget, Plan, WhyWorkedOut

ENDED = "system:consent ended"


@transaction.atomic
def withdraw_carer_consent(*, consent: CarerConsent, by: User, at: datetime) -> CarerConsent:
    """
    Take a carer's consent back now, and open again what rested on it: the budget is worked out without that care.

    The person and their professional are told.

    :raises UnableToWithdrawConsent: it is over already, or `by` is neither the carer nor the lead professional.
    """
    Person.objects.select_for_update(no_key=True).get(pk=consent.person_id)
    consent = withdraw_consent(consent=consent, by=by, at=at)
    _open_what_rested_on([consent], by=by.label, on=timezone.localdate(at), at=at)
    return consent


@transaction.atomic
def end_lapsed_consents(*, on: date, at: datetime) -> int:
    """Open again every allocation that rests on a consent whose last day is over; gives how many."""
    counted = IndicativeBudget.objects.filter(is_current=True, unpaid_care__isnull=False).values("pk")
    lapsed = CarerConsent.objects.filter(counted_in__indicative__in=counted).filter(
        Q(end_date__lte=on) | Q(withdrawn_at__isnull=False)
    )
    return _open_what_rested_on(list(lapsed.distinct()), by=ENDED, on=on, at=at)


def _open_what_rested_on(consents: list[CarerConsent], *, by: str, on: date, at: datetime) -> int:
    """Work out anew every current budget that counted one of these consents; gives how many there were."""
    counting = IndicativeBudget.objects.filter(is_current=True, unpaid_care__consent__in=consents)
    found = list(counting.select_related("assessment").distinct().order_by("pk"))
    for indicative in found:
        _open_again(indicative, consents, by=by, on=on, at=at)
    return len(found)


def _open_again(
    indicative: IndicativeBudget, gone: list[CarerConsent], *, by: str, on: date, at: datetime
) -> None:
    assessment = locked(indicative.assessment)
    reason = _("A carer’s consent is over, so their care is not counted any more.")
    if not is_another_written(assessment):  # that one looks at what help is needed anyway
        open_again(assessment, reason, on=on, at=at)
    basis = basis_of(indicative)
    basis = replace(basis, consents=[consent for consent in basis.consents if consent not in gone])
    anew = keep_indicative(assessment, basis, why=WhyWorkedOut.CONSENT, by=by, on=on, at=at)
    person, about = assessment.person, f"/plans/assessments/{assessment.pk}/how/"
    tell(
        person=person,
        kind="plans_consent_over",
        key=str(anew.pk),
        at=at,
        by=by,
        about=about,
        weekly=in_pounds(anew.weekly_pence),
        was=in_pounds(indicative.weekly_pence),
        again_by=assessment.again_by_date or "",
    )
    if person.lead_professional is not None:
        tell_user(
            user=person.lead_professional,
            council=person.council,
            kind="plans_consent_over_lead",
            key=str(anew.pk),
            at=at,
            by=by,
            about=f"/plans/assessments/{assessment.pk}/",
            person=str(person),
            weekly=in_pounds(anew.weekly_pence),
            again_by=assessment.again_by_date or "",
            has_plan=int(Plan.objects.waiting().filter(person=person).exists()),
        )
