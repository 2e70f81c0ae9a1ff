"""A passed decision unlocks exactly one act, once."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clusters.models import Decision, DecisionKind, DecisionState, DecisionUse


class UnableToUse(Exception):
    """The decision has not passed, is about something else, or has been acted on already."""


@transaction.atomic
def use_decision(
    *, decision: Decision, kind: DecisionKind, subject_id: UUID | None, act: str, by: str, at: datetime
) -> DecisionUse:
    """
    Use up a passed decision for one act, in the transaction of that act. `act` says in a few words which.

    :raises UnableToUse: see the class.
    """
    decision = Decision.objects.get(pk=decision.pk)
    if decision.state != DecisionState.PASSED:
        raise UnableToUse(_("The members have not agreed to this. Put it to the vote first."))
    if decision.kind != kind or decision.subject_id != subject_id:
        raise UnableToUse(_("The members decided on something else. Put this to the vote."))
    use = DecisionUse(decision=decision, act=act, subject_id=subject_id, used_at=at, used_by=by)
    try:
        with transaction.atomic():
            use.save(force_insert=True)
    except IntegrityError as refusal:
        raise UnableToUse(_("What the members decided is done already. It is done only once.")) from refusal
    return use
