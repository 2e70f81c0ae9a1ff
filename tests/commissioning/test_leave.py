"""Leaving: in one step, with what was previewed, to the penny; nobody else's money moves; everybody is told once."""

from datetime import date, timedelta

import pytest

from clusters.models import Agreement, MembershipState, PledgeReturn
from commissioning.actions.leave import UnableToLeave, leave
from commissioning.queries.leaving import exit_preview
from ledger.models import Entry
from ledger.queries import faults
from people.models import Notice, Scope
from tests.commissioning.leavers import NINE, ON, in_budget, in_pool, make_promised, make_three, user_of
from tests.people.makers import make_authority, make_user

pytestmark = pytest.mark.django_db


def test_gives_back_what_is_free_at_once() -> None:
    amina, *_ = make_three()
    left = leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    assert (left.state, left.left_date) == (MembershipState.LEFT, ON)
    assert in_pool(amina) == (0, 0)
    assert in_budget(amina) == 2_000_00
    [back] = PledgeReturn.objects.all()
    assert (back.amount_pence, back.reason, back.entry.key) == (1_000_00, "left", f"leave:{amina.pk}")
    assert [event.to_state for event in amina.events.order_by("happened_at", "pk")] == ["on_notice", "left"]


def test_holds_the_own_part_of_what_cannot_be_cancelled_and_previews_exactly_that() -> None:
    """360 pounds over twelve weeks; four weeks in, and two weeks of notice: six twelfths wait."""
    amina, ben, chidi = make_three()
    contract = make_promised(
        cluster=amina.cluster, promises={each: {"council": 360_00} for each in (amina, ben, chidi)}
    )
    preview = exit_preview(membership=amina, on=ON)
    assert (preview.back_pence, preview.held_pence, preview.stake_pence) == (820_00, 180_00, 1_000_00)
    assert [(each.contract, each.pence) for each in preview.waits] == [(contract, 180_00)]
    assert preview.until_date == ON + timedelta(days=35)

    left = leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    assert left.state == MembershipState.ON_NOTICE
    assert in_pool(amina) == (0, preview.held_pence)
    assert in_budget(amina) == 1_000_00 + preview.back_pence
    released = Entry.objects.get(key=f"leave-release:{amina.pk}")
    assert (released.kind, released.transfers.get().amount_pence) == ("release", 180_00)


def test_never_touches_anothers_money() -> None:
    amina, ben, chidi = make_three()
    make_promised(cluster=amina.cluster, promises={each: {"council": 360_00} for each in (amina, ben, chidi)})
    leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    assert [in_pool(each) for each in (ben, chidi)] == [(640_00, 360_00)] * 2
    assert [in_budget(each) for each in (ben, chidi)] == [1_000_00] * 2


def test_goes_back_by_stream() -> None:
    amina, *_ = make_three(pence={"council": 600_00, "health": 100_01})
    make_promised(
        cluster=amina.cluster, promises={amina: {"council": 300_00, "health": 50_01}}, notice_days=0
    )
    preview = exit_preview(membership=amina, on=ON)
    assert [(each.stream_code, each.back_pence, each.held_pence) for each in preview.streams] == [
        ("council", 500_00, 100_00),
        ("health", 83_34, 16_67),
    ]
    leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    assert (in_budget(amina), in_budget(amina, "health")) == (1_100_00, 183_35)
    assert in_pool(amina) == (0, 116_67)


def test_waits_for_a_day_to_come_and_stays_a_member_until_then() -> None:
    amina, *_ = make_three()
    left = leave(membership=amina, on=ON + timedelta(days=7), by=user_of(amina), at=NINE)
    assert (left.state, left.left_date) == (MembershipState.ON_NOTICE, ON + timedelta(days=7))
    assert in_pool(amina) == (1_000_00, 0)


def test_asks_for_the_notice_of_the_agreement_and_no_more_than_four_weeks() -> None:
    amina, *_ = make_three()
    agreement = Agreement.objects.create(cluster=amina.cluster, version=9, notice_days=14, is_loaded=True)
    agreement.signed_date = ON
    agreement.save(update_fields=["signed_date"])
    for on, says in (
        (ON, "first day you can leave on is 18 May 2026"),
        (date(2026, 6, 2), "up to 1 June 2026"),
    ):
        with pytest.raises(UnableToLeave, match=says):
            leave(membership=amina, on=on, by=user_of(amina), at=NINE)
    leave(membership=amina, on=date(2026, 5, 18), by=user_of(amina), at=NINE)


def test_leaves_only_once() -> None:
    amina, *_ = make_three()
    leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    with pytest.raises(UnableToLeave, match=r"You left on 4 May 2026\. Nothing more needs doing"):
        leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    assert PledgeReturn.objects.count() == 1


def test_is_theirs_alone_or_their_helpers() -> None:
    amina, ben, _ = make_three()
    robin, sam = make_user(name="Robin Reed"), make_user(name="Sam Lee")
    given = make_authority(person=amina.person, helper=robin, scopes=[Scope.AGREE])
    make_authority(person=amina.person, helper=sam, scopes=[Scope.SPEND])
    for stranger in (user_of(ben), sam):
        with pytest.raises(UnableToLeave, match="Only the member"):
            leave(membership=amina, on=ON, by=stranger, at=NINE)
    leave(membership=amina, on=ON, by=robin, at=NINE)
    assert amina.events.filter(acted_by=given.label_for).count() == 2
    assert (
        "Robin Reed did this for you"
        in Notice.objects.get(person=amina.person, kind="commissioning_left").words
    )


def test_tells_them_every_figure_and_the_others_none() -> None:
    amina, ben, chidi = make_three()
    make_promised(cluster=amina.cluster, promises={amina: {"council": 360_00}})
    leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    told = {(each.person or each.user, each.kind): each for each in Notice.objects.all()}
    assert set(told) == {
        (amina.person, "commissioning_left"),
        (amina.person.lead_professional, "commissioning_member_leaves"),
        (ben.person, "commissioning_somebody_leaves"),
        (chidi.person, "commissioning_somebody_leaves"),
    }
    letter = told[amina.person, "commissioning_left"].words
    assert all(words in letter for words in ("£820.00", "£180.00", "Monday 8 June 2026"))
    others = told[ben.person, "commissioning_somebody_leaves"]
    assert "£" not in others.words
    assert "Amina" not in others.words


def test_leaves_the_books_in_order() -> None:
    amina, ben, chidi = make_three()
    make_promised(cluster=amina.cluster, promises={each: {"council": 360_00} for each in (amina, ben, chidi)})
    leave(membership=amina, on=ON, by=user_of(amina), at=NINE)
    council = amina.cluster.council
    assert list(faults(book_id=council.book_id)) == []
