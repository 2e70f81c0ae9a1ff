"""Which council somebody works for."""

from people.models import Council, Role, RoleKind, User


def administered_by(user: User) -> Council | None:
    """Give the council that somebody administers; the first, where they administer several, and none where none."""
    roles = Role.objects.filter(user=user, kind=RoleKind.ADMINISTRATOR).select_related("council")
    role = roles.order_by("pk").first()
    return role.council if role else None
