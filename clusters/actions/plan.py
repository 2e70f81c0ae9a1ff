"""The professional's word: that pooling is in the person's plan and leaves them safe."""

from datetime import date, datetime

from django.db import transaction

from clusters.actions.join import UnableToJoin, activate
from clusters.actions.steps import locked_membership, move_membership
from clusters.actions.telling import tell_member, tell_professional
from clusters.models import IN_THE_POOL, AskedAgain, Membership, MembershipState, PlanAgreement
from people.models import User
from people.queries import leads
from plans.models import Need, Plan, PlanState

# Who has begun is asked about again: while they are in the pool, and when they have left it.
BEGUN = (*IN_THE_POOL, MembershipState.LEFT)


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

    With `joins_on` they become a member from that day in the same step, and what they offered is pledged. Of a
    member it answers what was asked again, and changes nothing else. The person is told.

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
    if membership.state in BEGUN:
        goes = membership.left_date is not None
        _answer(agreement, kind="plan_after_leaving" if goes else "plan_agreed_again", at=at, by=by)
        return agreement
    move_membership(
        membership, to=MembershipState.PLAN_AGREED, reason="The professional agreed", by=by.label, at=at
    )
    if joins_on is None:
        tell_member(membership, "plan_agreed", at=at, by=by.label, note=note)
        return agreement
    try:
        activate(membership=membership, on=joins_on, by=by.label, at=at)
    except UnableToJoin as refusal:
        raise UnableToAgreePlan(str(refusal)) from refusal
    return agreement


@transaction.atomic
def decline_plan(*, membership: Membership, plan: Plan, note: str, by: User, at: datetime) -> PlanAgreement:
    """
    Say, as the person's lead professional, that this pooling does not fit their plan, and why. The person is told.

    Of a member it answers what was asked again: nothing moves by itself, the two of them talk about it.

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
    if membership.state in BEGUN:
        _answer(agreement, kind="plan_declined_again", at=at, by=by)
        return agreement
    move_membership(membership, to=MembershipState.DECLINED, reason=note[:500], by=by.label, at=at)
    tell_member(membership, "plan_declined", at=at, by=by.label, note=note)
    return agreement


@transaction.atomic
def ask_professional_again(*, membership: Membership, why: str, at: datetime, by: str) -> AskedAgain:
    """
    Put a member's pooling before their professional again, because something in it has changed.

    `why` is a sentence that says what ("They put in £40.00 more from their council money"). It waits on the
    professional's page, who is told; nothing is held up meanwhile. `by`: the label of whoever changed it.
    """
    asked = put_before_professional(membership=membership, why=why, at=at, by=by)
    tell_professional(membership, "plan_asked_again", at=at, by=by, key=str(asked.pk))
    return asked


@transaction.atomic
def put_before_professional(*, membership: Membership, why: str, at: datetime, by: str) -> AskedAgain:
    """Let a member's pooling wait on their professional's page again, where a letter of its own tells them of it."""
    return AskedAgain.objects.create(membership=membership, why=why[:300], asked_at=at, asked_by=by)


def _answer(agreement: PlanAgreement, *, kind: str, at: datetime, by: User) -> None:
    """Let the professional's word answer everything that was asked again, and tell the person."""
    for asked in agreement.membership.asked_again.filter(answer__isnull=True):
        asked.answer = agreement
        asked.save(update_fields=["answer"])
    tell_member(agreement.membership, kind, at=at, by=by.label, key=str(agreement.pk), note=agreement.note)


def _waiting(membership: Membership, by: User) -> Membership:
    """Give the membership, if it waits for this professional."""
    membership = locked_membership(membership)
    if not leads(by, membership.person):
        raise UnableToAgreePlan("Only this person's lead professional can decide on this.")
    if membership.state == MembershipState.ASKED:
        raise UnableToAgreePlan("The members have not agreed yet. You will be asked once they have.")
    is_asked_again = membership.state in BEGUN and membership.asked_again.filter(answer__isnull=True).exists()
    if membership.state != MembershipState.MEMBERS_AGREED and not is_asked_again:
        raise UnableToAgreePlan("This is decided already. Look at it again.")
    return membership
