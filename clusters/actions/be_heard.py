"""Being heard: a member whom the others decide about says their side."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusters.actions.telling import tell_member
from clusters.models import Decision, DecisionKind, DecisionState, Hearing, Membership
from people.models import Scope, User
from people.queries import acting_label


class UnableToBeHeard(Exception):
    """The decision is over or about somebody else, nothing is said, or somebody else would have to say it."""


@transaction.atomic
def be_heard(*, decision: Decision, words: str, by: User, at: datetime) -> Hearing:
    """
    Put down what a member says to the decision about them; the others read it beside the question.

    By themselves, their professional at their word, or a helper who may agree to things for them. The same words
    again are what stands. They are told that it is there.

    :raises UnableToBeHeard: see the class.
    """
    decision = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    if decision.kind != DecisionKind.REMOVE:
        raise UnableToBeHeard(_("This question is not about one of you."))
    about = Membership.objects.select_related("person__council", "person__user", "cluster")
    membership = about.get(pk=decision.subject_id or "")
    label = acting_label(by, membership.person, scope=Scope.AGREE, on=timezone.localdate(at))
    if label is None:
        raise UnableToBeHeard(
            _("Only the person it is about, or somebody who speaks for them, can say this.")
        )
    if decision.state != DecisionState.OPEN or at >= decision.closes_at:
        raise UnableToBeHeard(_("The members have decided already. Talk to your social worker about it."))
    if not words.strip():
        raise UnableToBeHeard(_("Write what you want the others to know."))
    last = decision.hearings.order_by("-pk").first()
    if last is not None and last.words == words.strip():
        return last
    said = Hearing.objects.create(
        decision=decision, membership=membership, words=words.strip(), said_at=at, said_by=label
    )
    tell_member(membership, "heard", at=at, by=label, key=f"{decision.pk}:{at.isoformat()}")
    return said
