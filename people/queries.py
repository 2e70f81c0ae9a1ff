"""Who may act for whom."""

from people.models import Council, Person, RoleKind, User


def leads(user: User, person: Person) -> bool:
    """Tell whether the user keeps this person's plan safe: named as their lead, and a social worker there."""
    return person.lead_professional_id == user.pk and user.has_role(
        RoleKind.SOCIAL_WORKER, council_id=person.council_id
    )


def may_act_for(user: User, person: Person) -> bool:
    """Tell whether the user is this person, or their lead professional who acts at their word."""
    return person.user_id == user.pk or leads(user, person)


def works_for(user: User, council: Council) -> bool:
    """Tell whether the user holds any role in this council."""
    return any(role.council_id == council.pk for role in user.roles.all())
