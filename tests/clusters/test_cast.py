"""Voting: saved is counted, receipts are sent, and it can be changed until the end."""

from datetime import timedelta
from typing import Any

import pytest

from clusters.actions import Answer, UnableToVote, cast, stop_decision, withdraw_option
from clusters.models import Ballot, BallotChannel, CountsAs, DecisionKind, MembershipState
from people.models import Notice, Scope
from tests.clusters.makers import make_member
from tests.clusters.voting import (
    NOW,
    close,
    figures,
    leave,
    make_decision,
    make_voters,
    option,
    user_of,
    vote,
)
from tests.people.makers import make_authority, make_person, make_social_worker, make_user

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def receipts_of(ballot: Ballot) -> list[Notice]:
    return list(Notice.objects.filter(kind="clusters_decision_voted", key__contains=str(ballot.pk)))


def test_saves_a_vote_with_a_receipt_that_is_sent() -> None:
    members = make_voters()
    ballot = vote(make_decision(members), members[1], "Yes")
    assert (ballot.number, ballot.channel, ballot.cast_by) == (1, BallotChannel.WEB, user_of(members[1]))
    (notice,) = receipts_of(ballot)
    assert notice.person == members[1].person
    assert ballot.receipt in notice.words
    assert "until Monday 11 May 2026 at 5pm" in notice.words
    assert "Yes" not in notice.words


def test_a_changed_mind_is_a_new_ballot_and_the_newest_counts() -> None:
    members = make_voters()
    decision = make_decision(members)
    for label in ("Yes", "No", "Not sure", "Yes"):
        vote(decision, members[0], label)
    vote(decision, members[1], "Yes")
    assert [ballot.number for ballot in Ballot.objects.filter(entry__membership=members[0])] == [1, 2, 3, 4]
    assert figures(close(decision))["yes"] == 2


def test_the_same_answer_twice_is_the_same_ballot() -> None:
    members = make_voters()
    decision = make_decision(members)
    first = vote(decision, members[0], "Yes", seen=0)
    assert vote(decision, members[0], "Yes", seen=0) == first
    assert Ballot.objects.count() == 1
    assert len(receipts_of(first)) == 1


def test_a_page_from_before_does_not_undo_a_newer_vote() -> None:
    members = make_voters()
    decision = make_decision(members)
    vote(decision, members[0], "Yes", seen=0)
    newest = vote(decision, members[0], "No", seen=1)
    with pytest.raises(UnableToVote, match="There is a newer vote"):
        vote(decision, members[0], "Yes", seen=0)
    assert Ballot.objects.order_by("-number").first() == newest


def test_a_helper_votes_for_somebody_and_says_how_they_told() -> None:
    members = make_voters()
    decision, robin = make_decision(members), make_user(name="Robin Reed")
    authority = make_authority(person=members[1].person, helper=robin, scopes=[Scope.VOTE])
    words: dict[str, Any] = {
        "decision": decision,
        "person": members[1].person,
        "options": [option(decision, "No").pk],
        "by": robin,
        "at": NOW + HOUR,
    }
    with pytest.raises(UnableToVote, match="Say how Bob Green told you"):
        cast(**words, support=" ")
    ballot = cast(**words, support="He pointed at the picture")
    assert (ballot.channel, ballot.authority, ballot.cast_by) == (BallotChannel.SUPPORTER, authority, robin)
    assert ballot.acted_by == authority.label_for
    assert ballot.support == "He pointed at the picture"
    (notice,) = receipts_of(ballot)
    assert "Robin Reed saved a vote for you" in notice.words
    assert "The answer that was saved for you: No." in notice.words
    assert vote(decision, members[1], "Yes").number == 2


def test_a_notice_of_a_secret_vote_does_not_say_the_answer() -> None:
    members = make_voters(count=5)
    decision, robin = make_decision(members, is_secret=True), make_user(name="Robin Reed")
    make_authority(person=members[1].person, helper=robin, scopes=[Scope.VOTE])
    ballot = cast(
        decision=decision,
        person=members[1].person,
        options=[option(decision, "No").pk],
        by=robin,
        at=NOW + HOUR,
        support="By phone",
    )
    (notice,) = receipts_of(ballot)
    assert "The answer" not in notice.words + notice.easy_words


