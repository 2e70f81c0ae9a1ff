"""Who joins a cluster that stands is for its members to decide: asked by itself, and answered by what they decided."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from clusters.actions.decisions.open import Answer, Proposal, UnableToOpen, put_to_vote
from clusters.actions.decisions.use import use_decision
from clusters.actions.steps import locked_cluster, locked_membership, move_membership
from clusters.actions.telling import tell_member, tell_professional
from clusters.models import (
    ClusterState,
    CountsAs,
    Decision,
    DecisionKind,
    DecisionState,
    Membership,
    MembershipState,
)
from clusters.queries.decisions import newest_ballots, reasons_against
from clusters.rules.again import ASKED_TO_JOIN, CAN_THEY_JOIN, DOES_NOT_FIT, DOES_NOT_FIT_AS, written
from people.models import User

DECIDED_TOGETHER = (ClusterState.AGREED, ClusterState.ACTIVE)
ANSWERS = (
    Answer(
        label=_("Yes"),
        counts_as=CountsAs.YES,
        picture="yes",
        meaning=_(
            "They are welcome. Their social worker makes sure it is safe for them. Then they are a member."
        ),
    ),
    Answer(
        label=_("No"),
        counts_as=CountsAs.NO,
        picture="no",
        meaning=_("They cannot join now. They may ask again."),
        prompt=_("If you say why, they can read it, without your name. A no with a reason stops it."),
    ),
    Answer(
        label=_("Not sure"),
        counts_as=CountsAs.UNSURE,
        picture="unsure",
        meaning=_("You have voted. It is left to the others."),
    ),
)


@transaction.atomic
def open_admission(
    *, membership: Membership, asked_by: User | None, by: str, at: datetime
) -> Decision | None:
    """
    Put it to the members that somebody asks to join; none while the cluster forms, where a founder's word is enough.

    :raises UnableToOpen: nobody is there who could say yes, or they are being decided on already.
    """
    cluster = locked_cluster(membership.cluster)
    if cluster.state not in DECIDED_TOGETHER:
        return None
    name = membership.person.name
    proposal = Proposal(
        kind=DecisionKind.ADMIT,
        question=written(CAN_THEY_JOIN, name=name),
        why=written(ASKED_TO_JOIN, name=name),
        answers=ANSWERS,
        subject_id=membership.pk,
        asked_by=asked_by,
        label=by,
    )
    return put_to_vote(cluster=cluster, proposal=proposal, at=at)


@transaction.atomic
def open_missing_admissions(*, by: str, at: datetime) -> int:
    """
    Put to the vote whoever asked to join a cluster while it formed, once it stands; gives how many.

    Those whose cluster has nobody who could vote wait until there is somebody.
    """
    asked = Membership.objects.filter(
        state=MembershipState.ASKED, cluster__state__in=DECIDED_TOGETHER, person__died_date__isnull=True
    )
    decided = Decision.objects.filter(kind=DecisionKind.ADMIT).exclude(state=DecisionState.STOPPED)
    opened = 0
    for membership in asked.exclude(pk__in=decided.values("subject_id")).select_related("cluster", "person"):
        try:
            with transaction.atomic():
                open_admission(membership=membership, asked_by=membership.person.user, by=by, at=at)
        except UnableToOpen:
            continue
        opened += 1
    return opened


@transaction.atomic
def admit_as_decided(*, decision: Decision, by: str, at: datetime) -> Membership:
    """
    Do what the members decided on somebody who asked to join: let them in, or tell them that not now.

    Their lead professional is told that it is their turn. A wish that was taken back meanwhile stays as it is.

    :raises UnableToUse: it was acted on already.
    """
    assert decision.subject_id is not None  # PostgreSQL holds that it says who it is about
    membership = locked_membership(Membership.objects.get(pk=decision.subject_id))
    if membership.state not in (MembershipState.ASKED, MembershipState.INVITED):
        return membership
    if decision.state == DecisionState.PASSED:
        _let_in(membership, decision, by=by, at=at)
    else:
        reason = _why_not(decision)
        move_membership(membership, to=MembershipState.DECLINED, reason=written(reason)[:500], by=by, at=at)
        tell_member(membership, "members_declined", at=at, by=by, reason=reason)
    return membership


def _let_in(membership: Membership, decision: Decision, *, by: str, at: datetime) -> None:
    """Use the decision to let somebody in; they and their professional are told."""
    use_decision(
        decision=decision, kind=DecisionKind.ADMIT, subject_id=membership.pk, act="let them in", by=by, at=at
    )
    move_membership(membership, to=MembershipState.MEMBERS_AGREED, reason="The members agreed", by=by, at=at)
    tell_member(membership, "members_agreed", at=at, by=by, reference=membership.ref)
    tell_professional(membership, "plan_waits", at=at, by=by)


def _why_not(decision: Decision) -> str:
    """Say to who asked that not now, with the reasons members gave, unless the vote was secret."""
    return _declined(
        [] if decision.is_secret else reasons_against(decision, newest_ballots(decision).values())
    )


def _declined_words(reasons: Sequence[str]) -> str:
    said = " ".join(f"“{reason}”" for reason in reasons)
    return str(DOES_NOT_FIT_AS) % {"reasons": said} if said else str(DOES_NOT_FIT)


_declined = lazy(_declined_words, str)  # said in the language of whoever is told
