"""A cluster on hold, going on, winding down, and closed: by whom, when, and never with anybody's money in it."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.actions import (
    UnableToChangeState,
    close_cluster,
    freeze_cluster,
    unfreeze_cluster,
    wind_down,
)
from clusters.models import Cluster, ClusterState, DecisionKind, MembershipState
from people.models import Notice
from tests.clusters.founding import NOW, make_beginning, parts, signs_in
from tests.clusters.makers import make_cluster, make_member
from tests.clusters.voting import close, make_decision, make_voters, vote
from tests.commissioning.makers import make_contract
from tests.people.makers import make_commissioner, make_social_worker
from tests.visiting import as_user, sent

pytestmark = pytest.mark.django_db

BY = "system:tests"


def test_a_commissioner_puts_a_cluster_on_hold_and_lets_it_go_on() -> None:
    cluster = make_cluster()
    carol = make_commissioner(council=cluster.council)
    make_member(cluster=cluster)
    frozen = freeze_cluster(cluster=cluster, reason="We look into a complaint", by=carol, at=NOW)
    assert frozen.state == ClusterState.FROZEN
    assert "We look into a complaint" in Notice.objects.get(kind="clusters_frozen").words
    going = unfreeze_cluster(cluster=cluster, reason="All is well", by=carol, at=NOW)
    assert going.state == ClusterState.ACTIVE
    assert [event.reason for event in cluster.events.order_by("pk")][1:] == [
        "We look into a complaint",
        "All is well",
    ]


def test_only_a_commissioner_of_that_council_with_a_reason() -> None:
    cluster = make_cluster()
    carol, priya = make_commissioner(council=cluster.council), make_social_worker(council=cluster.council)
    stranger = make_commissioner(council=make_cluster().council)
    for by in (priya, stranger):
        with pytest.raises(UnableToChangeState, match="Only a commissioner"):
            freeze_cluster(cluster=cluster, reason="x", by=by, at=NOW)
    with pytest.raises(UnableToChangeState, match="Say why"):
        freeze_cluster(cluster=cluster, reason=" ", by=carol, at=NOW)


def test_says_where_a_cluster_is_when_a_step_does_not_fit() -> None:
    cluster = make_cluster(state=ClusterState.FORMING)
    carol = make_commissioner(council=cluster.council)
    with pytest.raises(
        UnableToChangeState, match=r"is forming now\. This can only be done while it is active"
    ):
        freeze_cluster(cluster=cluster, reason="x", by=carol, at=NOW)


def test_winds_down_as_the_members_decided_and_only_once() -> None:
    voters = make_voters()
    cluster = voters[0].cluster
    decision = make_decision(voters, kind=DecisionKind.WIND_DOWN, subject_id=cluster.pk)
    for voter in voters:
        vote(decision, voter, "Yes")
    decision = close(decision)
    assert wind_down(decision=decision, by=BY, at=NOW).state == ClusterState.WINDING_DOWN
    assert Notice.objects.filter(kind="clusters_winding_down").count() == 3
    with pytest.raises(UnableToChangeState, match="is winding down now"):
        wind_down(decision=decision, by=BY, at=NOW)


def test_does_not_close_with_a_member_money_or_a_contract_in_it() -> None:
    cluster = make_cluster(state=ClusterState.WINDING_DOWN)
    member = make_member(cluster=cluster, pledged={})
    with pytest.raises(UnableToChangeState, match="1 of its members have not left yet"):
        close_cluster(cluster=cluster, reason="Done", by=BY, at=NOW)
    member.state, member.left_date = MembershipState.LEFT, date(2026, 5, 1)
    member.save()
    contract = make_contract(cluster=cluster, end_date=date(2999, 1, 1))
    with pytest.raises(UnableToChangeState, match="Something is still bought for it"):
        close_cluster(cluster=cluster, reason="Done", by=BY, at=NOW)
    type(contract).objects.filter(pk=contract.pk).update(state="ended")
    assert close_cluster(cluster=cluster, reason="Done", by=BY, at=NOW).state == ClusterState.CLOSED


def test_closing_one_that_only_began_tells_its_founders_no_money_moved() -> None:
    cluster = make_beginning()
    close_cluster(
        cluster=cluster, reason="We changed our minds", by=signs_in(parts(cluster)[0].person).label, at=NOW
    )
    assert Cluster.objects.get().state == ClusterState.CLOSED
    assert {part.state for part in parts(cluster)} == {MembershipState.DECLINED}
    assert Notice.objects.filter(kind="clusters_closed").count() == 3


def test_the_page_holds_it_lets_it_go_on_and_wants_a_reason() -> None:
    cluster = make_cluster()
    client = as_user(make_commissioner(council=cluster.council))
    address = reverse("clusters:hold", args=[cluster.pk])
    assert address in client.get(reverse("reports:outside", args=[cluster.pk])).content.decode()
    assert "Say why. Every member reads it." in sent(client, address, reason=" ")
    assert "Saved. Every member is told." in sent(client, address, reason="We look into a complaint")
    assert Cluster.objects.get(pk=cluster.pk).state == ClusterState.FROZEN
    assert client.get(reverse("reports:outside", args=[cluster.pk])).status_code == 200
    words = sent(client, address, reason="All is well")
    assert "We look into a complaint" in words
    assert Cluster.objects.get(pk=cluster.pk).state == ClusterState.ACTIVE


def test_the_page_says_when_it_does_not_fit() -> None:
    cluster = make_beginning()
    client = as_user(make_commissioner(council=cluster.council))
    address = reverse("clusters:hold", args=[cluster.pk])
    assert "only be done with a cluster that is active or on hold" in client.get(address).content.decode()
    assert "is forming now" in sent(client, address, reason="x")
