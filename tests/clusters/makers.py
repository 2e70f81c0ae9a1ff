"""Clusters and their members for tests."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from itertools import count

from budgets.models import Budget
from budgets.queries import budget_on
from clusters.actions import pledge
from clusters.actions.give_back import give_back
from clusters.models import (
    Absence,
    Agreement,
    AwayCause,
    Cluster,
    ClusterEvent,
    ClusterState,
    Membership,
    MembershipState,
    PlanAgreement,
    ReturnReason,
    SharingRule,
    SharingTerm,
    Signature,
    WhenAway,
)
from people.models import Council, Person
from tests.budgets.makers import make_budget, make_stream
from tests.people.makers import YEAR_START, make_council, make_person
from tests.plans.makers import make_plan

USUAL_SHARING = {
    "HC-HOUR": SharingRule.BY_USE,
    "SESSION": SharingRule.EQUAL,
    "MINIBUS": SharingRule.BY_PLEDGE,
}
_numbers = count(1)


def make_cluster(
    *,
    council: Council | None = None,
    ref: str = "",
    name: str = "Elm Street neighbours",
    state: ClusterState = ClusterState.ACTIVE,
    sharing: Mapping[str, SharingRule] = USUAL_SHARING,
    on_holiday: WhenAway = WhenAway.PAYS_ANYWAY,
    on_illness: WhenAway = WhenAway.PAYS_ANYWAY,
) -> Cluster:
    """A cluster as loaded: in the state asked for, and, once it is past forming, with a signed agreement."""
    cluster = Cluster.objects.create(
        council=council or make_council(),
        ref=ref or f"CL-{next(_numbers):03d}",
        name=name,
        purpose="Company and help at home",
        in_common="neighbourhood",
        state=state,
    )
    ClusterEvent.objects.create(cluster=cluster, to_state=state, acted_by="system:tests", reason="Made")
    if state != ClusterState.FORMING:
        make_agreement(
            cluster=cluster,
            sharing=sharing,
            signed_date=YEAR_START,
            on_holiday=on_holiday,
            on_illness=on_illness,
        )
    return cluster


def make_agreement(
    *,
    cluster: Cluster,
    sharing: Mapping[str, SharingRule] = USUAL_SHARING,
    signed_date: date | None = None,
    on_holiday: WhenAway = WhenAway.PAYS_ANYWAY,
    on_illness: WhenAway = WhenAway.PAYS_ANYWAY,
) -> Agreement:
    """The next version of a cluster's agreement; with a date it is signed, as loaded."""
    agreement = Agreement.objects.create(
        cluster=cluster,
        version=cluster.agreements.count() + 1,
        words="We look out for each other",
        on_holiday=on_holiday,
        on_illness=on_illness,
        is_loaded=True,
    )
    SharingTerm.objects.bulk_create(
        SharingTerm(agreement=agreement, service_code=code, rule=rule) for code, rule in sharing.items()
    )
    if signed_date is not None:
        agreement.signed_date = signed_date
        agreement.save(update_fields=["signed_date"])
    return agreement


def make_signature(*, cluster: Cluster, membership: Membership) -> Signature:
    """A member's own signature under the agreement that binds; it is written first where there is none."""
    binding = cluster.agreements.filter(signed_date__isnull=False).order_by("-version").first()
    return Signature.objects.create(
        agreement=binding or make_agreement(cluster=cluster, signed_date=YEAR_START),
        membership=membership,
        signed_date=YEAR_START,
        signed_by="system:tests",
    )


def make_member(
    *,
    cluster: Cluster | None = None,
    person: Person | None = None,
    ref: str = "",
    pledged: Mapping[str, int] | None = None,
    joined_date: date = YEAR_START,
    left_date: date | None = None,
    plan_agreed: bool = True,
) -> Membership:
    """
    A member whose pledge (by default 1,000 pounds of council money) is in the pool from the day they joined.

    Without a person, a new one with a budget big enough; their professional's agreement is as loaded. With a
    `left_date` they leave on it; what they pledged is still to be settled.
    """
    cluster = cluster or make_cluster()
    pence = {"council": 1_000_00} if pledged is None else dict(pledged)
    person = person or make_person(council=cluster.council)
    membership = Membership.objects.create(
        cluster=cluster,
        person=person,
        ref=ref or f"M-{next(_numbers):05d}",
        state=MembershipState.ACTIVE,
        joined_date=joined_date,
    )
    PlanAgreement.objects.create(
        membership=membership,
        plan=make_plan(person=person),
        is_agreed=plan_agreed,
        note="" if plan_agreed else "Not safe yet",
        is_loaded=True,
    )
    for code, amount in pence.items():
        make_pledge(membership=membership, stream=code, amount_pence=amount, on=joined_date)
    if left_date is not None:
        gone = MembershipState.ON_NOTICE if pence else MembershipState.LEFT
        membership.state, membership.left_date = gone, left_date
        membership.save(update_fields=["state", "left_date"])
    return membership


def make_pledge(*, membership: Membership, stream: str, amount_pence: int, on: date) -> None:
    """Money pledged from a stream; where the member has no budget yet, an ample one is agreed first."""
    person = membership.person
    pledge(
        membership=membership,
        budget=budget_on(person=person, on=on) or _ample_budget(person),
        stream=make_stream(council=person.council, code=stream),
        amount_pence=amount_pence,
        on=on,
        by="system:tests",
    )


def make_return(*, membership: Membership, stream: str, amount_pence: int, on: date) -> None:
    """Money taken back from a share to the budget it came from, while they stay a member."""
    give_back(
        membership,
        {make_stream(council=membership.cluster.council, code=stream): amount_pence},
        key=f"reduce:{membership.pk}:{next(_numbers)}",
        reason=ReturnReason.REDUCED,
        by="system:tests",
        at=datetime.combine(on, time(9), tzinfo=UTC),
    )


def _ample_budget(person: Person) -> Budget:
    """A budget with 100,000 pounds from each of three streams."""
    return make_budget(person=person, pence=dict.fromkeys(("council", "contribution", "health"), 100_000_00))


def make_absence(
    *, membership: Membership, start_date: date, end_date: date, cause: AwayCause = AwayCause.HOLIDAY
) -> Absence:
    """Days on which a member is away, as if they had said so themselves; `end_date` is exclusive."""
    return Absence.objects.create(
        membership=membership,
        start_date=start_date,
        end_date=end_date,
        cause=cause,
        said_by="system:tests",
    )
