"""Doing what the members decided, where contracts and money are concerned: one decision, one act."""

from collections.abc import Callable
from datetime import datetime

from clusters.models import Decision, DecisionKind
from commissioning.actions.choose import contract_as_chosen
from commissioning.actions.end import end_as_decided
from commissioning.actions.leave import remove
from commissioning.actions.vary import put_variation_forward
from commissioning.actions.wind_down import close_down

# What each kind of decision leads to. The reserve is spent where a contract is approved, so nothing is done before;
# a choice that is about no call is one that the council drafts a contract for by hand.
ACTS: dict[str, Callable[..., object]] = {
    DecisionKind.CHOOSE_OFFER: contract_as_chosen,
    DecisionKind.VARY_CONTRACT: put_variation_forward,
    DecisionKind.END_CONTRACT: end_as_decided,
    DecisionKind.REMOVE: remove,
    DecisionKind.WIND_DOWN: close_down,
}


def act_on_decision(*, decision: Decision, at: datetime) -> bool:
    """
    Do what a passed decision unlocked, once; tells whether there is something to do for its kind.

    :raises UnableToUse: it has not passed, or is about something else.
    :raises UnableToEnd: the contract it ends is over.
    :raises UnableToLeave: the member it removes is not one any more.
    :raises UnableToDraft: nobody has pledged anything to pay the contract it chose from.
    """
    act = ACTS.get(decision.kind) if decision.subject_id else None
    if act is not None:
        act(decision=decision, at=at)
    return act is not None
