"""The professional's word: that pooling is in the person's plan and leaves them safe."""

from datetime import date, datetime

from django.db import transaction

from clusters.actions.join import UnableToJoin, activate
from clusters.actions.steps import locked_membership, move_membership
from clusters.models import Membership, MembershipState, PlanAgreement
from people.models import User
from people.queries import leads
from plans.models import Need, Plan, PlanState


class UnableToAgreePlan(Exception):
    """It is somebody else's turn, or the plan does not carry this."""


@transaction.atomic
def agree_plan(
    *,
    membership: Membership,
    plan: Plan,
    need: Need | None,
    note: str,
    by: User,
    at: datetime,
    joins_on: date | None = None,
) -> PlanAgreement:
    """
    Agree, as the person's lead professional, that their plan carries this pooling, and which need it meets.

    With `joins_on` they become a member from that day in the same step, and what they offered is pledged.

    :raises UnableToAgreePlan: `by` does not lead this person, the members have not agreed yet, the plan is not
        theirs or not agreed, the need is not in it, or they cannot begin on `joins_on`.
    """
    membership = _waiting(membership, by)
    if plan.person_id != membership.person_id or plan.state != PlanState.AGREED:
        raise UnableToAgreePlan("Pooling needs an agreed plan of this person. Agree their plan first.")
    if need is not None and need.plan_id != plan.pk:
        raise UnableToAgreePlan("That need is not in this plan. Choose one that is.")
    agreement = PlanAgreement.objects.create(
        membership=membership, plan=plan, need=need, is_agreed=True, note=note, decided_at=at, decided_by=by
    )
    move_membership(
        membership, to=MembershipState.PLAN_AGREED, reason="The professional agreed", by=by.label, at=at
    )
    if joins_on is not None:
        try:
            activate(membership=membership, on=joins_on, by=by.label)
        except UnableToJoin as refusal:
            raise UnableToAgreePlan(str(refusal)) from refusal
    return agreement


@transaction.atomic
def decline_plan(*, membership: Membership, plan: Plan, note: str, by: User, at: datetime) -> PlanAgreement:
    """
    Say, as the person's lead professional, that this pooling does not fit their plan, and why.

    :raises UnableToAgreePlan: `by` does not lead this person, the members have not agreed yet, the plan is not
        theirs, or no reason is given.
    """
    membership = _waiting(membership, by)
    if plan.person_id != membership.person_id:
        raise UnableToAgreePlan("That is not this person's plan. Choose theirs.")
    if not note.strip():
        raise UnableToAgreePlan("Say why not, and what could change it. The person reads this.")
    agreement = PlanAgreement.objects.create(
        membership=membership, plan=plan, is_agreed=False, note=note, decided_at=at, decided_by=by
    )
    move_membership(membership, to=MembershipState.DECLINED, reason=note[:500], by=by.label, at=at)
    return agreement


def _waiting(membership: Membership, by: User) -> Membership:
    """Give the membership, if it waits for this professional."""
    membership = locked_membership(membership)
    if not leads(by, membership.person):
        raise UnableToAgreePlan("Only this person's lead professional can decide on this.")
    if membership.state == MembershipState.ASKED:
        raise UnableToAgreePlan("The members have not agreed yet. You will be asked once they have.")
    if membership.state != MembershipState.MEMBERS_AGREED:
        raise UnableToAgreePlan("This is decided already. Look at it again.")
    return membership
