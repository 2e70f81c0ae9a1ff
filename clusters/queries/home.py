"""Which budgets a member's money in the pool came from."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from clusters.models import Membership, Pledge, PledgeReturn
from commonpurse.asked_often import AskedOften

COLUMNS = ("stream__code", "budget", "budget__start_date", "pence")


def _put_in_and_back(member: UUID) -> QuerySet[Pledge, tuple[str, UUID, date, int]]:
    """Give every pledge of a member by stream and budget, and below zero what went back."""
    put_in = Pledge.objects.filter(membership=member).annotate(pence=F("amount_pence"))
    back = PledgeReturn.objects.filter(membership=member).annotate(pence=-F("amount_pence"))
    return put_in.values_list(*COLUMNS).union(back.values_list(*COLUMNS), all=True)


PUT_IN_AND_BACK = AskedOften(_put_in_and_back, member="uuid")


def budgets_behind(*, membership: Membership) -> dict[str, list[tuple[UUID, int]]]:
    """Give, by stream, the budgets its money came from, newest first, each with what it has not got back."""
    left: dict[tuple[str, date, UUID], int] = defaultdict(int)
    for code, budget, start, pence in PUT_IN_AND_BACK(member=membership.pk):
        left[code, start, budget] += pence
    found: dict[str, list[tuple[UUID, int]]] = defaultdict(list)
    for code, start, budget in sorted(left, reverse=True):
        found[code].append((budget, left[code, start, budget]))
    return found
