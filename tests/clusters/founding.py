"""Clusters that are only beginning, for tests: founders who sign in, and what they would agree."""

from datetime import UTC, datetime
from typing import Any

from clusters.actions import About, begin_draft, found_cluster, put_draft, save_draft
from clusters.models import Agreement, AgreementDraft, Cluster, Membership
from people.models import Council, Person, User
from tests.budgets.makers import make_budget
from tests.people.makers import make_council, make_person, make_social_worker, make_user
from tests.plans.makers import make_plan

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
MUSIC = About(name="Music makers", purpose="We play together", area="Elm Street", hoped_members=5)
ANSWERS: dict[str, Any] = {
    "words": "We play every Tuesday",
    "services": ["TUTOR-HR", "MINIBUS"],
    "share-TUTOR-HR": "equal",
    "share-MINIBUS": "by_use",
    "on_holiday": "pays_anyway",
    "on_illness": "others_cover",
    "notice_days": 14,
    "leaving_words": "",
    "admit_method": "consent",
    "joining_words": "",
    "unhappy_words": "We meet within a week",
    "money_method": "majority",
    "change_method": "two_thirds",
    "quorum_votes": 1,
    "quorum_of": 2,
    "voting_days": 7,
    "is_secret": False,
    "reserve_percent": 5,
    "surplus_words": "We keep it for next year",
}


def make_founder(council: Council, *, name: str = "Amina Yusuf", pence: int = 500_00) -> Person:
    """Somebody with a login, a lead professional, an agreed plan and a budget."""
    person = make_person(
        council=council, name=name, user=make_user(name=name), lead=make_social_worker(council=council)
    )
    make_budget(person=person, pence={"council": pence})
    make_plan(person=person)
    return person


def signs_in(person: Person) -> User:
    """The person as they sign in."""
    assert person.user is not None
    return person.user


def make_beginning(*, founders: int = 3, council: Council | None = None) -> Cluster:
    """A cluster that so many people are founding; nothing is written yet."""
    council = council or make_council()
    people = [make_founder(council, name=f"Founder {number}") for number in range(founders)]
    return found_cluster(council=council, about=MUSIC, founders=people, by=signs_in(people[0]), at=NOW)


def parts(cluster: Cluster) -> list[Membership]:
    """Everybody's part in it, in the order they came."""
    return list(cluster.memberships.select_related("person__user", "cluster__council").order_by("ref"))


def make_draft(cluster: Cluster, **said: Any) -> AgreementDraft:
    """A draft with an answer to everything."""
    by = signs_in(parts(cluster)[0].person)
    draft = begin_draft(cluster=cluster, by=by, at=NOW)
    return save_draft(draft=draft, answers=ANSWERS | said, by=by, at=NOW)


def make_put(cluster: Cluster, *, why: str = "It is better so", **said: Any) -> Agreement:
    """A version that was put to the members."""
    by = signs_in(parts(cluster)[0].person)
    return put_draft(draft=make_draft(cluster, **said), why=why, by=by, at=NOW)
