"""Opening a decision: the question, the answers, and who may vote, all frozen in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.actions.decisions.steps import tell_of, why_of
from clusters.actions.steps import locked_cluster
from clusters.models import (
    Agreement,
    Cluster,
    CountsAs,
    Decision,
    DecisionKind,
    Membership,
    MembershipState,
    Method,
    Option,
    RollEntry,
)
from clusters.queries.decisions import LONGEST_VOTE, least_on_roll, rules_for, voters_of
from clusters.queries.money import money_of
from clusters.rules.again import written
from people.models import Person, Scope, User
from people.queries import acting_label


class UnableToOpen(Exception):
    """The question cannot be put to the members like this, by this person, or now."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer to put to the vote: its label, what it would mean, a prompt to think with, and a picture."""

    label: str | Promise
    counts_as: CountsAs
    meaning: str | Promise = ""
    prompt: str | Promise = ""
    picture: str = ""
    offer_id: UUID | None = None
    provider_id: UUID | None = None


YES_NO_UNSURE = (
    Answer(label=_("Yes"), counts_as=CountsAs.YES, picture="yes"),
    Answer(label=_("No"), counts_as=CountsAs.NO, picture="no"),
    Answer(
        label=_("Not sure"),
        counts_as=CountsAs.UNSURE,
        picture="unsure",
        meaning=_("You have voted. It is left to the others."),
    ),
)


