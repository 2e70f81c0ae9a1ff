"""An unpaid carer's consent to have their care counted, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.actions.register import register_user
from people.actions.tell import tell_user
from people.models import Authority, AuthorityKind, CarerConsent, Person, User
from people.queries import leads
from people.rules.words import day_words

OWN_WORD = "Their own word, given on Common Purse"
MOST_HOURS = 168  # of a week


class UnableToConsent(Exception):
    """This consent cannot be given: by this user, for this person, or for these hours and days."""


class UnableToWithdrawConsent(Exception):
    """The consent is over already, or this user has no say in it."""


@dataclass(frozen=True, kw_only=True)
class Care:
    """
    The care a carer agrees to have counted: hours a week, in their words, from `start_date` up to `end_date`.

    `end_date` is not included; none: until they withdraw it. `evidence`: what it rests on, where somebody else writes
    it down.
    """

    hours_weekly: int
    what: str
    start_date: date
    end_date: date | None = None
    evidence: str = ""


@transaction.atomic
def give_consent(*, person: Person, care: Care, by: User, at: datetime) -> CarerConsent:
    """
    Agree, as a carer of this person, that the care one gives is counted.

    :raises UnableToConsent: `by` is not known as their carer, the hours or days do not fit, or one stands already.
    """
    is_carer = Authority.objects.in_force(on=timezone.localdate(at)).filter(
        person=person, helper=by, kind=AuthorityKind.CARER
    )
    if not is_carer.exists():
        words = _("You are not written down as a carer of %(person)s. Ask their social worker.")
        raise UnableToConsent(words % {"person": person})
    return _keep(person, by, care, evidence=OWN_WORD, by=by, at=at)


@transaction.atomic
def record_consent(
    *, person: Person, carer_email: str, carer_name: str, care: Care, by: User, at: datetime
) -> CarerConsent:
    """
    Write down, as the lead professional, that a carer agrees, and what that rests on. The carer is told.

    A carer without an account gets one, so that they can take it back themselves.

    :raises UnableToConsent: `by` does not lead the person, nothing says what it rests on, or as `give_consent`.
    """
    if not leads(by, person):
        raise UnableToConsent(_("Only this person’s social worker can write this down."))
    if not care.evidence.strip():
        raise UnableToConsent(
            _("Say what it rests on, such as their signed form or their word, and its date.")
        )
    carer = _carer(email=carer_email.strip(), name=carer_name.strip())
    consent = _keep(person, carer, care, evidence=care.evidence.strip(), by=by, at=at)
    tell_user(
        user=carer,
        council=person.council,
        kind="people_consent_recorded",
        key=str(consent.pk),
        at=at,
        by=by.label,
        about="/plans/caring/",
        person=str(person),
        hours=care.hours_weekly,
        what=care.what,
        start_date=care.start_date,
        recorder=str(by),
    )
    return consent


@transaction.atomic
def withdraw_consent(*, consent: CarerConsent, by: User, at: datetime) -> CarerConsent:
    """
    Take a consent back, with immediate effect: the carer, or the lead professional at their word.

    What rests on it has to be worked out again in the same transaction (`plans.actions.withdraw_carer_consent`).

    :raises UnableToWithdrawConsent: it is over already, or `by` is neither of them.
    """
    consent = CarerConsent.objects.select_for_update(of=("self",)).select_related("person").get(pk=consent.pk)
    if by.pk != consent.carer_id and not leads(by, consent.person):
        raise UnableToWithdrawConsent(
            _("Only the carer, or the social worker at their word, can take it back.")
        )
    if consent.withdrawn_at is not None:
        day = day_words(timezone.localdate(consent.withdrawn_at))
        raise UnableToWithdrawConsent(_("It was taken back on %(day)s already.") % {"day": day})
    consent.withdrawn_at, consent.withdrawn_by = at, by.label
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return consent


def _keep(person: Person, carer: User, care: Care, *, evidence: str, by: User, at: datetime) -> CarerConsent:
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    _check(person, carer, care, on=timezone.localdate(at))
    return CarerConsent.objects.create(
        person=person,
        carer=carer,
        hours_weekly=care.hours_weekly,
        what=care.what.strip(),
        start_date=care.start_date,
        end_date=care.end_date,
        evidence=evidence,
        given_at=at,
        given_by=by.label,
    )


def _check(person: Person, carer: User, care: Care, *, on: date) -> None:
    if person.died_date is not None:
        raise UnableToConsent(
            _("%(person)s has died, so nothing is worked out for them.") % {"person": person}
        )
    if carer.pk in (person.user_id, person.lead_professional_id):
        raise UnableToConsent(_("A carer is somebody else than the person and their social worker."))
    if not 1 <= care.hours_weekly <= MOST_HOURS:
        raise UnableToConsent(_("Write how many hours a week, from 1 to 168."))
    if not care.what.strip():
        raise UnableToConsent(_("Say in a few words what the care is."))
    if care.end_date is not None and (care.end_date <= care.start_date or care.end_date <= on):
        raise UnableToConsent(_("Choose a last day that is not before the first, and not over already."))
    standing = CarerConsent.objects.filter(person=person, carer=carer, withdrawn_at__isnull=True)
    if standing.exclude(end_date__lte=care.start_date).exists():
        raise UnableToConsent(_("There is one already. To change the hours, take that one back first."))


def _carer(*, email: str, name: str) -> User:
    """Give the carer's account, a new one where that address has none."""
    try:
        validate_email(email)
    except ValidationError as trouble:
        raise UnableToConsent(_("Write their e-mail address, like name@example.org.")) from trouble
    carer = User.objects.filter(email__iexact=email).first()
    if carer is None and not name:
        raise UnableToConsent(_("Write their name. They have no account here yet, so we make one for them."))
    return carer or register_user(email=email, name=name)
