"""Closing a decision: counted once, told to everybody, and the job asked for that acts on it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import lazy

from clusters.actions.decisions.steps import locked_decision, outcome_of, roll_of, tell_of
from clusters.models import Decision, DecisionKind, DecisionState, Membership, Method
from clusters.queries.decisions import count_of
from clusters.rules import Count, may_show_counts, outcome_words
from clusters.rules.again import written
from jobs.actions import ask_for

REMIND_BEFORE = timedelta(days=1)
# Which task acts on what was decided; it is given {"decision": id}. Those above clusters know contracts and money.
HERE, ABOVE = "clusters.act_on_decision", "commissioning.act_on_decision"
ACTS = {
    DecisionKind.ADMIT: HERE,
    DecisionKind.CHANGE_AGREEMENT: HERE,
    DecisionKind.REMOVE: ABOVE,
    DecisionKind.CHOOSE_OFFER: ABOVE,
    DecisionKind.VARY_CONTRACT: ABOVE,
    DecisionKind.END_CONTRACT: ABOVE,
    DecisionKind.SPEND_RESERVE: ABOVE,
    DecisionKind.WIND_DOWN: ABOVE,
}


@transaction.atomic
def close_decision(*, decision: Decision, by: str, at: datetime) -> Decision:
    """
    Count a decision whose time is over, write down what came of it, and tell everybody on its roll.

    When it passed, the job is asked for that acts on it; a wish to join is answered either way. Closing what is closed
    changes nothing; before its time nothing happens either.
    """
    decision = locked_decision(decision)
    if decision.state != DecisionState.OPEN or at < decision.closes_at:
        return decision
    _hold_the_roll(decision)
    count = count_of(decision)
    winner = decision.options.filter(pk=count.winner).first() if count.winner else None
    decision.state = DecisionState.PASSED if winner else DecisionState.NOT_PASSED
    decision.closed_at, decision.winner, decision.counts = at, winner, _figures(count)
    decision.outcome = written(_in_words(decision, count))
    decision.save(update_fields=["state", "closed_at", "winner", "counts", "outcome"])
    people = [entry.membership.person for entry in roll_of(decision)]
    tell_of(decision, people, kind="closed", at=at, by=by, outcome=outcome_of(decision))
    if winner or decision.kind == DecisionKind.ADMIT:
        ask_for(
            kind=ACTS[DecisionKind(decision.kind)],
            key=str(decision.pk),
            payload={"decision": str(decision.pk)},
            council_id=decision.cluster.council_id,
            asked_by=by,
        )
    return decision


@transaction.atomic
def remind_of_decision(*, decision: Decision, by: str, at: datetime) -> int:
    """Remind, once, those who have not voted a day before the end; gives how many were told."""
    decision = locked_decision(decision)
    if (
        decision.state != DecisionState.OPEN
        or not decision.closes_at - REMIND_BEFORE <= at < decision.closes_at
    ):
        return 0
    silent = [entry.membership.person for entry in roll_of(decision) if not entry.ballots.exists()]
    tell_of(decision, silent, kind="reminder", at=at, by=by)
    return len(silent)


def _hold_the_roll(decision: Decision) -> None:
    """Let nobody on the roll leave while it is counted: they either left before, or leave after."""
    on_roll = Membership.objects.filter(roll_entries__decision=decision).order_by("pk")
    list(on_roll.select_for_update(of=("self",), no_key=True).values_list("pk"))


def _outcome_words(decision: Decision, count: Count) -> str:
    """Say what came of it in the language in use."""
    return outcome_words(
        count,
        chosen=decision.winner.label if decision.winner else "",
        is_among_options=decision.method == Method.APPROVAL,
        quorum=(decision.quorum_votes, decision.quorum_of),
        shown=may_show_counts(is_secret=decision.is_secret, roll=count.roll),
    )


_in_words = lazy(_outcome_words, str)


def _figures(count: Count) -> dict[str, object]:
    """Put a count into what the database keeps of it."""
    return {
        "roll": count.roll,
        "cast": count.cast,
        "yes": count.yes,
        "no": count.no,
        "unsure": count.unsure,
        "objections": count.objections,
        "for_choice": {str(option): votes for option, votes in count.for_choice.items()},
        "why": count.why.value,
    }
