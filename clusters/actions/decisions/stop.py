"""Taking a question back, or one of its options."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.actions.decisions.steps import label_of, locked_decision, outcome_of, roll_of, tell_of
from clusters.models import Ballot, Decision, DecisionKind, DecisionState, Option
from clusters.rules.again import written
from people.models import User

OPENED_BY_MISTAKE = gettext_lazy("It was opened by mistake.")


class UnableToStop(Exception):
    """Somebody has voted, it is not theirs to stop, or it is not open any more."""


@transaction.atomic
def stop_decision(*, decision: Decision, by: User, at: datetime) -> Decision:
    """
    Take back a decision that was opened by mistake. Everybody on its roll is told. Stopping twice is stopping once.

    :raises UnableToStop: see the class.
    """
    decision = locked_decision(decision)
    if decision.state == DecisionState.STOPPED:
        return decision
    if decision.asked_by_id != by.pk or decision.kind == DecisionKind.ADMIT:
        raise UnableToStop(_("Only whoever put this to the vote can take it back."))
    if decision.state != DecisionState.OPEN:
        raise UnableToStop(_("The members have decided this already."))
    if Ballot.objects.filter(entry__decision=decision).exists():
        raise UnableToStop(_("Somebody has voted already, so it goes on to its end."))
    return _stop(decision, why=OPENED_BY_MISTAKE, by=by.label, at=at)


@transaction.atomic
def stop_about(*, subject_id: UUID, why: str | Promise, by: str, at: datetime) -> int:
    """
    Stop every open decision about something that is not there any more, whoever has voted; gives how many.

    For what others settle: somebody takes their wish to join back, the member to be removed leaves by themself, a
    call or a contract is withdrawn. `why` is a sentence that those on the roll read.
    """
    open_now = Decision.objects.open().filter(subject_id=subject_id).order_by("pk")
    still_open = [
        decision for found in open_now if (decision := locked_decision(found)).state == DecisionState.OPEN
    ]
    for decision in still_open:
        _stop(decision, why=why, by=by, at=at)
    return len(still_open)


@transaction.atomic
def withdraw_option(*, offer_id: UUID, by: str, at: datetime) -> int:
    """
    Take an offer that was withdrawn out of every open vote; gives how many. It cannot win any more.

    Everybody on the roll is told, so that who chose it can choose again. Once is enough.
    """
    found = Option.objects.filter(
        offer_id=offer_id, withdrawn_at__isnull=True, decision__state=DecisionState.OPEN
    )
    taken_back = 0
    for option in found.select_related("decision").order_by("pk"):
        decision = locked_decision(option.decision)
        if decision.state != DecisionState.OPEN:
            continue
        taken_back += Option.objects.filter(pk=option.pk, withdrawn_at__isnull=True).update(withdrawn_at=at)
        people = [entry.membership.person for entry in roll_of(decision)]
        tell_of(
            decision, people, kind="option_gone", step=str(option.pk), at=at, by=by, option=label_of(option)
        )
    return taken_back


def _stop(decision: Decision, *, why: str | Promise, by: str, at: datetime) -> Decision:
    """Close a decision without a result."""
    decision.state, decision.closed_at, decision.outcome = DecisionState.STOPPED, at, written(why)
    decision.save(update_fields=["state", "closed_at", "outcome"])
    people = [entry.membership.person for entry in roll_of(decision)]
    tell_of(decision, people, kind="stopped", at=at, by=by, why=outcome_of(decision))
    return decision
