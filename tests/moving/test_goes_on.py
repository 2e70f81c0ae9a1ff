"""What goes on after a move: the login, the budget on the first page, the care account, and what was before."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from budgets.actions import UnableToAgreeBudget, add_stream
from budgets.actions.care_account import meter, meter_council
from budgets.models import CareAccountEntry, FundingStream, StreamKind
from budgets.queries.care_account import care_account_of
from clusters.models import Cluster
from moving.actions import UnableToMove, UnableToReceive, Wishes, agree_to_move, receive_pack, send_pack
from moving.models import Arrival
from moving.queries import contents_for, copy_of, secrets, stays_behind
from moving.rules.contents import Contents, CountedMoving, write_contents
from moving.rules.keys import unlock_key
from moving.rules.pack import seal
from people.actions import Likes, keep_persons_settings
from people.models import Person, User
from people.rules.moved import newest_first
from plans.actions import UnableToPlan, send_back_plan, submit_plan
from plans.models import PlanState, ReviewCall
from tests.budgets.makers import make_budget, make_financial, make_priced_plan, make_statement
from tests.cast import NINE, ON
from tests.clusters.makers import make_cluster
from tests.guards import assert_refused
from tests.moving.makers import MOVED, Border, agree, make_border, make_sent, take_in
from tests.people.makers import YEAR_START, make_person, make_user
from tests.plans.makers import make_plan
from tests.visiting import as_user, seen

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)


def make_moved_today() -> tuple[Border, Arrival]:
    """Amina moved today: her budget at the first council ended, and the second took her in."""
    border, today = make_border(), timezone.localdate()
    border.amina.budgets.update(start_date=today - timedelta(days=60), end_date=today + timedelta(days=305))
    for side in (border.first, border.second):
        side.council.year_start_date = today - timedelta(days=60)
        side.council.year_end_date = today + timedelta(days=305)
        side.council.save(update_fields=["year_start_date", "year_end_date"])
    sent = make_sent(border, at=timezone.now(), moved_date=today)
    return border, take_in(border, bytes(sent.pack or b""), at=timezone.now())


def packed(border: Border, **more: object) -> bytes:
    """A pack that the first council really signed, with something else in its contents."""
    contents: Contents = contents_for(agree(border), at=NINE)
    return sealed(border, replace(contents, **more))  # type: ignore[arg-type]


def sealed(border: Border, contents: Contents, *, version: int = 2) -> bytes:
    first = border.first
    said = write_contents(contents)
    if version == 1:
        said = {name: value for name, value in said.items() if name not in ("care_account", "likes")}
        said["person"] = {name: value for name, value in said["person"].items() if name != "email"}
        for row in said["plan"]["needs"]:
            del row["days"], row["parts"]
        for row in said["streams"]:
            del row["holder"]
    private = unlock_key(first.key.locked, secrets=secrets())
    to = border.second.key.public
    return seal(said, pack=uuid4(), by=first.key.public, with_key=private, to=to, version=version)


def user_of(person: Person) -> User:
    assert person.user is not None
    return person.user


def test_shows_the_second_councils_budget_to_the_same_login_and_what_was_before() -> None:
    border, arrival = make_moved_today()
    amina = user_of(border.amina)
    assert arrival.person.user == amina
    first_page = seen(amina, reverse("reports:my-money"))
    assert "£8,356.17" in first_page  # 305 of 365 days of 10,000
    assert "Testshire Council, until" in first_page
    before = seen(amina, reverse("reports:before", args=[border.amina.pk]))
    assert "£1,643.83" in before
    for name in (
        "budgets:of",
        "reports:reviews",
        "people:looked-of",
        "people:helpers-of",
        "moving:copy",
        "budgets:care-account",
    ):
        assert seen(amina, reverse(name, args=[border.amina.pk])) != "404", name
    assert seen(amina, reverse("reports:before", args=[arrival.person.pk])) == "404"
    assert "on its way to your new council" in seen(amina, reverse("people:letters"))
    assert seen(make_user(), reverse("reports:before", args=[border.amina.pk])) == "404"


def test_shows_each_councils_staff_only_their_own() -> None:
    border, arrival = make_moved_today()
    for side, theirs, others in (
        (border.first, border.amina, arrival.person),
        (border.second, arrival.person, border.amina),
    ):
        for user in (side.worker, side.admin, side.manager):
            visible = Person.objects.visible_to(user)
            assert theirs in visible
            assert others not in visible
        assert seen(side.worker, reverse("reports:person", args=[others.pk])) == "404"
    assert "came from another council" in seen(
        border.second.worker, reverse("reports:person", args=[arrival.person.pk])
    )


def test_finds_clusters_only_where_they_live_now() -> None:
    border, _ = make_moved_today()
    here = make_cluster(council=border.second.council)
    gone = make_cluster(council=border.first.council)
    assert set(Cluster.objects.open_to(user_of(border.amina)).filter(pk__in=[here.pk, gone.pk])) == {here}


def test_is_with_the_first_council_until_the_day_and_with_the_second_from_then_on() -> None:
    first, second = Person(name="first", moved_date=MOVED), Person(name="second")
    earlier = Person(name="earlier", moved_date=ON)
    for on, names in (
        (MOVED - timedelta(days=1), ["first", "second", "earlier"]),
        (MOVED, ["second", "first", "earlier"]),
    ):
        assert [one.name for one in newest_first([earlier, second, first], on=on)] == names
    assert newest_first([earlier, first], on=MOVED)[0] == first


def test_keeps_how_they_read_and_asks_nothing_again() -> None:
    border = make_border()
    likes = Likes(is_easy=True, language="cy")
    keep_persons_settings(person=border.amina, likes=likes, by=user_of(border.amina), at=NINE)
    there = take_in(border, bytes(make_sent(border).pack or b"")).person.settings
    assert (there.is_easy, there.language) == (True, "cy")


@pytest.mark.parametrize(
    ("email", "has_login"), [("new@example.org", True), ("", False), ("stays", False), ("closed", False)]
)
def test_gives_the_login_of_nobody_who_stays(email: str, has_login: bool) -> None:
    border = make_border()
    if email == "stays":
        email = user_of(make_person(council=border.second.council, user=make_user())).email
    elif email == "closed":
        closed = make_user()
        User.objects.filter(pk=closed.pk).update(is_active=False)
        email = closed.email
    move = agree(border)
    contents = contents_for(move, at=NINE)
    person = replace(contents.person, email=email)
    there = take_in(border, sealed(border, replace(contents, person=person))).person
    assert (there.user is not None) == has_login
    assert there.user is None or there.user.email == email


def test_postgresql_lets_a_login_stay_in_one_council_only() -> None:
    border = make_border()
    other = make_person(council=border.second.council)
    assert_refused(
        "UPDATE people_person SET user_id = %s WHERE id = %s",
        border.amina.user_id,
        other.pk,
        match="login_is_of_one_who_stays",
    )


def make_paying_border() -> Border:
    """Amina pays 100 pounds of what her care costs each week, and 28 days of it were metered."""
    border = make_border()
    priya = border.first.worker
    paying = make_person(council=border.first.council, user=make_user(), lead=priya)
    plan = make_priced_plan(person=paying, weekly_pence=100_00, state=PlanState.AGREED)
    make_financial(person=paying, by=priya, capital_pence=50_000_00)
    make_statement(plan=plan, by=priya)
    meter(person=paying, through=YEAR_START + 4 * A_WEEK - timedelta(days=1), at=NINE, by="system:tests")
    return replace(border, amina=paying)


def test_goes_on_counting_in_the_care_account_where_the_first_council_stopped() -> None:
    border = make_paying_border()
    sent = make_sent(border, words="Her word")
    counted = care_account_of(person=border.amina, on=MOVED).counted_pence
    days = (MOVED - YEAR_START).days
    assert abs(counted - 100_00 * days // 7) < 7  # the odd pence of a week stand on its last day
    there = take_in(border, bytes(sent.pack or b"")).person
    account = care_account_of(person=there, on=MOVED)
    assert (account.counted_pence, account.weekly_pence, account.brought_from) == (
        counted,
        100_00,
        "Testshire Council",
    )
    through = MOVED + 2 * A_WEEK - timedelta(days=1)
    meter(person=there, through=through, at=NINE, by="system:tests")
    meter(person=there, through=through + A_WEEK, at=NINE, by="system:tests")
    assert care_account_of(person=there, on=through).counted_pence == counted + 3 * 100_00
    assert not CareAccountEntry.objects.filter(person=there, is_correction=True).exists()
    far = through.replace(month=through.month + 3)
    assert meter_council(council=border.first.council, on=far, at=NINE, by="system:tests") == 0
    assert meter_council(council=border.second.council, on=far, at=NINE, by="system:tests") == 1
    assert_refused("UPDATE budgets_careaccountbasis SET weekly_pence = 0", match="is kept")


def test_reads_a_pack_of_the_version_before_and_says_what_is_missing() -> None:
    border = make_paying_border()
    there = take_in(border, sealed(border, contents_for(agree(border), at=NINE), version=1)).person
    assert there.user is None
    assert "care account did not come along" in ReviewCall.objects.get(person=there).words


def test_keeps_the_plans_week_and_says_who_held_a_fund() -> None:
    border = make_border()
    contents = contents_for(agree(border), at=NINE)
    need = replace(contents.plan.needs[0], days=[1, 4], parts=["morning"])
    streams = [replace(stream, delivery="isf", holder="Daryeel Co-operative") for stream in contents.streams]
    plan = replace(contents.plan, needs=[need])
    arrival = take_in(border, sealed(border, replace(contents, plan=plan, streams=streams)))
    [there] = arrival.person.plans.get().needs.all()
    assert (there.days, there.parts) == ([1, 4], ["morning"])
    shown = seen(border.second.worker, reverse("moving:arrival", args=[arrival.pk]))
    assert "held by Daryeel Co-operative" in shown


@pytest.mark.parametrize("week", [{"days": [8]}, {"parts": ["teatime"]}])
def test_refuses_a_plan_that_stands_in_no_week(week: dict[str, list[int] | list[str]]) -> None:
    border = make_border()
    contents = contents_for(agree(border), at=NINE)
    need = replace(contents.plan.needs[0], **week)  # type: ignore[arg-type]  # one field of either kind
    content = sealed(border, replace(contents, plan=replace(contents.plan, needs=[need])))
    with pytest.raises(UnableToReceive, match="does not hold together"):
        take_in(border, content)


@pytest.mark.parametrize(
    "rows",
    [
        [("2026-04-01", "2026-04-30", 100, False), ("2026-04-30", "2026-05-01", 1, False)],
        [("2026-04-01", "2026-05-14", 100, False)],
        [("2026-04-01", "2026-04-30", -1, False)],
        [("2026-04-01", "2026-04-30", -1, True)],
        [("2026-04-30", "2026-04-01", 1, False)],
    ],
)
def test_refuses_a_care_account_that_does_not_hold_together(rows: list[tuple[str, str, int, bool]]) -> None:
    border = make_border()
    contents = contents_for(agree(border), at=NINE)
    assert contents.care_account is not None
    day = date.fromisoformat
    counted = [
        CountedMoving(
            first_date=day(first),
            last_date=day(last),
            pence=pence,
            is_correction=is_correction,
            is_in_force=False,
        )
        for first, last, pence, is_correction in rows
    ]
    content = sealed(border, replace(contents, care_account=replace(contents.care_account, counted=counted)))
    with pytest.raises(UnableToReceive, match="form that is agreed"):
        take_in(border, content)


def test_takes_in_nothing_that_postgresql_does_not_hold() -> None:
    border = make_border()
    contents = contents_for(agree(border), at=NINE)
    need = replace(contents.plan.needs[0], units_weekly_hundredths=10**12)
    content = sealed(border, replace(contents, plan=replace(contents.plan, needs=[need])))
    people = Person.objects.count()
    with pytest.raises(UnableToReceive, match="does not hold together"):
        take_in(border, content)
    assert Person.objects.count() == people


def test_pays_from_the_councils_own_money_of_the_same_kind() -> None:
    border = make_border()
    council = border.second.council
    own = add_stream(council=council, code="asc", name="care", kind=StreamKind.SOCIAL_CARE)
    add_stream(council=council, code="council", name="NHS", kind=StreamKind.HEALTH)
    contents = contents_for(agree(border), at=NINE)
    more = replace(contents.streams[0], code="grant", kind=StreamKind.HOUSING, name="grant")
    again = replace(contents.streams[0], code="more", name="more")
    there = take_in(border, sealed(border, replace(contents, streams=[*contents.streams, more, again])))
    parts = there.person.budgets.get().allocations.select_related("stream")
    assert {part.stream.code for part in parts} == {own.code, "grant", "more"}
    assert FundingStream.objects.filter(council=council).count() == 4


def test_waits_until_a_new_version_of_the_plan_is_decided_and_says_what_stays() -> None:
    border = make_border()
    plan = make_plan(person=border.amina, state=PlanState.SUBMITTED)
    move = agree(border)
    with pytest.raises(UnableToMove, match="waits for a decision"):
        send_pack(move=move, pack_id=uuid4(), by=border.first.worker, at=NINE)
    send_back_plan(plan=plan, reason="After the move", by=border.first.worker, at=NINE)
    assert "was begun" in stays_behind(border.amina)[0]
    sent = send_pack(move=move, pack_id=uuid4(), by=border.first.worker, at=NINE)
    assert copy_of(sent).plan.version == 1


def test_lets_the_first_council_agree_no_plan_or_budget_after_the_day() -> None:
    border = make_border()
    make_sent(border)
    border.amina.refresh_from_db()
    plan = make_plan(person=border.amina, state=PlanState.DRAFT)
    with pytest.raises(UnableToPlan, match="moved away"):
        submit_plan(plan=plan, by=border.first.worker, at=NINE + timedelta(days=10))
    with pytest.raises(UnableToAgreeBudget, match="moved to another council"):
        make_budget(person=border.amina, start_date=MOVED, end_date=MOVED + A_WEEK)


def test_comes_back_to_the_first_council_as_somebody_new_with_the_same_login() -> None:
    border = make_border()
    there = take_in(border, bytes(make_sent(border).pack or b"")).person
    back = Wishes(to=border.sender, moved_date=MOVED + A_WEEK, words="Her word")
    move = agree_to_move(person=there, wishes=back, by=border.second.worker, at=NINE)
    sent = send_pack(move=move, pack_id=uuid4(), by=border.second.worker, at=NINE)
    again = receive_pack(
        council=border.first.council,
        content=bytes(sent.pack or b""),
        lead=border.first.worker,
        by=border.first.admin,
        at=NINE,
    )
    assert again.person.user == border.amina.user
    assert user_of(border.amina).people.count() == 3
    assert as_user(user_of(border.amina)).get(reverse("reports:my-money")).status_code == 200
