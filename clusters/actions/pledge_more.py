"""Pledging more: a member puts more of their budget into their share."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.models import FundingStream
from budgets.queries import budget_on
from clusters.actions.plan import ask_professional_again
from clusters.actions.pledge import UnableToPledge, pledge
from clusters.actions.share_steps import own_membership
from clusters.actions.telling import tell_member, tell_professional
from clusters.models import Membership, Pledge
from clusters.queries.share import above_agreed
from ledger.actions import with_retries
from ledger.pennies import in_pounds
from people.models import User


@with_retries
@transaction.atomic
def pledge_more(
    *, membership: Membership, amounts: Mapping[FundingStream, int], request_id: UUID, by: User, at: datetime
) -> list[Pledge]:
    """
    Put more into a member's share today, from the budget of today.

    Where that is more than their professional agreed to, the professional is asked again; nothing is held up
    meanwhile. Units: pence above zero, by stream. `request_id` is the form's own: the same form twice puts it in once.

    :raises UnableToPledge: less is left in the budget, there is none today, or somebody else has to say so.
    """
    on = timezone.localdate(at)
    membership, label = own_membership(membership, by=by, on=on, unable=UnableToPledge)
    again = Pledge.objects.filter(entry__key__startswith=f"pledge:{membership.pk}:{request_id}")
    if again.exists():
        return list(again.order_by("stream__code"))
    budget = budget_on(person=membership.person, on=on)
    if budget is None:
        raise UnableToPledge(_("You have no budget at the moment. Ask your social worker about one first."))
    if not amounts:
        raise UnableToPledge(_("Say how much you want to put in."))
    made = [
        pledge(
            membership=membership,
            budget=budget,
            stream=stream,
            amount_pence=pence,
            on=on,
            by=label,
            pledge_id=f"{request_id}:{stream.code}",
        )
        for stream, pence in sorted(amounts.items(), key=lambda each: each[0].code)
    ]
    key, told = f"{membership.pk}:{request_id}", in_pounds(sum(amounts.values()))
    tell_member(membership, "pledged_more", at=at, by=label, key=key, amount=told)
    if above_agreed(membership=membership):
        ask_professional_again(
            membership=membership, why=f"They put {told} more into {membership.cluster}.", at=at, by=label
        )
    else:
        tell_professional(membership, "pledge_larger", at=at, by=label, key=key, amount=told)
    return made
