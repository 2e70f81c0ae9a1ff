"""What an accepted line still costs, after everything that corrected it."""

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Sum

from invoices.models import InvoiceLine, LineState


class Standing(NamedTuple):
    """What is left of a line: pence, and units in the service's own. Both nought where it was taken back."""

    pence: int
    units: Decimal


def standing_of(lines: Collection[InvoiceLine]) -> dict[UUID, Standing]:
    """
    Give for each line what it still costs: its own amount with every accepted credit and adjustment of it.

    Units go down, or up again, with corrections that name some.
    """
    corrections = (
        InvoiceLine.objects.filter(corrected_line__in=lines, state=LineState.ACCEPTED)
        .values_list("corrected_line")
        .annotate(pence=Sum("amount_pence"), units=Sum("units"))
    )
    changed = {line: (int(pence), Decimal(units)) for line, pence, units in corrections}
    standing = {}
    for line in lines:
        pence, units = changed.get(line.pk, (0, Decimal(0)))
        left = line.amount_pence + pence
        standing[line.pk] = Standing(left, max(line.units + units, Decimal(0)) if left else Decimal(0))
    return standing
