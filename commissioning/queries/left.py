"""What became of somebody's money when they left: what is back, what still waits, and until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from clusters.models import Membership, MembershipState
from clusters.models.pledge import PledgeReturn, ReturnReason
from commissioning.models import Contract
from commissioning.queries.leaving import ExitPreview, Waiting, exit_preview, hold_until
from ledger.models import Account, AccountKind

AT_ONCE = (ReturnReason.LEFT, ReturnReason.CLOSED)


@dataclass(frozen=True, kw_only=True)
class ExitAccount:
    """
    A leaving as it stands on a day, in pence.

    Before their last day there is a `preview` of what will go back; from then on `back` by kind of money, and what
    still `waits`.
    """

    membership: Membership
    preview: ExitPreview | None
    back: tuple[tuple[str, int], ...]
    waits: tuple[Waiting, ...]
    until_date: date

    @property
    def back_pence(self) -> int:
        """What is back in their own budget."""
        return sum(pence for _, pence in self.back)

    @property
    def held_pence(self) -> int:
        """What still waits for the last bills."""
        return sum(waiting.pence for waiting in self.waits)

    @property
    def is_over(self) -> bool:
        """Whether everything is settled."""
        return self.membership.state == MembershipState.LEFT


def account_of_exit(*, membership: Membership, on: date) -> ExitAccount:
    """Give how far the leaving of somebody who leaves, or has left, has come."""
    left = membership.left_date
    assert left is not None  # whoever leaves has a day
    until = hold_until(membership=membership, left_date=left)
    is_to_come = left > on
    return ExitAccount(
        membership=membership,
        preview=exit_preview(membership=membership, on=left) if is_to_come else None,
        back=() if is_to_come else _back(membership),
        waits=() if is_to_come else _waits(membership, until),
        until_date=until,
    )


def _back(membership: Membership) -> tuple[tuple[str, int], ...]:
    """Give what went back because they left, by the name of the kind of money."""
    rows = PledgeReturn.objects.filter(membership=membership, reason__in=[*AT_ONCE, ReturnReason.SETTLED])
    return tuple(
        rows.values_list("stream__name").annotate(pence=Sum("amount_pence")).order_by("stream__name")
    )


def _waits(membership: Membership, until: date) -> tuple[Waiting, ...]:
    """Give what still stands promised for them, by contract."""
    promised: dict[UUID, int] = dict(
        Account.objects.filter(owner_id=membership.pk, kind=AccountKind.COMMITTED, balance_pence__gt=0)
        .values_list("earmark_id")
        .annotate(pence=Sum("balance_pence"))
    )
    contracts = Contract.objects.filter(pk__in=promised).select_related("provider").order_by("title", "ref")
    return tuple(
        Waiting(contract=contract, pence=promised[contract.pk], until_date=until) for contract in contracts
    )
