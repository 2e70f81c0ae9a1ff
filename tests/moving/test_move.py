"""Somebody moves to another council: agreed, sent, taken in, and their care goes on there."""

from datetime import timedelta
from uuid import uuid4

import pytest

from budgets.models import EndedPart
from budgets.queries import left_by_stream
from clusters.models import Membership, MembershipState
from moving.actions import UnableToMove, Wishes, agree_to_move, end_council, send_pack, take_back_move
from moving.models import Arrival
from moving.queries import copy_of, has_own_assessment
from people.models import Notice, Person, Scope
from plans.actions import Found, record_review
from plans.actions.assessment import UnableToAssess
from plans.actions.assessment.rights import check_is_here
from plans.models import NeedsMet, PlanState, ReviewCall, ReviewReason, ReviewResult
from reconciliation.queries.faults import faults
from tests.budgets.makers import make_budget, make_financial, make_priced_plan, make_statement
from tests.cast import NINE, ON, make_cast
from tests.clusters.makers import make_member
from tests.moving.makers import MOVED, agree, make_border, make_known, make_sent, make_side, take_in
from tests.people.makers import YEAR_END, YEAR_START, make_authority, make_person, make_user
from tests.plans.makers import make_plan

pytestmark = pytest.mark.django_db

WHOLE = (YEAR_END - YEAR_START).days
GONE = (MOVED - YEAR_START).days
KEPT = 10_000_00 * GONE // WHOLE


def test_goes_there_and_loses_nothing_on_the_way() -> None:
    border = make_border()
    sent = make_sent(border)
    arrival = take_in(border, bytes(sent.pack or b""))

    border.amina.refresh_from_db()
    budget = border.amina.budgets.get()
    assert (border.amina.moved_date, budget.end_date) == (MOVED, MOVED)
    assert [part.left_pence for part in left_by_stream(budget=budget)] == [KEPT]
    assert EndedPart.objects.get().returned_pence == 10_000_00 - KEPT

    there = arrival.person.budgets.get()
    assert (there.start_date, there.end_date) == (MOVED, YEAR_END)
    assert [part.left_pence for part in left_by_stream(budget=there)] == [10_000_00 - KEPT]
    plan = arrival.person.plans.get()
    assert (plan.state, plan.is_loaded, plan.agreed_by) == (PlanState.AGREED, True, None)
    assert plan.outcomes == border.amina.plans.get().outcomes
    assert [need.words for need in plan.needs.standing()] == ["Help in the kitchen"]
    assert list(faults(council=border.first.council)) == []
    assert list(faults(council=border.second.council)) == []


def test_asks_for_the_second_councils_own_assessment_from_the_first_day() -> None:
    border = make_border()
    arrival = take_in(border, bytes(make_sent(border).pack or b""))
    due = ReviewCall.objects.get(person=arrival.person)
    assert (due.made_date, due.ended_by) == (MOVED, None)
    assert "Testshire Council" in due.words
    assert not has_own_assessment(arrival.person)
    assert arrival.person.lead_professional == border.second.worker
    assert Notice.objects.filter(kind="moving_arrived", user=border.second.worker).exists()
    assert Notice.objects.filter(kind="moving_welcome", person=arrival.person).exists()


def test_goes_on_at_the_weekly_amounts_of_a_statement() -> None:
    border = make_border()
    person = make_person(council=border.first.council, lead=border.first.worker)
    plan = make_priced_plan(person=person, weekly_pence=700_00, state=PlanState.AGREED)
    make_financial(person=person, by=border.first.worker)
    make_statement(plan=plan, by=border.first.worker)
    wishes = Wishes(to=border.to, moved_date=MOVED, words="Her word to me today")
    move = agree_to_move(person=person, wishes=wishes, by=border.first.worker, at=NINE)
    sent = send_pack(move=move, pack_id=uuid4(), by=border.first.worker, at=NINE)
    arrival = take_in(border, bytes(sent.pack or b""))

    days = (YEAR_END - MOVED).days
    there = sum(part.left_pence for part in left_by_stream(budget=arrival.person.budgets.get()))
    here = sum(part.left_pence for part in left_by_stream(budget=person.budgets.get()))
    assert abs(here - 100_00 * GONE) <= 7 * 2
    assert abs(there - 100_00 * days) <= 7 * 2  # each stream's odd pence of a week stand on its last day
    assert list(faults()) == []


def test_takes_along_only_what_they_agreed_to() -> None:
    border = make_border()
    record_review(
        person=border.amina,
        found=Found(
            reason=ReviewReason.PLANNED,
            held_date=ON,
            needs_met=NeedsMet.FULLY,
            result=ReviewResult.SAME,
            words="It works well.",
        ),
        by=border.first.worker,
        on=ON,
        at=NINE,
    )
    move = agree(border)
    take_back_move(move=move, by=border.first.worker, at=NINE)
    without = send_pack(
        move=agree(border, with_reviews=True), pack_id=uuid4(), by=border.first.worker, at=NINE
    )
    assert [past.title for past in copy_of(without).history] == ["Review of the plan"]
    other = make_border()
    assert copy_of(make_sent(other)).history == []


def test_is_told_and_their_council_assesses_them_no_more() -> None:
    border = make_border()
    make_sent(border)
    border.amina.refresh_from_db()
    assert Notice.objects.filter(kind="moving_sent", person=border.amina).exists()
    with pytest.raises(UnableToAssess, match="moved away"):
        check_is_here(border.amina, on=MOVED)


