"""Writing the pooling agreement, and signing it."""

from datetime import UTC, date, datetime

import pytest

from clusters.actions import (
    UnableToDraft,
    UnableToSign,
    UnableToUse,
    UnableToWrite,
    adopt,
    begin_draft,
    put_draft,
    save_draft,
    sign_agreement,
    write_agreement,
)
from clusters.models import (
    Agreement,
    Cluster,
    ClusterPolicy,
    ClusterState,
    Decision,
    DecisionKind,
    Membership,
    SharingRule,
)
from clusters.queries import agreement_in_force
from clusters.queries.versions import VersionState, versions_of
from people.models import Notice, Scope, User
from tests.clusters.founding import ANSWERS, make_beginning, make_draft, make_put, parts, signs_in
from tests.clusters.makers import make_agreement, make_cluster, make_member
from tests.clusters.voting import close, make_voters, user_of, vote
from tests.people.makers import make_authority, make_person, make_user

pytestmark = pytest.mark.django_db

ON = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
SHARING = {"TUTOR": SharingRule.EQUAL}


def make_signer(cluster: Cluster) -> tuple[Membership, User]:
    user = make_user()
    return make_member(cluster=cluster, person=make_person(council=cluster.council, user=user)), user


def test_signing_twice_is_one_signature() -> None:
    cluster = make_cluster(state=ClusterState.FORMING)
    agreement = make_agreement(cluster=cluster)
    membership, user = make_signer(cluster)
    for _ in range(3):
        sign_agreement(agreement=agreement, membership=membership, by=user, at=NOW)
    agreement.refresh_from_db()
    assert agreement.signatures.count() == 1
    assert agreement.signed_date is None


def test_the_council_says_how_many_are_enough() -> None:
    cluster = make_cluster(state=ClusterState.FORMING)
    ClusterPolicy.objects.create(
        council=cluster.council, effective_date=ON, least_members=2, most_members=9, source="Cabinet"
    )
    agreement = write_agreement(cluster=cluster, words="We play", sharing=SHARING, by=make_signer(cluster)[1])
    for _ in range(2):
        membership, user = make_signer(cluster)
        sign_agreement(agreement=agreement, membership=membership, by=user, at=NOW)
    cluster.refresh_from_db()
    assert cluster.state == ClusterState.AGREED


def test_only_the_member_signs_for_themself() -> None:
    cluster = make_cluster(state=ClusterState.FORMING)
    agreement = make_agreement(cluster=cluster)
    membership, _ = make_signer(cluster)
    _, other = make_signer(cluster)
    with pytest.raises(UnableToSign, match="Only the member"):
        sign_agreement(agreement=agreement, membership=membership, by=other, at=NOW)
    stranger, user = make_signer(make_cluster(council=cluster.council))
    with pytest.raises(UnableToSign, match="Only members of this cluster"):
        sign_agreement(agreement=agreement, membership=stranger, by=user, at=NOW)


def test_is_written_by_members_and_shares_something() -> None:
    cluster = make_cluster()
    _, user = make_signer(cluster)
    with pytest.raises(UnableToWrite, match="Only members of the cluster can write"):
        write_agreement(cluster=cluster, words="", sharing=SHARING, by=make_user())
    with pytest.raises(UnableToWrite, match="at least one service"):
        write_agreement(cluster=cluster, words="", sharing={}, by=user)


def test_keeps_what_was_answered_page_by_page_whoever_goes_on() -> None:
    cluster = make_beginning()
    first, second, _ = (signs_in(part.person) for part in parts(cluster))
    draft = begin_draft(cluster=cluster, by=first, at=NOW)
    save_draft(draft=draft, answers={"words": "We play"}, by=first, at=NOW)
    save_draft(draft=draft, answers={"notice_days": 7}, by=second, at=NOW)
    again = begin_draft(cluster=cluster, by=second, at=NOW)
    assert again == draft
    assert again.answers == {"words": "We play", "notice_days": 7}
    assert again.saved_by == second.label


def test_is_not_put_to_the_members_before_everything_is_answered() -> None:
    cluster = make_beginning()
    draft = make_draft(cluster, surplus_words="")
    with pytest.raises(UnableToDraft, match="Something is not answered yet"):
        put_draft(draft=draft, why="", by=signs_in(parts(cluster)[0].person), at=NOW)
    assert not cluster.agreements.exists()


def test_is_put_as_it_was_answered_and_everybody_is_asked_to_read_it() -> None:
    cluster = make_beginning()
    agreement = make_put(cluster)
    assert (agreement.notice_days, agreement.reserve_percent, agreement.on_illness) == (14, 5, "others_cover")
    shared = dict(agreement.sharing_terms.values_list("service_code", "rule"))
    assert shared == {"TUTOR-HR": "equal", "MINIBUS": "by_use"}
    assert Notice.objects.filter(kind="clusters_agreement_put").count() == 3
    with pytest.raises(UnableToDraft, match="put to the members already"):
        save_draft(draft=agreement.draft, answers={}, by=signs_in(parts(cluster)[0].person), at=NOW)


