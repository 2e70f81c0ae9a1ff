"""Writing the pooling agreement, and signing it."""

from datetime import UTC, date, datetime

import pytest

from clusters.actions import UnableToSign, UnableToWrite, sign_agreement, write_agreement
from clusters.models import Cluster, ClusterPolicy, ClusterState, Membership, SharingRule
from people.models import User
from tests.clusters.makers import make_agreement, make_cluster, make_member
from tests.people.makers import make_person, make_user

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
