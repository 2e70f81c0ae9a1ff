"""Which budgets a member's money in the pool came from."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Sum

from clusters.models import Membership, Pledge, PledgeReturn


def budgets_behind(*, membership: Membership) -> dict[str, list[tuple[UUID, int]]]:
    """Give, by stream, the budgets its money came from, newest first, each with what it has not got back."""
    back = {
        (code, budget): pence
        for code, budget, pence in PledgeReturn.objects.filter(membership=membership)
        .values_list("stream__code", "budget")
        .annotate(pence=Sum("amount_pence"))
    }
    put_in = (
        Pledge.objects.filter(membership=membership)
        .values_list("stream__code", "budget", "budget__start_date")
        .annotate(pence=Sum("amount_pence"))
        .order_by("stream__code", "-budget__start_date")
    )
    found: dict[str, list[tuple[UUID, int]]] = defaultdict(list)
    for code, budget, _, pence in put_in:
        found[code].append((budget, pence - back.get((code, budget), 0)))
    return found
