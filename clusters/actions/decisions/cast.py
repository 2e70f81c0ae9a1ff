"""Voting: saved is counted, and it can be changed until the decision closes."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from clusters.actions.decisions.steps import asked, locked_decision
from clusters.models import (
    Ballot,
    BallotChannel,
    CountsAs,
    Decision,
    DecisionState,
    MembershipState,
    Method,
    Option,
    RollEntry,
)
from ledger.actions import refused_by
from people.actions import tell
from people.models import Authority, Person, Scope, User
from people.queries import authority_of
from people.rules.words import moment_words

# Letters and digits that nobody mixes up when reading a receipt aloud.
EASY_TO_READ = "ACDEFHJKLMNPRTUVWXY34679"
LONGEST_REASON = 1000
# Said by commissioning's trigger: clusters know no providers.
ABOUT_THEIR_EMPLOYER = "commissioning_nobody_votes_for_their_employer"


class UnableToVote(Exception):
    """The vote is over or not theirs, or the answer is not one that can be given."""


@transaction.atomic
def cast(
    *,
    decision: Decision,
    person: Person,
    options: Collection[UUID],
    by: User,
    at: datetime,
    reason: str = "",
    support: str = "",
    seen: int | None = None,
) -> Ballot:
    """
    Vote for a person who is on the roll: themselves, or a helper who may vote for them. It counts at once.

    A helper says in `support` how the person told them. `seen`: how many ballots of theirs the page knew of, so that
    a page from before cannot undo a newer vote. The same answer again is the same ballot. The person is told of
    every new one, with its receipt.

    :raises UnableToVote: see the class.
    """
    decision = locked_decision(decision)
    entry = entry_to_vote(decision, person=person, at=at)
    authority = _authority(by, person, support=support, at=at)
    chosen = check_choice(decision, options)
    last = entry.ballots.order_by("-number").first()
    if last is not None and _says_the_same(last, chosen, reason=reason, by=by):
        return last
    if seen is not None and seen != (last.number if last else 0):
        raise UnableToVote(
            _(
                "There is a newer vote than the one this page knew of. Look at it first, and change it if you want to."
            )
        )
    ballot = Ballot(
        entry=entry,
        option_ids=chosen,
        reason=reason.strip()[:LONGEST_REASON],
        cast_at=at,
        cast_by=by,
        acted_by=authority.label_for if authority else by.label,
        channel=BallotChannel.SUPPORTER if authority else BallotChannel.WEB,
        authority=authority,
        support=support.strip() if authority else "",
    )
    return keep_ballot(ballot, decision)


def entry_to_vote(decision: Decision, *, person: Person, at: datetime) -> RollEntry:
    """
    Give a person's place on the roll of a decision that is open at a moment.

    :raises UnableToVote: they have none, it is not open then, or they have left or are leaving.
    """
    entry = (
        decision.roll.select_related("membership__person__council").filter(membership__person=person).first()
    )
    if entry is None:
        raise UnableToVote(_("Only those who were members when this was asked can vote on it."))
    if decision.state == DecisionState.STOPPED:
        raise UnableToVote(_("This question was taken back. You need not vote."))
    if decision.state != DecisionState.OPEN or at >= decision.closes_at:
        ended = moment_words(timezone.localtime(decision.closes_at))
        raise UnableToVote(
            _("Voting ended on %(moment)s. Nothing of what you wrote was counted. Look at the result.")
            % {"moment": ended}
        )
    membership = entry.membership
    gone = membership.state in (MembershipState.LEFT, MembershipState.DECLINED)
    if gone or (decision.is_about_money and membership.state == MembershipState.ON_NOTICE):
        raise UnableToVote(_("You are leaving, so this is for the others to decide now."))
    return entry


def check_choice(decision: Decision, options: Collection[UUID]) -> list[UUID]:
    """
    Give the chosen options in a fixed order, if they are an answer to this question.

    :raises UnableToVote: see the class.
    """
    found = _options(decision, options)
    if not found:
        raise UnableToVote(_("Choose an answer first."))
    if any(option.withdrawn_at is not None for option in found):
        raise UnableToVote(_("That offer was taken back while you were voting. Choose among the others."))
    if len(found) > 1:
        if decision.method != Method.APPROVAL:
            raise UnableToVote(_("Choose one answer only."))
        if any(option.counts_as != CountsAs.OPTION for option in found):
            alone = next(option for option in found if option.counts_as != CountsAs.OPTION)
            raise UnableToVote(
                _("“%(answer)s” goes alone. Choose it, or choose the others.") % {"answer": alone.label_words}
            )
    return sorted(option.pk for option in found)


def keep_ballot(ballot: Ballot, decision: Decision) -> Ballot:
    """
    Write a ballot down as the newest of its member, with a receipt, and tell the member.

    :raises UnableToVote: whoever cast it works for a provider that it is about.
    """
    ballot.number = ballot.entry.ballots.count() + 1
    ballot.receipt = _new_receipt()
    try:
        with transaction.atomic():
            ballot.save(force_insert=True)
    except IntegrityError as refusal:
        if refused_by(refusal) != ABOUT_THEIR_EMPLOYER:
            raise
        raise UnableToVote(
            _(
                "This is about somebody you work for, so you cannot vote for anybody else on it. "
                "Ask another helper, or the social worker."
            )
        ) from refusal
    _tell(ballot, decision)
    return ballot


def _authority(by: User, person: Person, *, support: str, at: datetime) -> Authority | None:
    """Give the authority under which a helper votes; none for somebody's own vote."""
    if person.died_date is not None:
        raise UnableToVote(_("Nobody can vote for somebody who has died."))
    if person.user_id == by.pk:
        return None
    authority = authority_of(by, person, scope=Scope.VOTE, on=timezone.localdate(at))
    if authority is None:
        raise UnableToVote(_("Only the member, or a helper who may vote for them, can do this."))
    if not support.strip():
        raise UnableToVote(_("Say how %(name)s told you what they want.") % {"name": person.name})
    return authority


