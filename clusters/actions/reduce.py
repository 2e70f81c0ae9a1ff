"""Pledging less: a member takes back what is free of their share."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from budgets.models import FundingStream
from clusters.actions.give_back import give_back
from clusters.actions.share_steps import own_membership
from clusters.actions.telling import tell_member, tell_professional
from clusters.models import Membership, PledgeReturn, ReturnReason
from clusters.queries.share import share_of
from ledger.actions import UnableToPost, with_retries
from ledger.pennies import in_pounds
from people.models import User


class UnableToReduce(Exception):
    """More than is free, nothing at all, or somebody else has to say so."""


@with_retries
@transaction.atomic
def reduce_pledge(
    *, membership: Membership, amounts: Mapping[FundingStream, int], request_id: UUID, by: User, at: datetime
) -> list[PledgeReturn]:
    """
    Take some of a member's share back to their own budget today. Only what is promised to nobody can be taken.

    Units: pence above zero, by stream. `request_id` is the form's own: the same form twice takes it back once. The
    member is told, and their professional.

    :raises UnableToReduce: see the class.
    """
    membership, label = own_membership(membership, by=by, on=timezone.localdate(at), unable=UnableToReduce)
    if not amounts or any(pence <= 0 for pence in amounts.values()):
        raise UnableToReduce("Say how much you want to take back.")
    key = f"reduce:{membership.pk}:{request_id}"
    if not PledgeReturn.objects.filter(entry__key=key).exists():
        _check_free(membership, amounts)
    try:
        back = give_back(membership, amounts, key=key, reason=ReturnReason.REDUCED, by=label, at=at)
    except UnableToPost as refusal:
        raise UnableToReduce(f"{refusal} Nothing was moved. Look at your share again.") from refusal
    told = in_pounds(sum(each.amount_pence for each in back))
    tell_member(membership, "pledged_less", at=at, by=label, key=key, amount=told)
    tell_professional(membership, "pledge_smaller", at=at, by=label, key=key, amount=told)
    return back


def _check_free(membership: Membership, amounts: Mapping[FundingStream, int]) -> None:
    """Hold that so much is free, and name the figure where it is not."""
    shares = {part.stream: part for part in share_of(membership=membership)}
    for stream, pence in amounts.items():
        part = shares.get(stream)
        free, promised = (part.free_pence, part.promised_pence) if part else (0, 0)
        if pence > free:
            because = f" {in_pounds(promised)} is promised for what you buy together." if promised else ""
            raise UnableToReduce(
                f"You can’t take back {in_pounds(pence)}: {in_pounds(free)} of your {stream.name} is free.{because} "
                f"You can take back up to {in_pounds(free)}."
            )
