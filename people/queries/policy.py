"""Which policy holds."""

from datetime import date

from people.models import Council, PolicyValue


def policy_on(*, council: Council, code: str, on: date) -> PolicyValue | None:
    """Give the value of policy in force on a day: the council's own, else the one that holds everywhere."""
    in_force = PolicyValue.objects.filter(code=code, effective_date__lte=on).exclude(until_date__lte=on)
    own = in_force.filter(council=council).order_by("-effective_date").first()
    return own or in_force.filter(council__isnull=True).order_by("-effective_date").first()
