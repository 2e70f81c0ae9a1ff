"""Who may act for whom."""

from datetime import date

from people.models import Authority, Council, Person, RoleKind, Scope, User


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


def works_for(user: User, council: Council) -> bool:
    """Tell whether the user holds any role in this council."""
    return any(role.council_id == council.pk for role in user.roles.all())
