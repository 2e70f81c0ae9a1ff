"""Settling with somebody who leaves: what is free goes home at once, what waited goes home after the last bills."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from clusters.actions.steps import locked_membership, move_membership
from clusters.models import ClusterState, Membership, MembershipState, ReturnReason
from commissioning.actions.bring_home import Trip, bring_home
from commissioning.actions.tell_leavers import tell_gone_home, tell_settled
from commissioning.models import Contract, ContractState
from commissioning.queries.leaving import exit_preview, is_settled_up, settlement_preview
from ledger.actions import hold_open, with_retries
from ledger.models import Account, AccountKind, Entry

# Contracts whose bills, or whose approval, could move the same money meanwhile.
MOVING = (ContractState.REQUESTED, ContractState.APPROVED)


@with_retries
@transaction.atomic
def settle(*, membership: Membership, by: str, at: datetime) -> bool:
    """
    Do what is due today for somebody who leaves; tells whether anything was.

    On the day they leave, what is free goes back to their budget, and what the last bills may still need waits.
    Once the last bills are in, or the longest time is over, the rest goes back and they have left. A credit that
    comes in after that goes back the same way. Doing it again on the same day changes nothing.
    """
    return settle_locked(locked_membership(membership), by=by, at=at)


def settle_locked(membership: Membership, *, by: str, at: datetime) -> bool:
    """Do what is due for a membership that is locked; see `settle`."""
    on, left = timezone.localdate(at), membership.left_date
    if left is None or left > on:
        return False
    if membership.state == MembershipState.LEFT:
        return _send_on_late(membership, day=lock_money(membership, on=on), by=by, at=at)
    if membership.state != MembershipState.ON_NOTICE:
        return False
    day = lock_money(membership, on=on)
    goes_home = not _has_gone_home(membership)
    if goes_home:
        _go_home(membership, left, day=day, by=by, at=at)
    is_over = not _holds_promises(membership) or is_settled_up(membership=membership, on=on)
    if is_over:
        _finish(membership, day=day, by=by, at=at)
    return goes_home or is_over


def lock_money(membership: Membership, *, on: date) -> date:
    """
    Keep a member's money where it is until this transaction ends, and give the day to post on.

    Contracts first, then accounts, each in the order of their id, as whoever takes in an invoice or approves a
    contract does: so nobody waits for anybody in a circle, and each sees what the other did.
    """
    opens = hold_open(book_id=membership.cluster.council.book_id)
    contracts = Contract.objects.filter(cluster=membership.cluster_id, state__in=MOVING)
    list(contracts.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    accounts = Account.objects.guarded().filter(owner_id=membership.pk)
    list(accounts.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return max(on, opens) if opens else on


def _go_home(membership: Membership, left: date, *, day: date, by: str, at: datetime) -> None:
    """Move what goes back at once, as the exit settlement says."""
    settlement = exit_preview(membership=membership, on=left)
    trip = Trip(
        release_key=f"leave-release:{membership.pk}",
        return_key=f"leave:{membership.pk}",
        reason=_reason(membership, ReturnReason.LEFT),
        words=f"Left on {left:%-d %B %Y}",
        on=day,
        at=at,
        by=by,
    )
    bring_home(membership, settlement.streams, trip)
    tell_gone_home(settlement, by=by, at=at)


def _finish(membership: Membership, *, day: date, by: str, at: datetime) -> None:
    """Bring home everything that still stands there; then they have left."""
    streams = settlement_preview(membership=membership)
    trip = Trip(
        release_key=f"settle-release:{membership.pk}",
        return_key=f"settle:{membership.pk}",
        reason=_reason(membership, ReturnReason.SETTLED),
        words="Settled after leaving",
        on=day,
        at=at,
        by=by,
    )
    bring_home(membership, streams, trip)
    move_membership(membership, to=MembershipState.LEFT, reason="Everything is settled", by=by, at=at)
    back = sum(stream.back_pence for stream in streams)
    if back:
        tell_settled(membership, back_pence=back, by=by, at=at)


def _send_on_late(membership: Membership, *, day: date, by: str, at: datetime) -> bool:
    """Send home what came into the share of somebody who has left: a credit for a bill of their time."""
    streams = settlement_preview(membership=membership)
    if not any(stream.back_pence for stream in streams):
        return False
    trip = Trip(
        release_key=f"late-release:{membership.pk}:{at:%Y-%m-%dT%H:%M:%S}",
        return_key=f"late:{membership.pk}:{at:%Y-%m-%dT%H:%M:%S}",
        reason=_reason(membership, ReturnReason.SETTLED),
        words="Credited after leaving",
        on=day,
        at=at,
        by=by,
    )
    bring_home(membership, streams, trip)
    return True


def _has_gone_home(membership: Membership) -> bool:
    """Tell whether the exit settlement was posted already."""
    keys = [f"leave:{membership.pk}", f"leave-release:{membership.pk}"]
    return Entry.objects.filter(book=membership.cluster.council.book_id, key__in=keys).exists()


def _holds_promises(membership: Membership) -> bool:
    """Tell whether anything still stands promised for them."""
    return Account.objects.filter(
        owner_id=membership.pk, kind=AccountKind.COMMITTED, balance_pence__gt=0
    ).exists()


def _reason(membership: Membership, usual: ReturnReason) -> ReturnReason:
    """Say why money goes back: because the cluster closes, or as usual."""
    return ReturnReason.CLOSED if membership.cluster.state == ClusterState.WINDING_DOWN else usual
