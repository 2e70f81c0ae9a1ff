"""What the members decide together: each votes, on the page or on paper read by two, and it is counted."""

from datetime import date, timedelta
from uuid import UUID

from clusters.actions import admit_as_decided, cast, close_decision, enter_paper_ballot, open_decision
from clusters.models import BallotChannel, Cluster, Decision, DecisionKind, Membership, RollEntry
from clusters.queries.decisions import PRACTICE_MINUTES
from commonpurse.demo.days import moment
from commonpurse.demo.shapes import Circle, Deal
from commonpurse.demo.story.council import DANIEL, PRIYA
from commonpurse.demo.town import Town
from people.models import PolicyUnit, PolicyValue, User

BY = "system:demo"
SHORT_MINUTES = 10


def decide_to_buy(town: Town, circle: Circle, deal: Deal, *, on: date) -> Decision:
    """Let the members of a circle decide, with a yes of everybody, to buy what a deal offers; counted by a day."""
    cluster, company = town.clusters[circle.ref], town.providers[deal.company]
    decision = open_decision(
        cluster=cluster,
        kind=DecisionKind.CHOOSE_OFFER,
        question=f"Shall we buy “{deal.title}” from {company}?",
        why="We asked around and talked it over. This is the offer that suits us.",
        subject_id=None,
        by=_speaker(cluster),
        at=moment(on - timedelta(days=9), 12),
    )
    return say_yes(town, decision)


def let_in(town: Town, membership: Membership) -> Membership:
    """Let the members decide, with a yes of everybody, on somebody who asked to join them."""
    decision = Decision.objects.get(kind=DecisionKind.ADMIT, subject_id=membership.pk)
    decision = say_yes(town, decision)
    return admit_as_decided(decision=decision, by=BY, at=decision.closes_at)


def say_yes(town: Town, decision: Decision) -> Decision:
    """Let everybody on the roll vote yes within a day, and count it when its time is over."""
    yes = decision.options.get(counts_as="yes")
    for entry in decision.roll.select_related("decision__cluster", "membership__person__user"):
        _vote(town, entry, yes.pk)
    return close_decision(decision=decision, by=BY, at=decision.closes_at)


def let_votes_be_short(town: Town) -> None:
    """Let what is put to the vote from today on last minutes, so that who tries the demo sees how it ends."""
    PolicyValue.objects.create(
        council=town.council,
        code=PRACTICE_MINUTES,
        value=SHORT_MINUTES,
        unit=PolicyUnit.NUMBER,
        effective_date=town.days.on,
        source="Made up: people only practise here",
    )


def _vote(town: Town, entry: RollEntry, option: UUID) -> None:
    """Vote on the page where somebody signs in, else on paper, read by two social workers."""
    decision, person = entry.decision, entry.membership.person
    if person.user is not None:
        at = decision.opened_at + timedelta(hours=5)
        cast(decision=decision, person=person, by=person.user, options=[option], at=at)
        return
    for hours, reader in ((26, PRIYA), (27, DANIEL)):
        enter_paper_ballot(
            entry=entry,
            channel=BallotChannel.PAPER,
            by=town.users[reader],
            options=[option],
            at=decision.opened_at + timedelta(hours=hours),
        )


def _speaker(cluster: Cluster) -> User:
    """Give the first member who signs in."""
    members = cluster.memberships.in_the_pool().filter(person__user__isnull=False).order_by("ref")
    speaker = members.select_related("person__user").first()
    assert speaker is not None and speaker.person.user is not None  # noqa: PT018 - every circle has one
    return speaker.person.user
