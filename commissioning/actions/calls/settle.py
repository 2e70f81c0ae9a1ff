"""What becomes of a call by itself: a vote that chose nothing, and offers that never came."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.actions.decisions.steps import outcome_of
from clusters.models import CountsAs, Decision, DecisionState
from commissioning.actions.calls.steps import locked_call, move_call, turn_down
from commissioning.actions.calls.telling import tell_members
from commissioning.actions.calls.unmet import record_unmet
from commissioning.models import Call, CallState, OfferState
from commissioning.queries.calls import ENDING, calls_to_settle, decision_of
from jobs.actions import ask_for

SETTLE = "commissioning.settle_call"
BY = "system:calls"
NO_OFFER = _("No provider made an offer in time.")
NONE_WANTED = _("The members voted for none of the offers.")
CLUSTER_ENDS = "The members are closing their cluster, so they buy nothing more."
TOO_LATE = _("It was not decided before its last day.")


@transaction.atomic
def ask_to_settle_calls(*, at: datetime) -> int:
    """Ask for every call that goes on by itself to be brought on; gives how many. Asking again does no harm."""
    on = timezone.localdate(at)
    due = list(calls_to_settle(on=on))
    for call in due:
        decision = decision_of(call=call)
        ask_for(
            kind=SETTLE,
            key=f"{call.pk}:{decision.pk if decision else ''}:{on}",
            payload={"call": str(call.pk)},
            council_id=call.council_id,
            asked_by=BY,
        )
    return len(due)


@transaction.atomic
def settle_call(*, call: Call, by: str, at: datetime) -> Call:
    """
    Bring a call on where nobody has to say anything more; where somebody has, nothing happens.

    After a vote that chose no offer it is open again, or, where most wanted none, a need that is not met. The same
    where nobody offered in time, or its last day has passed.
    """
    call, on = locked_call(call), timezone.localdate(at)
    if call.state == CallState.CHOOSING:
        decision = decision_of(call=call)
        if decision is None or decision.state in {DecisionState.OPEN, DecisionState.PASSED}:
            return call
        move_call(call, to=CallState.OPEN)
        if wanted_none(decision):
            record_unmet(call=call, reason=NONE_WANTED, by=by, at=at)
            return locked_call(call)
        tell_members(call, "open_again", step=str(decision.pk), at=at, by=by, outcome=outcome_of(decision))
    if call.state == CallState.OPEN and call.cluster.state in ENDING:
        return _end_with_its_cluster(call, by=by, at=at)
    if call.state == CallState.OPEN and on > call.offers_by_date:
        has_offers = call.offers.filter(state=OfferState.OPEN).exists()
        if not has_offers or on >= call.end_date:
            record_unmet(call=call, reason=TOO_LATE if has_offers else NO_OFFER, by=by, at=at)
    return locked_call(call)


def _end_with_its_cluster(call: Call, *, by: str, at: datetime) -> Call:
    """Take a call back because its cluster winds down or is closed; whoever offered hears why."""
    move_call(call, to=CallState.WITHDRAWN)
    tell_members(call, "taken_back", at=at, by=by)
    turn_down(call, why=CLUSTER_ENDS, by=by, at=at)
    return call


def wanted_none(decision: Decision) -> bool:
    """Tell whether more voted for none of the offers than for any that still stood, with enough voting."""
    counts = decision.counts or {}
    votes: dict[str, int] = counts.get("for_choice", {})
    if counts.get("cast", 0) * decision.quorum_of < counts.get("roll", 0) * decision.quorum_votes:
        return False
    standing = decision.options.filter(withdrawn_at__isnull=True)
    against = sum(votes.get(str(one.pk), 0) for one in standing if one.counts_as == CountsAs.NO)
    most = max((votes.get(str(one.pk), 0) for one in standing if one.counts_as == CountsAs.OPTION), default=0)
    return against > most
