"""From founding a cluster to money in its pool: each step by the right person, in the right order."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from clusters.actions import (
    About,
    UnableToAgreePlan,
    UnableToFound,
    UnableToJoin,
    activate,
    agree_plan,
    ask_to_join,
    decline_plan,
    found_cluster,
    members_agree,
    members_decline,
    sign_agreement,
    write_agreement,
)
from clusters.models import (
    Cluster,
    ClusterPolicy,
    ClusterState,
    Membership,
    MembershipState,
    PlanAgreement,
    SharingRule,
)
from clusters.queries import money_in_pool
from ledger.models import Entry
from people.models import Council, Person, User
from plans.models import PlanState
from tests.budgets.makers import make_budget, make_stream
from tests.clusters.makers import make_cluster, make_member
from tests.clusters.voting import let_in
from tests.people.makers import make_council, make_person, make_social_worker, make_user
from tests.plans.makers import make_plan

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
ON = date(2026, 5, 4)
MUSIC = About(name="Music")


def make_asker(council: Council, *, pence: int = 500_00) -> Person:
    """Somebody with a login, a lead professional, an agreed plan and a budget."""
    person = make_person(council=council, user=make_user(), lead=make_social_worker(council=council))
    make_budget(person=person, pence={"council": pence})
    make_plan(person=person)
    return person


def user_of(person: Person) -> User:
    assert person.user is not None
    return person.user


def lead_of(person: Person) -> User:
    assert person.lead_professional is not None
    return person.lead_professional


def ask(cluster: Cluster, person: Person, pence: int = 200_00) -> Membership:
    offer = {make_stream(council=cluster.council): pence}
    return ask_to_join(cluster=cluster, person=person, proposed=offer, by=user_of(person), at=NOW)


def make_inside(cluster: Cluster) -> User:
    """Somebody who is a member already, with a login."""
    user = make_user()
    make_member(cluster=cluster, person=make_person(council=cluster.council, user=user))
    return user


def agree(membership: Membership, *, by: User | None = None, joins_on: date | None = None) -> PlanAgreement:
    plan = membership.person.plans.get()
    return agree_plan(
        membership=membership,
        plan=plan,
        need=plan.needs.get(),
        note="",
        by=by or lead_of(membership.person),
        at=NOW,
        joins_on=joins_on,
    )


def states(membership: Membership) -> list[str]:
    return list(membership.events.order_by("pk").values_list("to_state", flat=True))


def test_three_founders_make_a_cluster_and_its_pool() -> None:
    council = make_council()
    founders = [make_asker(council) for _ in range(3)]
    cluster = found_cluster(council=council, about=MUSIC, founders=founders, by=user_of(founders[0]), at=NOW)
    agreement = write_agreement(
        cluster=cluster, words="We play", sharing={"TUTOR": SharingRule.EQUAL}, by=user_of(founders[1])
    )
    for count, membership in enumerate(cluster.memberships.order_by("ref"), start=1):
        sign_agreement(agreement=agreement, membership=membership, by=user_of(membership.person), at=NOW)
        agreement.refresh_from_db()
        assert (agreement.signed_date is not None) == (count == 3)
    assert Cluster.objects.get().state == ClusterState.AGREED
    for membership in cluster.memberships.all():
        agree(membership, joins_on=ON)
    assert Cluster.objects.get().state == ClusterState.ACTIVE
    assert list(cluster.events.order_by("happened_at", "pk").values_list("to_state", flat=True)) == [
        "forming",
        "agreed",
        "active",
    ]


def test_brings_what_was_offered_into_the_pool_on_the_day() -> None:
    cluster = make_cluster()
    make_inside(cluster)
    amina = make_asker(cluster.council)
    membership = let_in(ask(cluster, amina))
    assert membership.signatures.count() == 1
    assert not membership.pledges.exists()
    agree(membership, joins_on=ON)
    membership.refresh_from_db()
    assert (membership.state, membership.joined_date) == (MembershipState.ACTIVE, ON)
    assert money_in_pool(membership=membership)[0].share_pence == 200_00
    assert states(membership) == ["asked", "members_agreed", "plan_agreed", "active"]


def test_nobody_skips_a_step() -> None:
    cluster = make_cluster()
    make_inside(cluster)
    membership = ask(cluster, make_asker(cluster.council))
    with pytest.raises(UnableToAgreePlan, match="The members have not agreed yet"):
        agree(membership)
    let_in(membership)
    with pytest.raises(UnableToJoin, match="lead professional has not agreed yet"):
        activate(membership=membership, on=ON, by="user:1", at=NOW)


def test_only_the_lead_professional_agrees() -> None:
    cluster = make_cluster()
    inside, amina = make_inside(cluster), make_asker(cluster.council)
    membership = let_in(ask(cluster, amina))
    for other in (user_of(amina), inside, make_social_worker(council=cluster.council)):
        with pytest.raises(UnableToAgreePlan, match="Only this person's lead professional"):
            agree(membership, by=other)


def test_pooling_stands_on_an_agreed_plan_and_a_need_in_it() -> None:
    cluster = make_cluster()
    make_inside(cluster)
    amina = make_asker(cluster.council)
    membership = let_in(ask(cluster, amina))
    other = make_plan(person=make_person(council=cluster.council))
    draft = make_plan(person=amina, state=PlanState.SUBMITTED)
    words: dict[str, Any] = {"membership": membership, "note": "", "by": lead_of(amina), "at": NOW}
    for plan in (other, draft):
        with pytest.raises(UnableToAgreePlan, match="Agree their plan first"):
            agree_plan(plan=plan, need=None, **words)
    with pytest.raises(UnableToAgreePlan, match="not in this plan"):
        agree_plan(plan=amina.plans.get(version=1), need=other.needs.get(), **words)


def test_a_no_of_the_professional_says_why_and_ends_it() -> None:
    cluster = make_cluster()
    make_inside(cluster)
    amina = make_asker(cluster.council)
    membership = let_in(ask(cluster, amina))
    plan, lead = amina.plans.get(), lead_of(amina)
    with pytest.raises(UnableToAgreePlan, match="Say why not"):
        decline_plan(membership=membership, plan=plan, note=" ", by=lead, at=NOW)
    decision = decline_plan(
        membership=membership, plan=plan, note="Mornings are not covered", by=lead, at=NOW
    )
    assert not decision.is_agreed
    assert states(membership)[-1] == MembershipState.DECLINED
    with pytest.raises(UnableToAgreePlan, match="decided already"):
        agree(membership)
    assert ask(cluster, amina).state == MembershipState.ASKED


def make_forming(council: Council) -> tuple[Cluster, User]:
    """A cluster that is only beginning, and its founder as they sign in."""
    founder = make_asker(council)
    found = found_cluster(council=council, about=MUSIC, founders=[founder], by=user_of(founder), at=NOW)
    return found, user_of(founder)


def test_only_founders_say_who_joins_while_a_cluster_forms() -> None:
    cluster, founder = make_forming(make_council())
    amina = make_asker(cluster.council)
    membership = ask(cluster, amina)
    for other in (user_of(amina), make_inside(make_cluster(council=cluster.council)), lead_of(amina)):
        with pytest.raises(UnableToJoin, match="Only members of the cluster"):
            members_agree(membership=membership, by=other, at=NOW)
    with pytest.raises(UnableToJoin, match="Say why"):
        members_decline(membership=membership, reason="", by=founder, at=NOW)
    declined = members_decline(membership=membership, reason="We are too many", by=founder, at=NOW)
    assert declined.state == MembershipState.DECLINED
    with pytest.raises(UnableToJoin, match="decided already"):
        members_agree(membership=membership, by=founder, at=NOW)


def test_once_a_cluster_stands_one_member_alone_lets_nobody_in() -> None:
    cluster = make_cluster()
    inside = make_inside(cluster)
    membership = ask(cluster, make_asker(cluster.council))
    with pytest.raises(UnableToJoin, match="The members decide on this together"):
        members_agree(membership=membership, by=inside, at=NOW)
    assert cluster.decisions.get().subject_id == membership.pk


def test_refuses_to_ask_twice_for_another_or_of_another_council() -> None:
    cluster = make_cluster()
    amina = make_asker(cluster.council)
    ask(cluster, amina)
    with pytest.raises(UnableToJoin, match="You need not ask again"):
        ask(cluster, amina)
    with pytest.raises(UnableToJoin, match="belongs to another council"):
        ask(make_cluster(), amina)
    offer = {make_stream(council=cluster.council): 1}
    with pytest.raises(UnableToJoin, match="Only you, or your helper"):
        ask_to_join(
            cluster=cluster, person=make_asker(cluster.council), proposed=offer, by=make_user(), at=NOW
        )


def test_refuses_an_offer_above_what_is_left_and_says_the_figure() -> None:
    cluster = make_cluster()
    amina = make_asker(cluster.council, pence=95_40)
    with pytest.raises(
        UnableToJoin, match=r"You can't put in £120.00 yet: £95.40 is left in your council money"
    ):
        ask(cluster, amina, pence=120_00)
    with pytest.raises(UnableToJoin, match="Say how much"):
        ask(cluster, amina, pence=0)
    assert not cluster.memberships.exists()


def test_a_cluster_is_full_at_the_councils_number() -> None:
    cluster = make_cluster()
    ClusterPolicy.objects.create(
        council=cluster.council,
        effective_date=ON,
        least_members=2,
        most_members=2,
        source="Cabinet, May 2026",
    )
    for _ in range(2):
        make_member(cluster=cluster)
    with pytest.raises(UnableToJoin, match="full: a cluster here has up to 2 members"):
        ask(cluster, make_asker(cluster.council))


@pytest.mark.parametrize("state", [ClusterState.FROZEN, ClusterState.WINDING_DOWN, ClusterState.CLOSED])
def test_a_cluster_that_is_not_open_takes_nobody(state: ClusterState) -> None:
    cluster = make_cluster(state=state)
    with pytest.raises(UnableToJoin, match="takes nobody new"):
        ask(cluster, make_asker(cluster.council))


def test_moves_nothing_when_the_money_went_elsewhere_meanwhile() -> None:
    cluster = make_cluster()
    make_inside(cluster)
    amina = make_asker(cluster.council, pence=200_00)
    membership = let_in(ask(cluster, amina))
    make_member(cluster=make_cluster(council=cluster.council), person=amina, pledged={"council": 50_00})
    plan = amina.plans.get(version=1)
    entries = Entry.objects.count()
    with pytest.raises(UnableToAgreePlan, match=r"£150.00 is left in your council money"):
        agree_plan(
            membership=membership, plan=plan, need=None, note="", by=lead_of(amina), at=NOW, joins_on=ON
        )
    membership.refresh_from_db()
    assert (membership.state, membership.joined_date) == (MembershipState.MEMBERS_AGREED, None)
    assert Entry.objects.count() == entries


def test_who_comes_back_gets_a_new_membership_from_the_day_they_left_on() -> None:
    cluster = make_cluster()
    make_inside(cluster)
    amina = make_asker(cluster.council)
    gone = make_member(
        cluster=cluster, person=amina, ref=f"{cluster.ref}-03", pledged={}, left_date=date(2026, 5, 20)
    )
    again = let_in(ask(cluster, amina))
    assert again.ref not in {
        gone.ref,
        *cluster.memberships.exclude(pk=again.pk).values_list("ref", flat=True),
    }
    plan = amina.plans.get(version=1)
    words: dict[str, Any] = {
        "membership": again,
        "plan": plan,
        "need": None,
        "note": "",
        "by": lead_of(amina),
        "at": NOW,
    }
    with pytest.raises(UnableToAgreePlan, match="member until 20 May 2026 already"):
        agree_plan(joins_on=date(2026, 5, 19), **words)
    agree_plan(joins_on=date(2026, 5, 20), **words)
    again.refresh_from_db()
    assert again.joined_date == date(2026, 5, 20)


def test_a_founder_belongs_to_the_council_and_begins_it_themself() -> None:
    council = make_council()
    amina = make_asker(council)
    words: dict[str, Any] = {"council": council, "ref": "CL-1", "about": MUSIC, "at": NOW}
    with pytest.raises(UnableToFound, match="at least one person"):
        found_cluster(founders=[], by=user_of(amina), **words)
    with pytest.raises(UnableToFound, match="another council"):
        found_cluster(founders=[amina, make_asker(make_council())], by=user_of(amina), **words)
    with pytest.raises(UnableToFound, match="Only the people who start"):
        found_cluster(founders=[amina], by=make_user(), **words)
    found_cluster(founders=[amina], by=user_of(amina), **words)
    with pytest.raises(UnableToFound, match="Choose another"):
        found_cluster(founders=[make_asker(council)], by=lead_of(amina), **words)


def test_members_begin_only_once_the_agreement_is_signed() -> None:
    council = make_council()
    amina = make_asker(council)
    cluster = found_cluster(council=council, about=MUSIC, founders=[amina], by=user_of(amina), at=NOW)
    membership = cluster.memberships.get()
    agree(membership)
    with pytest.raises(UnableToJoin, match="agreement is not signed yet"):
        activate(membership=membership, on=ON, by="user:1", at=NOW)


def test_nobody_begins_who_has_not_signed_themselves() -> None:
    council = make_council()
    people = [make_asker(council) for _ in range(4)]
    cluster = found_cluster(council=council, about=MUSIC, founders=people, by=user_of(people[0]), at=NOW)
    agreement = write_agreement(
        cluster=cluster, words="We play", sharing={"TUTOR": SharingRule.EQUAL}, by=user_of(people[0])
    )
    *signers, last = cluster.memberships.order_by("ref")
    for signer in signers:
        sign_agreement(agreement=agreement, membership=signer, by=user_of(signer.person), at=NOW)
    with pytest.raises(UnableToAgreePlan, match="has not signed what Music agreed yet"):
        agree(last, joins_on=ON)
    agree(last)
    sign_agreement(agreement=agreement, membership=last, by=user_of(last.person), at=NOW)
    assert activate(membership=last, on=ON, by="user:1", at=NOW).joined_date == ON
