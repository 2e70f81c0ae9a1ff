"""Founding a cluster: numbered by the system, by a founder or somebody for them, and everybody concerned is told."""

from typing import Any

import pytest

from clusters.actions import About, UnableToFound, found_cluster
from clusters.models import Cluster, MembershipState
from people.models import Notice, Scope
from tests.clusters.founding import MUSIC, NOW, make_founder, signs_in
from tests.people.makers import make_authority, make_council, make_person, make_social_worker, make_user

pytestmark = pytest.mark.django_db


def test_numbers_clusters_in_each_council_by_itself() -> None:
    here, away = make_council(), make_council()
    refs: list[str] = []
    for council in (here, here, away):
        founder = make_founder(council)
        about = About(name=f"Cluster {len(refs)}")
        cluster = found_cluster(
            council=council, about=about, founders=[founder], by=signs_in(founder), at=NOW
        )
        refs.append(cluster.ref)
    assert refs == ["CL-001", "CL-002", "CL-001"]


def test_goes_on_from_the_highest_number_whatever_else_is_there() -> None:
    council = make_council()
    Cluster.objects.create(council=council, ref="CL-041", name="Loaded")
    Cluster.objects.create(council=council, ref="CL-BAND", name="Named by hand")
    founder = make_founder(council)
    cluster = found_cluster(council=council, about=MUSIC, founders=[founder], by=signs_in(founder), at=NOW)
    assert cluster.ref == "CL-042"


def test_tells_the_founder_and_their_professional_once_each() -> None:
    founder = make_founder(make_council())
    found_cluster(council=founder.council, about=MUSIC, founders=[founder], by=signs_in(founder), at=NOW)
    told = Notice.objects.get(person=founder)
    assert told.kind == "clusters_founded"
    assert "CL-001" in told.words
    assert "did this for you" not in told.words
    assert Notice.objects.get(user=founder.lead_professional).kind == "clusters_plan_waits"


def test_lets_a_helper_who_may_agree_found_it_and_says_who_did() -> None:
    founder = make_person(name="Amina Yusuf")
    robin = make_authority(person=founder, helper=make_user(name="Robin Reed"), scopes=[Scope.AGREE])
    cluster = found_cluster(council=founder.council, about=MUSIC, founders=[founder], by=robin.helper, at=NOW)
    assert cluster.events.get().acted_by == robin.label_for
    assert cluster.memberships.get().state == MembershipState.MEMBERS_AGREED
    assert "Robin Reed did this for you." in Notice.objects.get(person=founder).words


def test_lets_the_social_worker_found_it_for_somebody_without_a_login() -> None:
    council = make_council()
    priya = make_social_worker(council=council)
    founder = make_person(council=council, lead=priya)
    cluster = found_cluster(council=council, about=MUSIC, founders=[founder], by=priya, at=NOW)
    assert cluster.memberships.get().person == founder


@pytest.mark.parametrize("scope", [Scope.SEE, Scope.SPEND, Scope.VOTE])
def test_refuses_a_helper_whose_authority_does_not_reach_so_far(scope: Scope) -> None:
    founder = make_person()
    robin = make_authority(person=founder, scopes=[scope])
    with pytest.raises(UnableToFound, match="a helper who may agree for them"):
        found_cluster(council=founder.council, about=MUSIC, founders=[founder], by=robin.helper, at=NOW)


@pytest.mark.parametrize(
    ("about", "match"),
    [
        (About(name="  "), "Give your cluster a name"),
        (About(name="Music", hoped_members=2), "from 3 to 15 members"),
        (About(name="Music", hoped_members=16), "from 3 to 15 members"),
    ],
)
def test_refuses_what_a_cluster_cannot_be(about: About, match: str) -> None:
    founder = make_founder(make_council())
    with pytest.raises(UnableToFound, match=match):
        found_cluster(council=founder.council, about=about, founders=[founder], by=signs_in(founder), at=NOW)


def test_does_not_begin_the_same_cluster_of_the_same_founder_twice() -> None:
    founder = make_founder(make_council())
    words: dict[str, Any] = {"council": founder.council, "about": MUSIC, "founders": [founder], "at": NOW}
    found_cluster(by=signs_in(founder), **words)
    with pytest.raises(UnableToFound, match="You have started Music makers already"):
        found_cluster(by=signs_in(founder), **words)
    assert Cluster.objects.count() == 1


def test_takes_a_name_in_arabic_of_200_letters() -> None:
    founder = make_founder(make_council())
    name = "ا" * 200
    cluster = found_cluster(
        council=founder.council, about=About(name=name), founders=[founder], by=signs_in(founder), at=NOW
    )
    assert Cluster.objects.get(pk=cluster.pk).name == name
