"""Loading memberships with their plans as given, and the pledges that fill the pools."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import uuid4

from django.utils import timezone

from budgets.models import FundingStream
from clusters.models import Cluster, Membership, MembershipEvent, MembershipState, PlanAgreement, Pledge
from invoices.actions.load.people import Budgets
from invoices.actions.load.post import Paid, post_all
from invoices.actions.load.rows import write_all
from ledger.actions import AccountName
from ledger.models import AccountKind
from people.models import Council, Person
from people.rules import Row
from plans.models import Plan, PlanState

AS_GIVEN = "Loaded as given"


def load_memberships(
    rows: Sequence[Row],
    clusters: Mapping[str, Cluster],
    people: Mapping[str, Person],
    *,
    at: datetime,
    by: str,
) -> Mapping[str, Membership]:
    """Write the memberships by reference, each with its event, and a plan that supports the pooling, as given."""
    on = timezone.localdate(at)
    memberships = write_all(
        Membership(
            cluster=clusters[row.values["cluster_ref"]],
            person=people[row.values["person_ref"]],
            ref=row.values["membership_ref"],
            state=_state(row.values["left_date"], on),
            joined_date=row.values["joined_date"],
            left_date=row.values["left_date"],
        )
        for row in rows
    )
    write_all(
        MembershipEvent(membership=membership, to_state=membership.state, acted_by=by, reason=AS_GIVEN)
        for membership in memberships
    )
    pooling = {membership.person_id: membership.person for membership in memberships}
    plans = write_all(
        Plan(person=person, state=PlanState.AGREED, agreed_at=at, is_loaded=True)
        for person in pooling.values()
    )
    plan_of = {plan.person_id: plan for plan in plans}
    write_all(
        PlanAgreement(
            membership=membership,
            plan=plan_of[membership.person_id],
            is_agreed=True,
            note=AS_GIVEN,
            is_loaded=True,
        )
        for membership in memberships
    )
    return {membership.ref: membership for membership in memberships}


def load_pledges(
    council: Council,
    rows: Sequence[Row],
    memberships: Mapping[str, Membership],
    budgets: Budgets,
    streams: Mapping[str, FundingStream],
    *,
    by: str,
) -> None:
    """Move every pledge from its budget into the member's share of the pool, and write it down."""
    pledges = []
    for row in rows:
        membership = memberships[row.values["membership_ref"]]
        on = row.values["effective_date"]
        [budget] = [each for each in budgets[membership.person.ref] if each.start_date <= on < each.end_date]
        pledges.append(
            Pledge(
                membership=membership,
                budget=budget,
                stream=streams[row.values["stream"]],
                amount_pence=row.values["amount_pence"],
                effective_date=on,
            )
        )
    paid = [_pledged(pledge) for pledge in pledges]
    entries = post_all(book_id=council.book_id, kind="pledge", paid=paid, by=by)
    for pledge, entry_id in zip(pledges, entries, strict=True):
        assert entry_id is not None  # a pledge is above nothing, so it has its entry
        pledge.entry_id = entry_id
    write_all(pledges)


def _state(left: date | None, on: date) -> MembershipState:
    """Say how far a membership has come on a day, by when it ends (exclusive)."""
    if left is None:
        return MembershipState.ACTIVE
    return MembershipState.LEFT if left <= on else MembershipState.ON_NOTICE


def _pledged(pledge: Pledge) -> Paid:
    """Say what one pledge moves."""
    code = pledge.stream.code
    return Paid(
        key=f"pledge:{pledge.membership_id}:{uuid4()}",
        source=AccountName(AccountKind.BUDGET, pledge.budget_id, code),
        target=AccountName(AccountKind.POOL_SHARE, pledge.membership_id, code),
        amount_pence=pledge.amount_pence,
        effective_date=pledge.effective_date,
        reason=f"Pledged to the pool from {pledge.stream.name}",
    )