def test_nobody_else_votes_for_somebody() -> None:
    members = make_voters()
    decision, person = make_decision(members), members[1].person
    person.lead_professional = make_social_worker(council=person.council)
    person.save(update_fields=["lead_professional"])
    signs, ended, withdrawn = make_user(), make_user(), make_user()
    make_authority(person=person, helper=signs, scopes=[Scope.AGREE])
    make_authority(person=person, helper=ended, scopes=[Scope.VOTE], end_date=NOW.date())
    make_authority(person=person, helper=withdrawn, scopes=[Scope.VOTE], withdrawn_at=NOW)
    for other in (user_of(members[0]), person.lead_professional, signs, ended, withdrawn):
        with pytest.raises(UnableToVote, match="Only the member, or a helper who may vote"):
            cast(
                decision=decision,
                person=person,
                options=[option(decision, "Yes").pk],
                by=other,
                at=NOW + HOUR,
                support="They nodded",
            )
    assert not Ballot.objects.exists()


def test_only_those_on_the_roll_vote() -> None:
    members = make_voters()
    decision = make_decision(members)
    late = make_member(
        cluster=members[0].cluster, person=make_person(council=members[0].cluster.council, user=make_user())
    )
    with pytest.raises(UnableToVote, match="Only those who were members when this was asked"):
        vote(decision, late, "Yes")


@pytest.mark.parametrize("state", [MembershipState.ON_NOTICE, MembershipState.LEFT])
def test_who_is_leaving_has_no_vote_about_money(state: MembershipState) -> None:
    members = make_voters(pledged={})
    decision = make_decision(members)
    leave(members[1], state=state, on=NOW.date())
    with pytest.raises(UnableToVote, match="for the others to decide"):
        vote(decision, members[1], "Yes")


def test_voting_ends_at_its_end() -> None:
    members = make_voters()
    decision = make_decision(members)
    vote(decision, members[0], "Yes", at=decision.closes_at - timedelta(microseconds=1))
    with pytest.raises(UnableToVote, match="Voting ended on Monday 11 May 2026 at 5pm"):
        vote(decision, members[1], "Yes", at=decision.closes_at)


def test_what_was_taken_back_needs_no_vote() -> None:
    members = make_voters()
    decision = make_decision(members)
    stop_decision(decision=decision, by=user_of(members[0]), at=NOW + HOUR)
    with pytest.raises(UnableToVote, match="was taken back"):
        vote(decision, members[1], "Yes", at=NOW + 2 * HOUR)


def test_answers_what_was_asked() -> None:
    members = make_voters()
    decision = make_decision(members)
    with pytest.raises(UnableToVote, match="Choose an answer first"):
        vote(decision, members[0])
    with pytest.raises(UnableToVote, match="one answer only"):
        vote(decision, members[0], "Yes", "No")
    other = make_decision(make_voters(), kind=DecisionKind.WIND_DOWN)
    with pytest.raises(UnableToVote, match="not an answer to this question"):
        cast(
            decision=decision,
            person=members[0].person,
            options=[option(other, "Yes").pk],
            by=user_of(members[0]),
            at=NOW + HOUR,
        )


OFFERS = [
    Answer(label="Care at Home", counts_as=CountsAs.OPTION),
    Answer(label="Kind Hands", counts_as=CountsAs.OPTION),
    Answer(label="None of these", counts_as=CountsAs.NO),
]


def test_among_options_any_number_can_be_chosen_but_none_goes_alone() -> None:
    members = make_voters()
    decision = make_decision(members, kind=DecisionKind.CHOOSE_OFFER, options=OFFERS)
    assert len(vote(decision, members[0], "Care at Home", "Kind Hands").option_ids) == 2
    with pytest.raises(UnableToVote, match="“None of these” goes alone"):
        vote(decision, members[0], "Kind Hands", "None of these")


def test_an_offer_that_is_taken_back_cannot_be_chosen_and_everybody_is_told() -> None:
    members = make_voters()
    offers = [
        Answer(label=label, counts_as=CountsAs.OPTION, offer_id=members[number].pk)
        for number, label in enumerate(("Care at Home", "Kind Hands"))
    ]
    decision = make_decision(members, kind=DecisionKind.CHOOSE_OFFER, options=offers)
    vote(decision, members[0], "Care at Home", "Kind Hands")
    vote(decision, members[1], "Care at Home", "Kind Hands")
    for _ in range(2):
        withdraw_option(offer_id=members[0].pk, by="user:1", at=NOW + 2 * HOUR)
    told = Notice.objects.filter(kind="clusters_decision_option_gone")
    assert {notice.person for notice in told} == {member.person for member in members}
    assert told.count() == 3
    with pytest.raises(UnableToVote, match="That offer was taken back while you were voting"):
        vote(decision, members[2], "Care at Home", at=NOW + 3 * HOUR)
    assert close(decision).winner == option(decision, "Kind Hands")