def test_lets_a_helper_agree_only_with_authority_for_it() -> None:
    border = make_border()
    looking = make_authority(person=border.amina, helper=make_user(), scopes=[Scope.SEE])
    with pytest.raises(UnableToMove, match="does not go as far"):
        agree(border, by=looking.helper)
    agreeing = make_authority(person=border.amina, helper=make_user(), scopes=[Scope.AGREE])
    assert f"authority:{agreeing.pk}" in agree(border, by=agreeing.helper).agreed_by


def test_asks_a_professional_what_their_word_rests_on() -> None:
    border = make_border()
    with pytest.raises(UnableToMove, match="rests on"):
        agree(border, by=border.first.worker)
    assert agree(border, by=border.first.worker, words="Her word to me").agreed_words == "Her word to me"


def test_refuses_a_day_that_is_past_or_too_far_ahead() -> None:
    border = make_border()
    for day in (ON - timedelta(days=1), ON + timedelta(days=91)):
        with pytest.raises(UnableToMove, match="from today"):
            agree(border, moved_date=day)


def test_refuses_a_council_whose_key_nobody_checked() -> None:
    border = make_border()
    third = make_side(name="Thirdshire Council")
    waiting = make_known(of=third, to=border.first, is_checked=False)
    with pytest.raises(UnableToMove, match="checked key"):
        agree_to_move(
            person=border.amina,
            wishes=Wishes(to=waiting, moved_date=MOVED),
            by=border.first.worker,
            at=NINE,
        )


def test_tells_the_other_members_and_waits_until_they_have_left() -> None:
    cast = make_cast()
    first, second = make_side(council=cast.council), make_side(name="Awayshire Council")
    known = make_known(of=second, to=first)
    ben = make_member(
        cluster=cast.cluster, person=cast.ben, pledged={"council": 100_00}, joined_date=ON - timedelta(days=5)
    )
    make_plan(person=cast.amina)
    move = agree_to_move(
        person=cast.amina, wishes=Wishes(to=known, moved_date=MOVED), by=cast.amina_user, at=NINE
    )
    assert Notice.objects.filter(kind="moving_member_moves", person=ben.person).exists()
    assert not Notice.objects.filter(kind="moving_member_moves", person=cast.amina).exists()
    assert Notice.objects.filter(kind="moving_to_send", user=cast.priya).exists()

    with pytest.raises(UnableToMove, match="have a part in the cluster"):
        send_pack(move=move, pack_id=uuid4(), by=cast.priya, at=NINE)
    Membership.objects.filter(pk=cast.membership.pk).update(state=MembershipState.ON_NOTICE, left_date=ON)
    with pytest.raises(UnableToMove, match="waits there for the last bills"):
        send_pack(move=move, pack_id=uuid4(), by=cast.priya, at=NINE)
    cast.amina.refresh_from_db()
    assert (cast.amina.moved_date, EndedPart.objects.count()) == (None, 0)

    take_back_move(move=move, by=cast.amina_user, at=NINE)
    with pytest.raises(UnableToMove, match="taken back already"):
        take_back_move(move=move, by=cast.amina_user, at=NINE)


def test_tells_the_other_members_that_they_stay_after_all() -> None:
    cast = make_cast()
    first, second = make_side(council=cast.council), make_side(name="Awayshire Council")
    wishes = Wishes(to=make_known(of=second, to=first), moved_date=MOVED)
    ben = make_member(
        cluster=cast.cluster, person=cast.ben, pledged={"council": 100_00}, joined_date=ON - timedelta(days=5)
    )
    move = agree_to_move(person=cast.amina, wishes=wishes, by=cast.amina_user, at=NINE)
    take_back_move(move=move, by=cast.amina_user, at=NINE)
    assert Notice.objects.filter(kind="moving_member_stays", person=ben.person).exists()


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("plan", "no agreed plan"),
        ("budget", "only begins after"),
        ("past", "has passed"),
        ("ended", "was ended"),
        ("dead", "have died"),
        ("twice", "meanwhile"),
        ("stranger", "lead professional"),
    ],
)
def test_sends_nothing_as_long_as_something_is_in_the_way(trouble: str, words: str) -> None:
    border, at, by = make_border(), NINE, None
    move = agree(border)
    if trouble == "plan":
        move.person = bare = make_person(council=border.first.council, lead=border.first.worker)
        wishes = Wishes(to=border.to, moved_date=MOVED, words="Her word")
        move = agree_to_move(person=bare, wishes=wishes, by=border.first.worker, at=NINE)
    elif trouble == "budget":
        make_budget(person=border.amina, start_date=YEAR_END, end_date=YEAR_END + timedelta(days=9))
    elif trouble == "past":
        at = NINE + timedelta(days=11)
    elif trouble == "ended":
        end_council(known=border.to, by=border.first.admin, at=NINE)
    elif trouble == "dead":
        Person.objects.filter(pk=border.amina.pk).update(died_date=ON)
    elif trouble == "twice":
        send_pack(move=move, pack_id=uuid4(), by=border.first.worker, at=NINE)
    else:
        by = border.second.worker
    before = EndedPart.objects.count()
    with pytest.raises(UnableToMove, match=words):
        send_pack(move=move, pack_id=uuid4(), by=by or border.first.worker, at=at)
    assert (EndedPart.objects.count(), Arrival.objects.count()) == (before, 0)
