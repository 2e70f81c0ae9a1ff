"""Asking to join a cluster, page by page."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from clusters.actions import About, found_cluster
from clusters.models import Cluster, Membership, MembershipState
from ledger.models import Entry
from people.models import Notice, Scope
from tests.cast import NINE, Cast, make_cast
from tests.people.makers import make_authority, make_person, make_user
from tests.visiting import act_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def ben(client: Client, cast: Cast) -> Client:
    client.force_login(cast.ben_user)
    return client


def offer(ben: Client, cast: Cast, pounds: str) -> str:
    """Answer the first page; gives the words of the next, or of the same with what is wrong."""
    response = ben.post(
        reverse("clusters:ask", args=[cast.cluster.pk]), {"from-council": pounds}, follow=True
    )
    return " ".join(response.content.decode().split())


def send(ben: Client, cast: Cast) -> str:
    """Send what was checked; gives the words of the page after."""
    response = ben.post(reverse("clusters:ask-check", args=[cast.cluster.pk]), follow=True)
    return " ".join(response.content.decode().split())


def test_asks_with_what_was_answered_and_gives_a_reference(ben: Client, cast: Cast) -> None:
    assert "£830.40" in offer(ben, cast, "£120")
    words = send(ben, cast)
    asked = Membership.objects.get(person=cast.ben)
    assert asked.ref in words
    assert "Priya Shah, your social worker," in words
    assert asked.state == MembershipState.ASKED
    assert [pledge.amount_pence for pledge in asked.proposed_pledges.all()] == [120_00]


def test_moves_no_money(ben: Client, cast: Cast) -> None:
    before = Entry.objects.count()
    offer(ben, cast, "120")
    send(ben, cast)
    assert Entry.objects.count() == before


def test_refuses_a_penny_more_than_is_left_with_the_figure_and_whom_to_ask(ben: Client, cast: Cast) -> None:
    words = offer(ben, cast, "950.41")
    assert "<title> Error: How much would you put in?" in words
    assert "You can’t put in £950.41 yet: £950.40 is left in your council money." in words
    assert "ask Priya Shah, your social worker, about more." in words


def test_takes_all_that_is_left(ben: Client, cast: Cast) -> None:
    assert "What that leaves you" in offer(ben, cast, "950.40")


@pytest.mark.parametrize("pounds", ["", "0", "0.00", " "])
def test_wants_something(ben: Client, cast: Cast, pounds: str) -> None:
    assert "Say how much you would put in." in offer(ben, cast, pounds)


@pytest.mark.parametrize("pounds", ["-5", "5.555", "five", "1e3", "NaN", "٥", "5 .", "9" * 30, "1.2.3"])
def test_wants_pounds_and_pence(ben: Client, cast: Cast, pounds: str) -> None:
    assert "Write an amount in pounds, like 25 or 25.50." in offer(ben, cast, pounds)


@pytest.mark.parametrize("step", ["ask-left", "ask-who", "ask-check"])
def test_begins_at_the_beginning(ben: Client, cast: Cast, step: str) -> None:
    response = ben.get(reverse(f"clusters:{step}", args=[cast.cluster.pk]))
    assert response["Location"] == reverse("clusters:ask", args=[cast.cluster.pk])


def test_says_why_when_things_changed_meanwhile(ben: Client, cast: Cast) -> None:
    offer(ben, cast, "120")
    Membership.objects.create(cluster=cast.cluster, person=cast.ben, ref="M-9", state=MembershipState.ASKED)
    words = send(ben, cast)
    assert "You are in Elm Street neighbours or have asked already." in words
    assert Membership.objects.filter(person=cast.ben).count() == 1


def test_asks_once_however_often_it_is_sent(ben: Client, cast: Cast) -> None:
    offer(ben, cast, "120")
    send(ben, cast)
    send(ben, cast)
    assert Membership.objects.filter(person=cast.ben).count() == 1


def test_keeps_the_answer_when_going_back(ben: Client, cast: Cast) -> None:
    offer(ben, cast, "120")
    assert 'value="120.00"' in ben.get(reverse("clusters:ask", args=[cast.cluster.pk])).content.decode()


def test_leads_somebody_who_is_in_it_to_the_cluster(client: Client, cast: Cast) -> None:
    client.force_login(cast.amina_user)
    response = client.get(reverse("clusters:ask", args=[cast.cluster.pk]))
    assert response["Location"] == reverse("reports:outside", args=[cast.cluster.pk])


def test_tells_somebody_with_no_money_left_whom_to_ask(client: Client, cast: Cast) -> None:
    person = make_person(council=cast.council, user=make_user(), lead=cast.priya)
    assert person.user is not None
    client.force_login(person.user)
    words = client.get(reverse("clusters:ask", args=[cast.cluster.pk])).content.decode()
    assert "There is nothing left in your budget" in words
    assert "Priya Shah, your social worker" in words


def test_shows_what_one_signs_by_asking(ben: Client, cast: Cast) -> None:
    offer(ben, cast, "120")
    words = ben.get(reverse("clusters:ask-who", args=[cast.cluster.pk])).content.decode()
    assert "We look out for each other" in words


def make_forming(cast: Cast) -> Cluster:
    """A cluster that Amina has just begun."""
    about = About(name="Harbour walkers")
    return found_cluster(
        council=cast.council, about=about, founders=[cast.amina], by=cast.amina_user, at=NINE
    )


def ask_founders(ben: Client, cluster: Cluster) -> Membership:
    """Ben asks to join it, page by page."""
    ben.post(reverse("clusters:ask", args=[cluster.pk]), {"from-council": "120"})
    ben.post(reverse("clusters:ask-check", args=[cluster.pk]))
    return Membership.objects.get(cluster=cluster, state=MembershipState.ASKED)


def test_shows_a_founder_who_asks_and_takes_their_word(client: Client, ben: Client, cast: Cast) -> None:
    asked = ask_founders(ben, make_forming(cast))
    client.force_login(cast.amina_user)
    address = reverse("clusters:admit", args=[asked.pk])
    assert address in client.get("/my-money/").content.decode()
    assert "£" not in client.get(address).content.decode().split("<main")[1]
    client.post(address, {"answer": "agree"})
    asked.refresh_from_db()
    assert asked.state == MembershipState.MEMBERS_AGREED


def test_gives_the_founders_reason_for_a_no(client: Client, ben: Client, cast: Cast) -> None:
    asked = ask_founders(ben, make_forming(cast))
    client.force_login(cast.amina_user)
    address = reverse("clusters:admit", args=[asked.pk])
    assert "Say why, so that" in client.post(address, {"answer": "send_back"}).content.decode()
    client.post(address, {"answer": "send_back", "reason": "We have no room in the kitchen."})
    client.force_login(cast.ben_user)
    assert "We have no room in the kitchen." in client.get("/my-money/").content.decode()


def test_leads_whoever_sends_it_again_to_what_they_sent(ben: Client, cast: Cast) -> None:
    offer(ben, cast, "120")
    send(ben, cast)
    assert "This was sent already. You need not send it again." in send(ben, cast)
    assert Membership.objects.filter(person=cast.ben).count() == 1


def test_lets_a_founder_say_what_they_would_put_in(client: Client, cast: Cast) -> None:
    cluster = make_forming(cast)
    client.force_login(cast.amina_user)
    client.post(reverse("clusters:ask", args=[cluster.pk]), {"from-council": "75.50"})
    for step in ("clusters:ask", "clusters:ask-left", "clusters:ask-who", "clusters:ask-check"):
        read = " ".join(client.get(reverse(step, args=[cluster.pk])).content.decode().split())
        assert "Your part in" in read
        assert "Ask to join" not in read
        assert "They see that you ask" not in read
    words = client.post(reverse("clusters:ask-check", args=[cluster.pk]), follow=True).content.decode()
    assert "What is still to do" in words
    mine = cluster.memberships.get()
    assert [pledge.amount_pence for pledge in mine.proposed_pledges.all()] == [75_50]
    response = client.get(reverse("clusters:ask", args=[cluster.pk]))
    assert response["Location"] == reverse("reports:outside", args=[cluster.pk])


def test_lets_a_helper_who_may_agree_ask_and_tells_the_person_who_did_it(client: Client, cast: Cast) -> None:
    robin = make_authority(
        person=cast.ben, helper=make_user(name="Robin Reed"), scopes=[Scope.SEE, Scope.AGREE]
    )
    client.force_login(robin.helper)
    act_for(client, robin)
    offer(client, cast, "120")
    send(client, cast)
    asked = Membership.objects.get(person=cast.ben)
    assert asked.events.get().acted_by == robin.label_for
    notice = Notice.objects.get(person=cast.ben, kind="clusters_asked")
    assert "Robin Reed did this for you." in notice.words
    assert "£" not in notice.subject


def test_refuses_a_helper_who_may_only_look(client: Client, cast: Cast) -> None:
    robin = make_authority(person=cast.ben, scopes=[Scope.SEE])
    client.force_login(robin.helper)
    act_for(client, robin)
    offer(client, cast, "120")
    assert "Only you, or your helper or social worker for you, can ask to join." in send(client, cast)
    assert not Membership.objects.filter(person=cast.ben).exists()
