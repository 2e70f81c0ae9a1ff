"""Who may act for whom."""

from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Authority, Council, Person, RoleKind, Scope, User
from people.rules.words import day_words


def leads(user: User, person: Person) -> bool:
    """Tell whether the user keeps this person's plan safe: named as their lead, and a social worker there."""
    return person.lead_professional_id == user.pk and user.has_role(
        RoleKind.SOCIAL_WORKER, council_id=person.council_id
    )


def speaks_for(user: User, person: Person) -> bool:
    """Tell whether the user is this person, or their lead professional who acts at their word."""
    return person.user_id == user.pk or leads(user, person)


def authority_of(user: User, person: Person, *, scope: Scope, on: date) -> Authority | None:
    """Give the authority under which the user may act so for this person on a day; none where there is none."""
    reaching = Authority.objects.in_force(on=on).to(scope)
    return reaching.filter(helper=user, person=person).order_by("start_date", "pk").first()


def acting_label(user: User, person: Person, *, scope: Scope, on: date) -> str | None:
    """
    Say under which name the user acts for this person on a day, for the books and the events.

    Themselves, or their lead professional at their word: who they are. A helper: who they are and the authority
    they act under. Anybody else, and whoever acts for somebody who has died: none.
    """
    if person.died_date is not None:
        return None
    if speaks_for(user, person):
        return user.label
    authority = authority_of(user, person, scope=scope, on=on)
    return authority.label_for if authority else None


def may_act_for(user: User, person: Person, *, scope: Scope, on: date) -> bool:
    """Tell whether the user may act so for this person on a day."""
    return acting_label(user, person, scope=scope, on=on) is not None


def acting_refusal(user: User, person: Person, *, scope: Scope, on: date) -> str:
    """Say in plain words why the user may not act so for this person on a day; nothing where they may."""
    if may_act_for(user, person, scope=scope, on=on):
        return ""
    given = Authority.objects.filter(helper=user, person=person).order_by("start_date", "pk")
    authorities = list(given.select_related("person__lead_professional"))
    if not authorities:
        return _has_died(person) if person.died_date else _not_theirs()
    standing = [one for one in authorities if _ended_on(one) > on]
    return refusal_of(standing[0] if standing else max(authorities, key=_ended_on), on=on, scope=scope)


def refusal_of(authority: Authority, *, on: date, scope: Scope = Scope.SEE) -> str:
    """Say in plain words why an authority does not hold on a day, or does not go so far, and whom to ask."""
    person = authority.person
    if person.died_date is not None:
        return _has_died(person)
    return f"{_why_not(authority, on=on, scope=scope)} {_whom_to_ask(person)}"


def may_withdraw(user: User, authority: Authority) -> bool:
    """Tell whether the user may end an authority: the person, the helper, or the lead professional."""
    return authority.helper_id == user.pk or speaks_for(user, authority.person)


def may_record_death(user: User, person: Person) -> bool:
    """Tell whether the user may write down that this person has died: their lead, or an administrator there."""
    return leads(user, person) or user.has_role(RoleKind.ADMINISTRATOR, council_id=person.council_id)


def helpers_of(person: Person, *, on: date) -> list[Authority]:
    """Give who may act for a person on a day or later, the oldest first."""
    standing = person.authorities.filter(
        Q(end_date__isnull=True) | Q(end_date__gt=on), withdrawn_at__isnull=True
    )
    return list(standing.select_related("helper").order_by("start_date", "pk"))


def helped_by(user: User, *, on: date) -> list[Authority]:
    """Give the authorities under which the user may see and do things for others on a day, by name."""
    in_force = Authority.objects.in_force(on=on).to_see().filter(helper=user)
    return list(in_force.select_related("person").order_by("person__name", "start_date", "pk"))


def _not_theirs() -> str:
    return _("Only the person themselves, their social worker, or a helper with their authority can do this.")


def _why_not(authority: Authority, *, on: date, scope: Scope) -> str:
    """Say why an authority that does not hold on a day, or not for this, does not."""
    person, ended_on = authority.person, _ended_on(authority)
    if ended_on <= on:
        day = day_words(ended_on)
        return _("Your authority to act for %(person)s ended on %(day)s.") % {"person": person, "day": day}
    if authority.start_date > on:
        day = day_words(authority.start_date)
        return _("Your authority to act for %(person)s starts on %(day)s.") % {"person": person, "day": day}
    words = _("Your authority to act for %(person)s does not go as far as this: %(scope)s.")
    return words % {"person": person, "scope": scope.label.lower()}


def _whom_to_ask(person: Person) -> str:
    lead = person.lead_professional
    if lead is None:
        return _("Ask %(person)s or their council.") % {"person": person}
    return _("Ask %(person)s or %(lead)s, their social worker.") % {"person": person, "lead": lead}


def _has_died(person: Person) -> str:
    lead = person.lead_professional
    if lead is None:
        words = _(
            "%(person)s has died. Nobody can act for them any more. Ask their council what happens next."
        )
        return words % {"person": person}
    words = _("%(person)s has died. Nobody can act for them any more. Ask %(lead)s what happens next.")
    return words % {"person": person, "lead": lead}


def _ended_on(authority: Authority) -> date:
    """Give the day from which an authority that is over did not hold any more."""
    withdrawn = timezone.localdate(authority.withdrawn_at) if authority.withdrawn_at else date.max
    return min(withdrawn, authority.end_date or date.max)


def works_for(user: User, council: Council) -> bool:
    """Tell whether the user holds any role in this council."""
    return any(role.council_id == council.pk for role in user.roles.all())