def _options(decision: Decision, chosen: Collection[UUID]) -> Sequence[Option]:
    """Give the options with these ids; an id of another question is not one."""
    found = list(decision.options.filter(pk__in=set(chosen)))
    if len(found) != len(set(chosen)):
        raise UnableToVote(_("That is not an answer to this question. Choose one of those on the page."))
    return found


def _says_the_same(last: Ballot, chosen: list[UUID], *, reason: str, by: User) -> bool:
    return (
        last.option_ids == chosen
        and last.reason == reason.strip()[:LONGEST_REASON]
        and last.cast_by_id == by.pk
    )


def _new_receipt() -> str:
    """Give a code that is easy to read aloud, like V-ACDE-3467; a hundred thousand million of them are enough."""
    letters = [secrets.choice(EASY_TO_READ) for _ in range(8)]
    return f"V-{''.join(letters[:4])}-{''.join(letters[4:])}"


def _tell(ballot: Ballot, decision: Decision) -> None:
    """Tell the member that their vote is saved; what it says only where it is no secret and another cast it."""
    person = ballot.entry.membership.person
    is_own = ballot.cast_by_id == person.user_id
    answers = {option.pk: option for option in decision.options.all()}
    chosen = [answers[option] for option in ballot.option_ids]
    tell(
        person=person,
        kind="clusters_decision_voted",
        key=str(ballot.pk),
        at=ballot.cast_at,
        by=ballot.acted_by,
        about=reverse("clusters:decision", args=[decision.pk]),
        question=asked(decision),
        cluster=decision.cluster.name,
        closes_at=decision.closes_at,
        receipt=ballot.receipt,
        answer="" if is_own or decision.is_secret else _all_of(chosen),
        how=_way_of(ballot),
    )


def _words_of(options: Sequence[Option]) -> str:
    return ", ".join(option.label_words for option in options)


def _channel_words(ballot: Ballot) -> str:
    return ballot.get_channel_display().lower()


# Said in the language of whoever is told.
_all_of, _way_of = lazy(_words_of, str), lazy(_channel_words, str)