class Terms(TypedDict, total=False):
    """
    How a decision is held, where the one who opens it says otherwise than the agreement does.

    `closes_at`: the end of voting (exclusive). `person`: for whom a helper opens it.
    """

    closes_at: datetime | None
    method: Method | None
    is_secret: bool | None
    person: Person | None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is put to the members, and who puts it."""

    kind: DecisionKind
    question: str
    why: str
    answers: Sequence[Answer]
    subject_id: UUID | None
    asked_by: User | None
    label: str


@transaction.atomic
def open_decision(
    *,
    cluster: Cluster,
    kind: DecisionKind,
    question: str,
    why: str,
    subject_id: UUID | None,
    by: User,
    at: datetime,
    options: Sequence[Answer] = YES_NO_UNSURE,
    **terms: Unpack[Terms],
) -> Decision:
    """
    Put a question to the members of a cluster; each of them is told.

    Opened by a member, or by a helper who may vote for one (`person` says for whom, where it could be several).
    Method, quorum, secrecy and the time to vote come from the agreement in force unless `terms` (see `Terms`) say
    otherwise; choosing among options is always by approval. The roll is those who have a say at this moment, without
    the member that a removal is about.

    :raises UnableToOpen: see the class; the same question is open already; or there are too few to decide on it.
    """
    cluster = locked_cluster(cluster)
    label = _label(cluster, by=by, person=terms.pop("person", None), at=at)
    proposal = Proposal(
        kind=DecisionKind(kind),
        question=question.strip(),
        why=why.strip(),
        answers=options,
        subject_id=subject_id,
        asked_by=by,
        label=label,
    )
    if not proposal.question:
        raise UnableToOpen(gettext("Write down the question first."))
    return put_to_vote(cluster=cluster, proposal=proposal, at=at, terms=terms)


def put_to_vote(
    *, cluster: Cluster, proposal: Proposal, at: datetime, terms: Terms | None = None
) -> Decision:
    """
    Open a decision in a cluster that is locked, whoever asks for it, and tell everybody on its roll.

    :raises UnableToOpen: see `open_decision`.
    """
    _check_subject(cluster, proposal)
    closes_at, method, is_secret = _said(terms or {})
    rules = rules_for(cluster=cluster, kind=proposal.kind, at=at)
    voters = _roll(cluster, proposal)
    decision = _write(
        Decision(
            cluster=cluster,
            kind=proposal.kind,
            question=proposal.question,
            why=proposal.why,
            method=_method(proposal, method or rules.method),
            quorum_votes=rules.quorum_votes,
            quorum_of=rules.quorum_of,
            is_secret=rules.is_secret if is_secret is None else is_secret,
            subject_id=proposal.subject_id,
            opened_at=at,
            opened_by=proposal.label,
            asked_by=proposal.asked_by,
            closes_at=_end(closes_at, at=at, earliest=rules.earliest_end) if closes_at else rules.usual_end,
        )
    )
    _freeze(decision, proposal.answers, voters)
    people = [voter.person for voter in voters]
    tell_of(decision, people, kind="opened", at=at, by=proposal.label, why=why_of(decision))
    if proposal.kind == DecisionKind.REMOVE and proposal.subject_id is not None:
        about = Membership.objects.select_related("person__council", "person__user").get(
            pk=proposal.subject_id
        )
        tell_of(decision, [about.person], kind="about_you", at=at, by=proposal.label, why=why_of(decision))
    return decision


def _said(terms: Terms) -> tuple[datetime | None, Method | None, bool | None]:
    """Give the end, the method and the secrecy that were asked for; none where the agreement decides."""
    return terms.get("closes_at"), terms.get("method"), terms.get("is_secret")


def _label(cluster: Cluster, *, by: User, person: Person | None, at: datetime) -> str:
    """Say under which name they open it: as a member, or as a helper who may vote for one."""
    voters = voters_of(cluster=cluster)
    if person is not None:
        voters = [voter for voter in voters if voter.person_id == person.pk]
    own_first = sorted(voters, key=lambda voter: voter.person.user_id != by.pk)
    for voter in own_first:
        label = acting_label(by, voter.person, scope=Scope.VOTE, on=timezone.localdate(at))
        if label is not None:
            return label
    raise UnableToOpen(
        gettext(
            "Only members of the cluster, or a helper who may vote for one, can put something to the vote."
        )
    )


def _check_subject(cluster: Cluster, proposal: Proposal) -> None:
    """Hold that a membership or an agreement it is about is one of this cluster, and as far as it has to be."""
    ways = {
        DecisionKind.ADMIT: cluster.memberships.filter(
            state__in=[MembershipState.ASKED, MembershipState.INVITED]
        ),
        DecisionKind.REMOVE: cluster.memberships.filter(state=MembershipState.ACTIVE),
        DecisionKind.CHANGE_AGREEMENT: Agreement.objects.filter(cluster=cluster, signed_date__isnull=True),
    }
    found = ways.get(proposal.kind)
    if found is not None and not (proposal.subject_id and found.filter(pk=proposal.subject_id).exists()):
        raise UnableToOpen(
            gettext("What this is about is not there any more, or is settled already. Look at it again.")
        )


def _roll(cluster: Cluster, proposal: Proposal) -> list[Membership]:
    """Give who may vote, if they are enough to decide on such a thing."""
    is_removal = proposal.kind == DecisionKind.REMOVE
    voters = [
        voter for voter in voters_of(cluster=cluster) if not (is_removal and voter.pk == proposal.subject_id)
    ]
    least = least_on_roll(kind=proposal.kind, cluster=cluster)
    if len(voters) < least:
        if least == 1:
            raise UnableToOpen(
                gettext("Nobody is there who could decide on this at the moment. Ask your social worker.")
            )
        raise UnableToOpen(
            gettext(
                "At least %(least)s members have to be there to decide on this. At the moment there are %(there)s."
            )
            % {"least": least, "there": len(voters)}
        )
    return voters


def _method(proposal: Proposal, method: Method) -> Method:
    """Give how the answers are counted: choosing among options goes by approval, yes and no never does."""
    kinds = [answer.counts_as for answer in proposal.answers]
    if CountsAs.OPTION in kinds and CountsAs.YES not in kinds:
        return Method.APPROVAL
    if kinds.count(CountsAs.YES) == 1 and CountsAs.OPTION not in kinds and method != Method.APPROVAL:
        return method
    raise UnableToOpen(gettext("Offer either a yes and a no, or a choice of options."))


def _end(closes_at: datetime, *, at: datetime, earliest: datetime) -> datetime:
    """Give the end that was asked for, if it leaves the time the agreement promises and not much more."""
    if closes_at < earliest:
        raise UnableToOpen(gettext("That leaves too little time to vote. Choose a later end."))
    if closes_at > at + timedelta(days=LONGEST_VOTE):
        raise UnableToOpen(
            gettext("A vote lasts at most %(days)s days. Choose an earlier end.") % {"days": LONGEST_VOTE}
        )
    return closes_at


def _write(decision: Decision) -> Decision:
    """Keep the decision, if the same is not open already."""
    try:
        with transaction.atomic():
            decision.save(force_insert=True)
    except IntegrityError as refusal:
        if "clusters_decision_is_open_once" not in str(refusal):
            raise
        raise UnableToOpen(
            gettext("The members are deciding on this already. You can vote on it now.")
        ) from refusal
    return decision


def _freeze(decision: Decision, answers: Sequence[Answer], voters: Sequence[Membership]) -> None:
    """Write down the answers and the roll; from the end of this transaction on they stay."""
    Option.objects.bulk_create(
        Option(
            decision=decision,
            number=number,
            **vars(answer)
            | {said: written(getattr(answer, said)) for said in ("label", "meaning", "prompt")},
        )
        for number, answer in enumerate(answers, 1)
    )
    money = money_of(memberships=voters)
    RollEntry.objects.bulk_create(
        RollEntry(
            decision=decision,
            membership=voter,
            is_payer=any(part.left_pence > 0 for part in money[voter.pk]),
        )
        for voter in voters
    )
