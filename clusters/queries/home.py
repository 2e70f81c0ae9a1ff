"""Which budgets a member's money in the pool came from."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import F

from clusters.models import Membership, Pledge, PledgeReturn

COLUMNS = ("stream__code", "budget", "budget__start_date", "pence")


def budgets_behind(*, membership: Membership) -> dict[str, list[tuple[UUID, int]]]:
    """Give, by stream, the budgets its money came from, newest first, each with what it has not got back."""
    put_in = Pledge.objects.filter(membership=membership).annotate(pence=F("amount_pence"))
    back = PledgeReturn.objects.filter(membership=membership).annotate(pence=-F("amount_pence"))
    left: dict[tuple[str, date, UUID], int] = defaultdict(int)
    for code, budget, start, pence in put_in.values_list(*COLUMNS).union(
        back.values_list(*COLUMNS), all=True
    ):
        left[code, start, budget] += pence
    found: dict[str, list[tuple[UUID, int]]] = defaultdict(list)
    for code, start, budget in sorted(left, reverse=True):
        found[code].append((budget, left[code, start, budget]))
    return found