def test_binds_with_the_third_signature_and_tells_each_step_once() -> None:
    cluster = make_beginning()
    agreement = make_put(cluster)
    for number, part in enumerate(parts(cluster), start=1):
        for _ in range(2):  # a signature sent twice is one
            sign_agreement(agreement=agreement, membership=part, by=signs_in(part.person), at=NOW)
        agreement.refresh_from_db()
        assert (agreement.signed_date is not None) == (number == 3)
    cluster.refresh_from_db()
    assert cluster.state == ClusterState.AGREED
    assert Notice.objects.filter(kind="clusters_signed").count() == 3
    assert Notice.objects.filter(kind="clusters_agreement_binds").count() == 3


def test_a_helper_who_may_agree_signs_and_the_person_is_told_who_did() -> None:
    cluster = make_beginning()
    agreement, part = make_put(cluster), parts(cluster)[1]
    robin = make_authority(person=part.person, helper=make_user(name="Robin Reed"), scopes=[Scope.AGREE])
    signature = sign_agreement(agreement=agreement, membership=part, by=robin.helper, at=NOW)
    assert signature.signed_by == robin.label_for
    told = Notice.objects.get(person=part.person, kind="clusters_signed")
    assert "Robin Reed did this for you." in told.words


def test_refuses_a_helper_whose_authority_was_withdrawn_between_page_and_submit() -> None:
    cluster = make_beginning()
    agreement, part = make_put(cluster), parts(cluster)[1]
    robin = make_authority(person=part.person, scopes=[Scope.AGREE], withdrawn_at=NOW)
    with pytest.raises(UnableToSign, match="Only the member, or their helper"):
        sign_agreement(agreement=agreement, membership=part, by=robin.helper, at=NOW)


def test_while_forming_a_newer_version_takes_the_place_of_an_unsigned_one() -> None:
    cluster = make_beginning()
    old, part = make_put(cluster), parts(cluster)[0]
    new = make_put(cluster, notice_days=28)
    with pytest.raises(UnableToSign, match="There is a newer version"):
        sign_agreement(agreement=old, membership=part, by=signs_in(part.person), at=NOW)
    assert sign_agreement(agreement=new, membership=part, by=signs_in(part.person), at=NOW)


def make_changed() -> tuple[list[Membership], Agreement]:
    """A cluster at work whose members are deciding on a second version; and that version."""
    voters = make_voters()
    by = user_of(voters[0])
    draft = begin_draft(cluster=voters[0].cluster, by=by, at=NOW)
    save_draft(draft=draft, answers=ANSWERS, by=by, at=NOW)
    return voters, put_draft(draft=draft, why="We are more now", by=by, at=NOW)


def test_a_later_version_is_decided_then_signed_and_then_takes_over() -> None:
    voters, second = make_changed()
    decision = Decision.objects.get(kind=DecisionKind.CHANGE_AGREEMENT)
    assert (decision.subject_id, decision.why) == (second.pk, "We are more now")
    with pytest.raises(UnableToSign, match="have not decided on this version yet"):
        sign_agreement(agreement=second, membership=voters[0], by=user_of(voters[0]), at=NOW)
    for voter in voters:
        vote(decision, voter, "Yes")
    adopt(decision=close(decision), by="system:tests", at=decision.closes_at)
    assert Notice.objects.filter(kind="clusters_agreement_decided").count() == 3
    for voter in voters:
        in_force = agreement_in_force(cluster=voter.cluster)
        assert in_force is not None
        assert in_force.version == 1
        sign_agreement(agreement=second, membership=voter, by=user_of(voter), at=decision.closes_at)
    assert agreement_in_force(cluster=voters[0].cluster) == second
    with pytest.raises(UnableToUse, match="done only once"):
        adopt(decision=decision, by="system:tests", at=decision.closes_at)


def test_a_version_the_members_did_not_agree_to_is_never_signed() -> None:
    voters, second = make_changed()
    decision = Decision.objects.get(kind=DecisionKind.CHANGE_AGREEMENT)
    for voter in voters:
        vote(decision, voter, "No")
    with pytest.raises(UnableToUse, match="have not agreed to this"):
        adopt(decision=close(decision), by="system:tests", at=decision.closes_at)
    with pytest.raises(UnableToSign, match="did not agree to this version"):
        sign_agreement(agreement=second, membership=voters[0], by=user_of(voters[0]), at=NOW)


def test_tells_how_far_each_version_is() -> None:
    voters, _ = make_changed()
    cluster = voters[0].cluster
    seen = {one.agreement.version: one.state for one in versions_of(cluster=cluster, membership=voters[0])}
    assert seen == {1: VersionState.IN_FORCE, 2: VersionState.DECIDING}
