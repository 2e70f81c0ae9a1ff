"""Pausing: what is free of a member's share goes home for a while, and they stay a member."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.actions.give_back import give_back
from clusters.actions.plan import put_before_professional
from clusters.actions.pledge_more import pledge_more
from clusters.actions.share_steps import own_membership
from clusters.actions.telling import tell_member, tell_professional
from clusters.models import Membership, Pledge, PledgeReturn, ReturnReason
from clusters.queries.share import paused_of, share_of
from ledger.actions import UnableToPost, with_retries
from ledger.pennies import in_pounds
from people.models import User


class UnableToPause(Exception):
    """Nothing is free, they pause already, or somebody else has to say so."""


@with_retries
@transaction.atomic
def pause(*, membership: Membership, request_id: UUID, by: User, at: datetime) -> list[PledgeReturn]:
    """
    Take all that is free of a member's share back to their budget today. They stay a member with all their rights.

    What is promised stays promised. The same form twice pauses once. The member is told, and their professional.

    :raises UnableToPause: see the class.
    """
    membership, label = own_membership(membership, by=by, on=timezone.localdate(at), unable=UnableToPause)
    key = f"pause:{membership.pk}:{request_id}"
    free = {part.stream: part.free_pence for part in share_of(membership=membership) if part.free_pence}
    is_new = not PledgeReturn.objects.filter(entry__key=key).exists()
    if is_new:
        if paused_of(membership=membership) and not free:
            raise UnableToPause(_("You are pausing already. Nothing more needs doing."))
        if not free:
            raise UnableToPause(
                _("Nothing of your share is free at the moment, so there is nothing to pause.")
            )
    try:
        back = give_back(membership, free, key=key, reason=ReturnReason.PAUSED, by=label, at=at)
    except UnableToPost as refusal:
        raise UnableToPause(
            " ".join([str(refusal), _("Nothing was moved. Look at your share again.")])
        ) from refusal
    told = in_pounds(sum(each.amount_pence for each in back))
    tell_member(membership, "paused", at=at, by=label, key=key, amount=told)
    tell_professional(membership, "member_paused", at=at, by=label, key=key, amount=told)
    if is_new:
        why = f"They pause in {membership.cluster}. Who meets meanwhile what it met?"
        put_before_professional(membership=membership, why=why, at=at, by=label)
    return back


@with_retries
@transaction.atomic
def resume(*, membership: Membership, request_id: UUID, by: User, at: datetime) -> list[Pledge]:
    """
    Put what was paused back into a member's share, from the budget of today. The same form twice resumes once.

    :raises UnableToPause: they are not pausing.
    :raises UnableToPledge: less than that is left in their budget.
    """
    membership, _label = own_membership(membership, by=by, on=timezone.localdate(at), unable=UnableToPause)
    again = Pledge.objects.filter(entry__key__startswith=f"pledge:{membership.pk}:{request_id}")
    if again.exists():
        return list(again.order_by("stream__code"))
    paused = paused_of(membership=membership)
    if not paused:
        raise UnableToPause(_("You are not pausing, so there is nothing to put back."))
    return pledge_more(membership=membership, amounts=paused, request_id=request_id, by=by, at=at)
