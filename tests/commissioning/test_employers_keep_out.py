"""Who works for a provider does not vote for anybody else on a question about it; their own vote is theirs."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from clusters.actions import Answer, UnableToEnter, UnableToVote, cast, enter_paper_ballot
from clusters.models import Ballot, BallotChannel, CountsAs, Decision, DecisionKind, Membership
from people.models import Scope, User
from providers.models import Provider, ProviderStaff
from tests.clusters.voting import NOW, make_decision, make_voters, option, user_of, vote
from tests.people.makers import make_authority, make_social_worker
from tests.providers.makers import make_provider, make_staff

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=2)


def make_question(members: list[Membership], provider: Provider) -> Decision:
    """Which of two offers, one of them this provider's."""
    offers = [
        Answer(label="Theirs", counts_as=CountsAs.OPTION, offer_id=uuid4(), provider_id=provider.pk),
        Answer(label="Another", counts_as=CountsAs.OPTION, offer_id=uuid4(), provider_id=uuid4()),
    ]
    return make_decision(members, kind=DecisionKind.CHOOSE_OFFER, options=offers)


def help_to_vote(decision: Decision, member: Membership, helper: User) -> Ballot:
    """A helper's vote for a member, against their own employer."""
    return cast(
        decision=decision,
        person=member.person,
        options=[option(decision, "Another").pk],
        by=helper,
        at=LATER,
        support="They pointed",
    )


def test_a_helper_who_works_there_cannot_vote_for_somebody() -> None:
    members = make_voters()
    council = members[0].cluster.council
    provider = make_provider(council=council)
    nora, robin = make_staff(provider=provider), make_staff(provider=make_provider(council=council))
    decision = make_question(members, provider)
    for helper in (nora, robin):
        make_authority(person=members[1].person, helper=helper, scopes=[Scope.VOTE])
    with pytest.raises(UnableToVote, match="about somebody you work for"):
        help_to_vote(decision, members[1], nora)
    assert not Ballot.objects.exists()
    assert help_to_vote(decision, members[1], robin)


def test_a_member_who_works_there_has_their_own_vote() -> None:
    members = make_voters()
    provider = make_provider(council=members[0].cluster.council)
    ProviderStaff.objects.create(user=user_of(members[0]), provider=provider)
    assert vote(make_question(members, provider), members[0], "Theirs", at=LATER)


@pytest.mark.parametrize("is_second", [False, True])
def test_nobody_who_works_there_enters_a_paper(is_second: bool) -> None:
    members = make_voters()
    council = members[0].cluster.council
    provider = make_provider(council=council)
    decision = make_question(members, provider)
    readers = [make_social_worker(council=council) for _ in range(2)]
    ProviderStaff.objects.create(user=readers[is_second], provider=provider)
    words: dict[str, Any] = {
        "entry": decision.roll.get(membership=members[0]),
        "options": [option(decision, "Theirs").pk],
        "channel": BallotChannel.PAPER,
        "at": LATER,
    }
    enter_paper_ballot(by=readers[0], **words)
    with pytest.raises(UnableToEnter, match="about somebody you work for"):
        enter_paper_ballot(by=readers[1], **words)
    assert not Ballot.objects.exists()
