"""The professional's word on a pooling, as a page."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusters.actions import ask_professional_again, ask_to_join
from clusters.models import Membership, MembershipState
from people.models import Notice
from plans.models import MetBy, Need, PlanState
from tests.budgets.makers import make_stream
from tests.cast import NINE, ON, Cast, make_cast, make_citizen
from tests.clusters.voting import let_in
from tests.plans.makers import make_plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def wish(cast: Cast) -> Membership:
    """Ben asked to join with 200 pounds, and the members agreed."""
    offer = {make_stream(council=cast.council): 200_00}
    asked = ask_to_join(
        cluster=cast.cluster, person=cast.ben, proposed=offer, by=cast.ben_user, at=timezone.now()
    )
    return let_in(asked)


@pytest.fixture
def priya(client: Client, cast: Cast) -> Client:
    client.force_login(cast.priya)
    return client


def look(priya: Client, wish: Membership) -> str:
    """What Priya reads."""
    return " ".join(priya.get(address(wish)).content.decode().split())


def answer(priya: Client, wish: Membership, **answers: str) -> str:
    """Answer, and give the words of the page after."""
    return " ".join(priya.post(address(wish), answers, follow=True).content.decode().split())


def address(wish: Membership) -> str:
    return reverse("clusters:agree-plan", args=[wish.pk])


def need_of(cast: Cast) -> str:
    return str(cast.plan.needs.get().pk)


def test_shows_the_need_the_money_what_remains_and_the_agreement(priya: Client, wish: Membership) -> None:
    words = look(priya, wish)
    for said in (
        "Help in the kitchen",
        "£950.40",
        "£200.00",
        "£750.40",
        "We look out for each other",
        "Somali-speaking",
    ):
        assert said in words


def test_says_that_a_founder_has_not_offered_anything_yet(priya: Client, cast: Cast) -> None:
    founder = Membership.objects.create(
        cluster=cast.cluster, person=cast.ben, ref="M-9", state=MembershipState.MEMBERS_AGREED
    )
    assert "They have not said yet how much they would put in" in look(priya, founder)


def test_agrees_and_lets_them_begin_that_day(priya: Client, cast: Cast, wish: Membership) -> None:
    words = answer(priya, wish, answer="agree", need=need_of(cast), joins_on=str(ON), note="A good step")
    wish.refresh_from_db()
    assert (wish.state, wish.joined_date) == (MembershipState.ACTIVE, ON)
    assert wish.plan_agreements.get().decided_by == cast.priya
    assert "You have agreed" in words
    assert "A good step" in words


def test_sends_it_back_with_a_reason_and_moves_no_money(priya: Client, cast: Cast, wish: Membership) -> None:
    assert "You have sent it back" in answer(
        priya, wish, answer="send_back", note="Mornings are not covered yet."
    )
    wish.refresh_from_db()
    assert wish.state == MembershipState.DECLINED
    assert not wish.pledges.exists()
    priya.force_login(cast.ben_user)
    assert "Mornings are not covered yet." in priya.get("/my-money/").content.decode()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"note": ""}, "Say whether you agree."),
        ({"answer": "agree", "joins_on": "2026-05-04"}, "Choose the need in the plan"),
        ({"answer": "agree", "joins_on": ""}, "Say from which day they are a member."),
        ({"answer": "agree", "joins_on": "soon"}, "Write a day, like 2026-05-04."),
        ({"answer": "send_back"}, "Say why, and what could change it."),
        ({"answer": "send_back", "note": "   "}, "Say why, and what could change it."),
    ],
)
def test_says_what_is_missing(priya: Client, wish: Membership, answers: dict[str, str], words: str) -> None:
    page = answer(priya, wish, **answers)
    assert words in page
    assert "<title> Error:" in page
    wish.refresh_from_db()
    assert wish.state == MembershipState.MEMBERS_AGREED


def test_takes_no_need_of_somebody_elses_plan(priya: Client, cast: Cast, wish: Membership) -> None:
    strange = Need.objects.create(
        plan=make_plan(person=cast.amina, state=PlanState.DRAFT), words="Else", met_by=MetBy.SELF
    )
    answer(priya, wish, answer="agree", need=str(strange.pk), joins_on=str(ON))
    wish.refresh_from_db()
    assert wish.state == MembershipState.MEMBERS_AGREED


def test_says_why_they_cannot_begin_on_a_day_without_a_budget(
    priya: Client, cast: Cast, wish: Membership
) -> None:
    words = answer(priya, wish, answer="agree", need=need_of(cast), joins_on="2030-01-01")
    assert "They have no budget on 1 January 2030." in words
    assert not wish.plan_agreements.exists()


def test_asks_for_an_agreed_plan_first(priya: Client, cast: Cast) -> None:
    new = make_citizen(
        council=cast.council, lead=cast.priya, name="Gus Green", on=ON, pence={"council": 900_00}
    )
    make_plan(person=new, state=PlanState.DRAFT)
    assert new.user is not None
    offer = {make_stream(council=cast.council): 200_00}
    asked = ask_to_join(cluster=cast.cluster, person=new, proposed=offer, by=new.user, at=timezone.now())
    words = look(priya, let_in(asked))
    assert "There is no agreed plan yet." in words
    assert "Save my answer" not in words


def test_decides_once(priya: Client, cast: Cast, wish: Membership) -> None:
    answer(priya, wish, answer="agree", need=need_of(cast), joins_on=str(ON))
    answer(priya, wish, answer="send_back", note="Changed my mind")
    assert wish.plan_agreements.count() == 1


def ask_again(cast: Cast) -> None:
    """Amina, who is a member, puts in more."""
    ask_professional_again(
        membership=cast.membership,
        why="They put in £40.00 more.",
        at=timezone.now(),
        by=cast.amina_user.label,
    )


def test_shows_what_changed_for_a_member_and_takes_the_word_again(priya: Client, cast: Cast) -> None:
    ask_again(cast)
    words = look(priya, cast.membership)
    assert "Amina Yusuf</bdi> in Elm Street neighbours: please look again" in words
    assert "They put in £40.00 more." in words
    assert "From which day are they a member?" not in words
    need = cast.amina.plans.get().needs.get()
    answer(priya, cast.membership, answer="agree", need=str(need.pk))
    assert not cast.membership.asked_again.filter(answer__isnull=True).exists()
    cast.membership.refresh_from_db()
    assert cast.membership.state == MembershipState.ACTIVE
    assert Notice.objects.filter(person=cast.amina, kind="clusters_plan_agreed_again").count() == 1


def test_a_no_to_a_change_moves_nothing_and_asks_them_to_talk(priya: Client, cast: Cast) -> None:
    ask_again(cast)
    ask_again(cast)
    answer(priya, cast.membership, answer="send_back", note="Keep some for the winter")
    cast.membership.refresh_from_db()
    assert cast.membership.state == MembershipState.ACTIVE
    told = Notice.objects.get(person=cast.amina, kind="clusters_plan_declined_again")
    assert "Keep some for the winter" in told.words
    assert set(cast.membership.asked_again.values_list("answer__is_agreed", flat=True)) == {False}


def test_tells_the_professional_that_something_changed_and_never_the_amount_in_the_subject(
    cast: Cast,
) -> None:
    ask_again(cast)
    told = Notice.objects.get(user=cast.priya, kind="clusters_plan_asked_again")
    assert told.about == reverse("clusters:agree-plan", args=[cast.membership.pk])
    assert "£" not in told.subject


def test_leads_to_what_the_money_buys_with_and_without_them(priya: Client, wish: Membership) -> None:
    there = reverse("reports:what-if-for", args=[wish.pk])
    assert there in look(priya, wish)
    words = " ".join(priya.get(there).content.decode().split())
    assert "does not buy anything yet" in words or "too few members" in words
    assert address(wish) in words
    assert reverse("clusters:ask", args=[wish.cluster_id]) not in words
