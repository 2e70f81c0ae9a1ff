"""Changing one's share: more, less, paused and put back; never more than is there, each step told, each form once."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from budgets.models import FundingStream
from clusters.actions import UnableToPledge
from clusters.actions.pause import UnableToPause, pause, resume
from clusters.actions.pledge_more import pledge_more
from clusters.actions.reduce import UnableToReduce, reduce_pledge
from clusters.models import Membership, MembershipState, PlanAgreement, Pledge, PledgeReturn
from clusters.queries import money_in_pool
from clusters.queries.share import paused_of
from people.models import Notice, Scope, User
from reconciliation.queries.faults import faults
from tests.budgets.makers import make_budget, make_stream
from tests.clusters.makers import make_member, make_pledge
from tests.commissioning.leavers import in_budget, in_pool, make_promised, make_three, user_of
from tests.people.makers import make_authority, make_user

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 5, 4, 8, tzinfo=UTC)


def stream_of(member: Membership, code: str = "council") -> FundingStream:
    return make_stream(council=member.cluster.council, code=code)


def more(
    member: Membership, pence: int, *, request_id: UUID | None = None, by: User | None = None
) -> list[Pledge]:
    return pledge_more(
        membership=member,
        amounts={stream_of(member): pence},
        request_id=request_id or uuid4(),
        by=by or user_of(member),
        at=NINE,
    )


def less(
    member: Membership, pence: int, *, request_id: UUID | None = None, by: User | None = None
) -> list[PledgeReturn]:
    return reduce_pledge(
        membership=member,
        amounts={stream_of(member): pence},
        request_id=request_id or uuid4(),
        by=by or user_of(member),
        at=NINE,
    )


def kinds_told() -> set[tuple[str, str]]:
    return {(str(each.person or each.user), each.kind) for each in Notice.objects.all()}


def test_puts_more_in_and_asks_the_professional_again_beyond_what_they_agreed() -> None:
    amina, *_ = make_three()
    more(amina, 50_00)
    assert (in_pool(amina), in_budget(amina)) == ((1_050_00, 0), 950_00)
    assert amina.asked_again.get().why == f"They put £50.00 more into {amina.cluster}."
    assert kinds_told() == {
        ("Amina Yusuf", "clusters_pledged_more"),
        ("Priya Shah", "clusters_plan_asked_again"),
    }


def test_asks_the_professional_again_when_they_take_back_or_put_in_more_than_was_agreed() -> None:
    amina, *_ = make_three()
    PlanAgreement.objects.create(
        membership=amina, plan=amina.person.plans.get(), is_agreed=True, note="Fine", is_loaded=True
    )
    less(amina, 100_00)
    [asked] = amina.asked_again.all()
    assert asked.why == f"They took £100.00 back out of {amina.cluster}."
    more(amina, 100_00)
    assert amina.asked_again.count() == 1  # putting back what they agreed to asks nothing
    assert ("Priya Shah", "clusters_pledge_larger") in kinds_told()
    more(amina, 1)
    assert amina.asked_again.count() == 2


def test_puts_in_no_more_than_is_left() -> None:
    amina, *_ = make_three()
    with pytest.raises(UnableToPledge, match=r"£1,000.00 is left in your council money"):
        more(amina, 1_000_01)
    assert in_pool(amina) == (1_000_00, 0)
    assert kinds_told() == set()


def test_takes_back_what_is_free_and_names_the_figure_where_it_is_not() -> None:
    amina, *_ = make_three()
    make_promised(cluster=amina.cluster, promises={amina: {"council": 360_00}})
    with pytest.raises(UnableToReduce, match=r"£640.00 of your council money is free\. £360.00 is promised"):
        less(amina, 640_01)
    [back] = less(amina, 640_00)
    assert (in_pool(amina), in_budget(amina)) == ((0, 360_00), 1_640_00)
    assert (back.reason, back.effective_date) == ("reduced", date(2026, 5, 4))
    assert kinds_told() == {
        ("Amina Yusuf", "clusters_pledged_less"),
        ("Priya Shah", "clusters_pledge_smaller"),
    }
    [held] = money_in_pool(membership=amina)
    assert (held.pledged_pence, held.spent_pence) == (360_00, 0)


@pytest.mark.parametrize("pence", [0, -1])
def test_takes_back_something(pence: int) -> None:
    amina, *_ = make_three()
    with pytest.raises(UnableToReduce, match="Say how much"):
        less(amina, pence)


def test_goes_back_to_the_newest_budget_first() -> None:
    amina = make_member(pledged={}, joined_date=date(2026, 1, 5))
    old = make_budget(person=amina.person, start_date=date(2025, 4, 1), end_date=date(2026, 4, 1))
    new = make_budget(person=amina.person)
    amina.person.user = make_user()
    amina.person.save()
    make_pledge(membership=amina, stream="council", amount_pence=300_00, on=date(2026, 1, 5))
    make_pledge(membership=amina, stream="council", amount_pence=100_00, on=date(2026, 4, 5))
    back = less(amina, 150_00)
    assert {each.budget: each.amount_pence for each in back} == {new: 100_00, old: 50_00}


def test_pauses_what_is_free_and_puts_it_back() -> None:
    amina, *_ = make_three()
    make_promised(cluster=amina.cluster, promises={amina: {"council": 360_00}})
    pause(membership=amina, request_id=uuid4(), by=user_of(amina), at=NINE)
    amina.refresh_from_db()
    assert (in_pool(amina), amina.state) == ((0, 360_00), MembershipState.ACTIVE)
    assert paused_of(membership=amina) == {stream_of(amina): 640_00}
    with pytest.raises(UnableToPause, match="pausing already"):
        pause(membership=amina, request_id=uuid4(), by=user_of(amina), at=NINE)
    resume(membership=amina, request_id=uuid4(), by=user_of(amina), at=NINE)
    assert in_pool(amina) == (640_00, 360_00)
    assert paused_of(membership=amina) == {}
    with pytest.raises(UnableToPause, match="not pausing"):
        resume(membership=amina, request_id=uuid4(), by=user_of(amina), at=NINE)


def test_each_form_counts_once() -> None:
    amina, *_ = make_three()
    form = uuid4()
    assert more(amina, 50_00, request_id=form) == more(amina, 50_00, request_id=form)
    form = uuid4()
    assert less(amina, 20_00, request_id=form) == less(amina, 20_00, request_id=form)
    form = uuid4()
    for _ in range(2):
        pause(membership=amina, request_id=form, by=user_of(amina), at=NINE)
    assert in_pool(amina) == (0, 0)
    form = uuid4()
    for _ in range(2):
        resume(membership=amina, request_id=form, by=user_of(amina), at=NINE)
    assert in_pool(amina) == (1_030_00, 0)
    assert Notice.objects.filter(person=amina.person).count() == 4


def test_is_theirs_or_for_a_helper_who_may_spend() -> None:
    amina, ben, _ = make_three()
    robin, sam = make_user(name="Robin Reed"), make_user(name="Sam Lee")
    make_authority(person=amina.person, helper=robin, scopes=[Scope.SPEND])
    make_authority(person=amina.person, helper=sam, scopes=[Scope.AGREE])
    for stranger in (user_of(ben), sam):
        with pytest.raises(UnableToPledge, match="Only the member"):
            more(amina, 1, by=stranger)
        with pytest.raises(UnableToReduce, match="Only the member"):
            less(amina, 1, by=stranger)
    more(amina, 50_00, by=robin)
    assert "Robin Reed did this for you" in Notice.objects.get(person=amina.person).words


def test_nobody_changes_the_share_of_somebody_who_leaves() -> None:
    amina, *_ = make_three()
    Membership.objects.filter(pk=amina.pk).update(state="on_notice", left_date=date(2026, 5, 20))
    with pytest.raises(UnableToReduce, match="You leave already"):
        less(amina, 1)


def test_leaves_the_books_in_order() -> None:
    amina, *_ = make_three()
    more(amina, 50_00)
    less(amina, 20_00)
    pause(membership=amina, request_id=uuid4(), by=user_of(amina), at=NINE)
    assert list(faults(council=amina.cluster.council)) == []
