"""Pledging: a member puts money into their share of the pool."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from budgets.models import Budget, FundingStream
from budgets.queries import left_pence
from clusters.actions.steps import locked_membership
from clusters.models import Membership, MembershipState, Pledge
from ledger.actions import AccountName, Draft, Move, UnableToPost, open_accounts, post
from ledger.models import AccountKind
from ledger.pennies import in_pounds
from people.rules.words import date_words


class UnableToPledge(Exception):
    """The member is not in the pool that day, or less is left in that stream of their budget."""


@transaction.atomic
def pledge(
    *,
    membership: Membership,
    budget: Budget,
    stream: FundingStream,
    amount_pence: int,
    on: date,
    by: str,
    pledge_id: str = "",
) -> Pledge:
    """
    Put part of a member's budget into their share of the cluster's pool, counting from a day on.

    Units: pence, above zero. Whether `by` may spend for them is settled by whoever calls this. `pledge_id` tells it
    from the member's other pledges; without one it is a new one.

    :raises UnableToPledge: see the class; or the budget is not theirs or does not cover the day, or the day
        lies in a month that is closed.
    """
    if amount_pence <= 0:
        raise UnableToPledge(_("Pledge at least one penny."))
    membership = locked_membership(membership)  # so that nobody puts money in while they leave
    _check_day(membership=membership, budget=budget, on=on)
    book_id = membership.cluster.council.book_id
    source = AccountName(AccountKind.BUDGET, budget.pk, stream.code)
    target = AccountName(AccountKind.POOL_SHARE, membership.pk, stream.code)
    ids = open_accounts(book_id=book_id, names=[source, target])
    draft = Draft(
        key=f"pledge:{membership.pk}:{pledge_id or uuid4()}",
        kind="pledge",
        effective_date=on,
        reason=f"Pledged to the pool from {stream.name}",
        moves=[Move(ids[source], ids[target], amount_pence)],
    )
    try:
        posted = post(book_id=book_id, draft=draft, by=by)
    except UnableToPost as refusal:
        raise UnableToPledge(_why(refusal, budget, stream, amount_pence)) from refusal
    return Pledge.objects.create(
        membership=membership,
        budget=budget,
        stream=stream,
        amount_pence=amount_pence,
        effective_date=on,
        entry_id=posted.entry_id,
    )


def _check_day(*, membership: Membership, budget: Budget, on: date) -> None:
    """Hold that the member is in the pool and the budget theirs, on that day."""
    joined, left = membership.joined_date, membership.left_date
    if membership.state != MembershipState.ACTIVE or joined is None or on < joined or (left and on >= left):
        raise UnableToPledge(
            _("Only members of the cluster can pledge to its pool. You can pledge from the day you join.")
        )
    if budget.person_id != membership.person_id:
        raise UnableToPledge(_("That budget is somebody else's. Choose the member's own."))
    if not budget.start_date <= on < budget.end_date:
        raise UnableToPledge(
            _("That budget runs from %(start)s up to %(end)s. Choose a day within it.")
            % {"start": date_words(budget.start_date), "end": date_words(budget.end_date)}
        )


def _why(refusal: UnableToPost, budget: Budget, stream: FundingStream, amount_pence: int) -> str:
    """Say what is in the way: the figure that is left, or the closed month."""
    if refusal.constraint == "ledger_account_is_not_overdrawn":
        left = in_pounds(left_pence(budget=budget, stream=stream))
        return _(
            "You can't pledge %(amount)s yet: %(left)s is left in your %(stream)s. "
            "You can pledge up to %(left)s, or ask your social worker about more."
        ) % {"amount": in_pounds(amount_pence), "left": left, "stream": stream.name}
    return " ".join([str(refusal), _("Nothing was moved.")])
