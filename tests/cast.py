"""The cast of a small council: one of each kind of user, a cluster, and somebody who could join it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from clusters.models import Cluster, ClusterEvent, ClusterState, Membership
from people.models import Council, Person, RoleKind, User
from plans.models import Plan
from tests.budgets.makers import make_budget
from tests.clusters.makers import make_agreement, make_member
from tests.people.makers import (
    make_commissioner,
    make_council,
    make_person,
    make_social_worker,
    make_user,
    make_user_with_role,
)
from tests.plans.makers import make_plan

ON = date(2026, 5, 4)
NINE = datetime.combine(ON, time(9), tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Cast:
    """
    Everybody of one council.

    Amina is a member of the cluster and has put 1,000 pounds in; Ben is not, has 950.40 left and an agreed plan.
    Priya leads both.
    """

    council: Council
    priya: User
    carol: User
    farah: User
    amina: Person
    ben: Person
    cluster: Cluster
    membership: Membership
    plan: Plan

    @property
    def amina_user(self) -> User:
        """Amina, as she signs in."""
        assert self.amina.user is not None
        return self.amina.user

    @property
    def ben_user(self) -> User:
        """Ben, as he signs in."""
        assert self.ben.user is not None
        return self.ben.user


def make_cast(*, on: date = ON, code: str = "", name: str = "Testshire Council") -> Cast:
    """A council with everybody in it, as things stand on a day."""
    council = make_council(code=code, name=name)
    priya = make_social_worker(council=council)
    amina = make_citizen(
        council=council,
        lead=priya,
        name="Amina Yusuf",
        on=on,
        pence={"council": 10_000_00, "health": 2_000_00},
    )
    ben = make_citizen(council=council, lead=priya, name="Ben Carter", on=on, pence={"council": 950_40})
    cluster = make_open_cluster(council=council, on=on)
    membership = make_member(
        cluster=cluster, person=amina, pledged={"council": 1_000_00}, joined_date=on - timedelta(days=30)
    )
    amina.plans.update(review_due_date=on + timedelta(days=60))
    plan = make_plan(person=ben)
    Plan.objects.filter(pk=plan.pk).update(review_due_date=on + timedelta(days=5))
    return Cast(
        council=council,
        priya=priya,
        carol=make_commissioner(council=council),
        farah=make_user_with_role(council=council, kind=RoleKind.FINANCE_OFFICER, name="Farah Khan"),
        amina=amina,
        ben=ben,
        cluster=cluster,
        membership=membership,
        plan=plan,
    )


def make_citizen(
    *, council: Council, lead: User, name: str, on: date, pence: dict[str, int], email: str = ""
) -> Person:
    """Somebody who signs in and has a budget that began two months before a day and lasts a year."""
    person = make_person(council=council, name=name, user=make_user(name=name, email=email), lead=lead)
    start = on - timedelta(days=60)
    make_budget(person=person, pence=pence, start_date=start, end_date=start + timedelta(days=365))
    return person


def make_open_cluster(
    *, council: Council, on: date, name: str = "Elm Street neighbours", area: str = "Elm Street"
) -> Cluster:
    """A cluster that takes people, with a signed agreement and something special-category in common."""
    cluster = Cluster.objects.create(
        council=council,
        ref=f"CL-{Cluster.objects.count() + 1:03d}",
        name=name,
        purpose="We cook together and share a carer in the evening.",
        area=area,
        in_common="Somali-speaking",
        state=ClusterState.ACTIVE,
    )
    ClusterEvent.objects.create(
        cluster=cluster, to_state=cluster.state, acted_by="system:tests", reason="Made"
    )
    make_agreement(cluster=cluster, signed_date=on - timedelta(days=40))
    return cluster
