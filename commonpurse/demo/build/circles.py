"""Clusters, from their founding to those who joined later, left, or are still asking."""

from datetime import date, timedelta

from budgets.queries import budget_on
from clusters import actions
from clusters.actions.steps import move_membership
from clusters.models import Cluster, Membership, MembershipState
from commissioning.actions.settle import settle
from commonpurse.demo.build.decisions import let_in
from commonpurse.demo.days import moment
from commonpurse.demo.shapes import Asking, Circle, Member
from commonpurse.demo.story import CIRCLES
from commonpurse.demo.story.events import ASKINGS
from commonpurse.demo.town import Town
from people.models import Person, User
from plans.models import MetBy, Need, Plan, PlanState

SAFE = "It meets what the plan asks for, and enough is left for everything else."


def found_circles(town: Town) -> None:
    """Found every cluster; all but those still forming sign their agreement and fill their pool."""
    for circle in CIRCLES:
        founders = [member for member in circle.members if member.joins is None]
        cluster = _found(town, circle, founders)
        if not circle.is_forming:
            _bring_to_life(town, circle, cluster, founders)


def let_others_join(town: Town) -> None:
    """Let those join who came later, by asking like everybody."""
    for circle in CIRCLES:
        for member in circle.members:
            if member.joins is not None:
                _join_later(town, circle, member, town.days.month(member.joins))


def let_some_leave(town: Town) -> None:
    """Say who leaves, and from which day on; from then on nothing is shared with them."""
    for circle, member, left_date in _leavers(town):
        membership = town.memberships[circle.ref, member.person.ref]
        membership.left_date = left_date
        lead = town.users[member.person.lead]
        move_membership(
            membership,
            to=MembershipState.ON_NOTICE,
            reason="Leaves with thanks, for a job",
            by=lead.label,
            at=moment(left_date - timedelta(days=7)),
        )


def settle_with_leavers(town: Town) -> None:
    """Give those who left what is left of their share back to their own budget, once the last bills are in."""
    for circle, member, left_date in _leavers(town):
        membership = town.memberships[circle.ref, member.person.ref]
        for day in (left_date, town.days.on):
            settle(membership=membership, by="system:demo", at=moment(day))


def let_people_ask(town: Town) -> None:
    """Let people ask to join whose answer is still to come, or was no."""
    for asking in ASKINGS:
        _ask(town, asking)


def _found(town: Town, circle: Circle, founders: list[Member]) -> Cluster:
    people = [town.people[member.person.ref] for member in founders]
    by = next(person.user for person in people if person.user)
    started = town.days.ago(8) if circle.is_forming else moment(town.days.founding, 9)
    cluster = actions.found_cluster(
        council=town.council,
        ref=circle.ref,
        about=actions.About(
            name=circle.name, purpose=circle.purpose, area=circle.area, in_common=circle.in_common
        ),
        founders=people,
        by=by,
        at=started,
    )
    town.clusters[circle.ref] = cluster
    for membership in cluster.memberships.select_related("person"):
        town.memberships[circle.ref, membership.person.ref] = membership
    actions.write_agreement(cluster=cluster, words=circle.agreement, sharing=circle.terms, by=by, at=started)
    return cluster


def _bring_to_life(town: Town, circle: Circle, cluster: Cluster, founders: list[Member]) -> None:
    """Have the founders' professionals agree, the agreement signed, and the money pledged."""
    agreement = cluster.agreements.get()
    signing, joining = town.days.founding + timedelta(days=8), town.days.joining
    for member in founders:
        membership, lead = town.memberships[circle.ref, member.person.ref], town.users[member.person.lead]
        _agree(membership, lead, on=town.days.founding + timedelta(days=5))
        by = membership.person.user or lead
        actions.sign_agreement(agreement=agreement, membership=membership, by=by, at=moment(signing))
    for member in founders:
        key = (circle.ref, member.person.ref)
        by = town.users[member.person.email or member.person.lead]
        membership = actions.activate(
            membership=town.memberships[key], on=joining, by=by.label, at=moment(joining)
        )
        town.memberships[key] = membership
        budget = budget_on(person=membership.person, on=joining)
        assert budget is not None  # every member of the story has one
        for code, weekly_pence in member.weekly.items():
            actions.pledge(
                membership=membership,
                budget=budget,
                stream=town.streams[code],
                amount_pence=town.days.until_year_end(joining, weekly_pence),
                on=joining,
                by=by.label,
            )


def _agree(membership: Membership, lead: User, *, on: date, joins_on: date | None = None) -> None:
    plan, need = _plan_for(membership.person)
    actions.agree_plan(
        membership=membership, plan=plan, need=need, note=SAFE, by=lead, at=moment(on, 14), joins_on=joins_on
    )


def _plan_for(person: Person) -> tuple[Plan, Need | None]:
    """Give somebody's agreed plan and the need in it that a cluster meets."""
    plan = person.plans.filter(state=PlanState.AGREED).latest("version")
    return plan, plan.needs.filter(met_by=MetBy.CLUSTER).order_by("pk").first()


def _join_later(town: Town, circle: Circle, member: Member, joining: date) -> None:
    """Ask, be agreed to by a member and by the professional, and begin on a day."""
    person, lead = town.people[member.person.ref], town.users[member.person.lead]
    membership = actions.ask_to_join(
        cluster=town.clusters[circle.ref],
        person=person,
        proposed={
            town.streams[code]: town.days.until_year_end(joining, weekly_pence)
            for code, weekly_pence in member.weekly.items()
        },
        by=person.user or lead,
        at=moment(joining - timedelta(days=20)),
    )
    let_in(town, membership)
    _agree(membership, lead, on=joining - timedelta(days=6), joins_on=joining)
    membership.refresh_from_db()
    town.memberships[circle.ref, member.person.ref] = membership


def _ask(town: Town, asking: Asking) -> None:
    person = town.people[asking.person.ref]
    membership = actions.ask_to_join(
        cluster=town.clusters[asking.circle],
        person=person,
        proposed={town.streams[code]: pence for code, pence in asking.offers.items()},
        by=town.users[asking.person.email],
        at=town.days.ago(asking.days_ago),
    )
    if asking.members_agree:
        let_in(town, membership)
    if asking.declined:
        plan, _ = _plan_for(person)
        lead = town.users[asking.person.lead]
        actions.decline_plan(
            membership=membership,
            plan=plan,
            note=asking.declined,
            by=lead,
            at=town.days.ago(asking.days_ago - 9),
        )


def _leavers(town: Town) -> list[tuple[Circle, Member, date]]:
    return [
        (circle, member, town.days.month(member.leaves))
        for circle in CIRCLES
        for member in circle.members
        if member.leaves is not None
    ]
