"""Pledging less: a member takes back what is free of their share."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.models import FundingStream
from clusters.actions.give_back import give_back
from clusters.actions.plan import put_before_professional
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
        raise UnableToReduce(_("Say how much you want to take back."))
    key = f"reduce:{membership.pk}:{request_id}"
    is_new = not PledgeReturn.objects.filter(entry__key=key).exists()
    if is_new:
        _check_free(membership, amounts)
    try:
        back = give_back(membership, amounts, key=key, reason=ReturnReason.REDUCED, by=label, at=at)
    except UnableToPost as refusal:
        raise UnableToReduce(
            " ".join([str(refusal), _("Nothing was moved. Look at your share again.")])
        ) from refusal
    told = in_pounds(sum(each.amount_pence for each in back))
    tell_member(membership, "pledged_less", at=at, by=label, key=key, amount=told)
    tell_professional(membership, "pledge_smaller", at=at, by=label, key=key, amount=told)
    if is_new:
        why = f"They took {told} back out of {membership.cluster}."
        put_before_professional(membership=membership, why=why, at=at, by=label)
    return back


def _check_free(membership: Membership, amounts: Mapping[FundingStream, int]) -> None:
    """Hold that so much is free, and name the figure where it is not."""
    shares = {part.stream: part for part in share_of(membership=membership)}
    for stream, pence in amounts.items():
        part = shares.get(stream)
        free, promised = (part.free_pence, part.promised_pence) if part else (0, 0)
        if pence > free:
            said = {"amount": in_pounds(pence), "free": in_pounds(free), "promised": in_pounds(promised)}
            sentences = [
                _("You can’t take back %(amount)s: %(free)s of your %(stream)s is free.")
                % {**said, "stream": stream.name},
                _("%(promised)s is promised for what you buy together.") % said if promised else "",
                _("You can take back up to %(free)s.") % said,
            ]
            raise UnableToReduce(" ".join(filter(None, sentences)))
