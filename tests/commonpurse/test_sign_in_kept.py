"""A session that runs out in the middle of a form: what was written is kept for whoever wrote it."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from commonpurse.sign_in.demo import code_now
from commonpurse.sign_in.kept import KEY, MOST_BYTES
from people.models import User
from plans.models import Plan, PlanState
from tests.cast import Cast, make_cast
from tests.commonpurse.second_steps import give_app
from tests.sealed import say_in
from tests.visiting import Visitor, as_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_earlier_tries")]
BAND = "You were signed out. We kept what you wrote. Check it and send it again."
WORDS = "Ben & Dora would like <more> evenings.\r\nPlease say what happens at night."


@pytest.fixture
def _no_earlier_tries() -> None:
    cache.clear()


@pytest.fixture
def cast() -> Cast:
    """Ben's second plan waits for Priya, who may agree it or send it back with a reason."""
    return make_cast()


@pytest.fixture
def decide(cast: Cast) -> str:
    """Where Priya writes her answer."""
    plan = Plan.objects.create(
        person=cast.ben, version=2, state=PlanState.SUBMITTED, outcomes="To swim again", is_loaded=True
    )
    return reverse("plans:decide", args=[plan.pk])


def run_out(client: Client) -> None:
    """End the session of a browser as time does: it is gone, and so is its cookie."""
    Session.objects.filter(session_key=client.session.session_key).delete()
    del client.cookies[settings.SESSION_COOKIE_NAME]


def sign_in(client: Client, user: User, wanted: str) -> str:
    """Sign in by the code from the e-mail, on the way to somewhere. Gives where it leads."""
    client.post("/sign-in/", {"email": user.email, "next": wanted})
    code = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert code is not None
    said = {"code": code.group(), "action": "verify", "next": wanted}
    return client.post("/sign-in/code/", said)["Location"]


def sign_in_as_staff(client: Client, user: User, wanted: str) -> str:
    """Sign in with the second step too."""
    secret = give_app(user)
    assert sign_in(client, user, wanted) == "/sign-in/second-step/"
    return client.post("/sign-in/second-step/", {"code": code_now(secret)})["Location"]


def send_too_late(client: Client, to: str, **said: str) -> str:
    """Send a form after the session ran out. Gives where one is led after signing in."""
    client.get(to)
    run_out(client)
    answer = client.post(to, said, headers={"Referer": f"http://testserver{to}"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")
    return parse_qs(urlsplit(answer["Location"]).query)["next"][0]


def test_fills_the_form_again_for_whoever_wrote_it_and_sends_nothing(cast: Cast, decide: str) -> None:
    client = as_user(cast.priya)
    wanted = send_too_late(client, decide, answer="send_back", reason=WORDS)
    assert wanted == decide
    assert sign_in_as_staff(client, cast.priya, wanted) == decide
    page = client.get(decide).content.decode()
    assert BAND in page
    assert (
        "Ben &amp; Dora would like &lt;more&gt; evenings.\r\nPlease say what happens at night.</textarea>"
        in page
    )
    assert re.search(r'value="send_back"[^>]* checked', page)
    assert Plan.objects.get(version=2).state == PlanState.SUBMITTED
    client.post(decide, {"answer": "send_back", "reason": WORDS})
    assert Plan.objects.get(version=2).state == PlanState.RETURNED


def test_gives_it_back_once(cast: Cast, decide: str) -> None:
    client = as_user(cast.priya)
    sign_in_as_staff(client, cast.priya, send_too_late(client, decide, reason=WORDS))
    client.get(decide)
    assert BAND not in client.get(decide).content.decode()
    assert KEY not in client.session


def test_fills_a_form_of_somebody_without_a_second_step(cast: Cast) -> None:
    client, to = as_user(cast.ben_user), reverse("clusters:ask", args=[cast.cluster.pk])
    sign_in(client, cast.ben_user, send_too_late(client, to, **{"from-council": "120.50"}))
    page = client.get(to).content.decode()
    assert BAND in page
    assert re.search(r'<input[^>]*name="from-council"[^>]*value="120.50"', page)


def test_shows_it_to_nobody_else_and_drops_it_when_somebody_else_signs_in(cast: Cast, decide: str) -> None:
    client = as_user(cast.priya)
    wanted = send_too_late(client, decide, reason=WORDS)
    sign_in(client, cast.ben_user, wanted)
    page = client.get(wanted)
    assert (page.status_code, "evenings" in page.content.decode()) == (404, False)
    assert KEY not in client.session
    client.post("/sign-out/")
    sign_in_as_staff(client, cast.priya, wanted)
    assert "evenings" not in client.get(wanted).content.decode()


def test_shows_it_to_nobody_who_sees_the_same_page(cast: Cast) -> None:
    client, to = as_user(cast.ben_user), reverse("clusters:ask", args=[cast.cluster.pk])
    wanted = send_too_late(client, to, **{"from-council": "120.50"})
    sign_in(client, cast.amina_user, wanted)
    page = client.get(wanted, follow=True).content.decode()
    assert BAND not in page
    assert "120.50" not in page
    assert KEY not in client.session


def test_keeps_nothing_for_a_browser_that_nobody_was_signed_in_with(cast: Cast, decide: str) -> None:
    stranger, forger = Client(), Client()
    forger.cookies["was_here"] = str(cast.priya.pk)
    for client in (stranger, forger):
        client.post(decide, {"reason": WORDS})
        assert KEY not in client.session


@pytest.mark.parametrize(("minutes", "is_kept"), [(29, True), (31, False)])
def test_keeps_it_for_half_an_hour(cast: Cast, decide: str, minutes: int, is_kept: bool) -> None:
    with time_machine.travel(datetime(2026, 5, 4, 9, tzinfo=UTC), tick=False) as clock:
        client = as_user(cast.priya)
        wanted = send_too_late(client, decide, reason=WORDS)
        clock.shift(timedelta(minutes=minutes))
        sign_in_as_staff(client, cast.priya, wanted)
        assert (BAND in client.get(wanted).content.decode()) == is_kept
        assert KEY not in client.session


@pytest.mark.parametrize(("more", "is_kept"), [(-100, True), (1, False)])
def test_keeps_at_most_64_kilobytes(cast: Cast, decide: str, more: int, is_kept: bool) -> None:
    client = as_user(cast.priya)
    send_too_late(client, decide, reason="x" * (MOST_BYTES + more))
    assert (KEY in client.session) == is_kept


def test_keeps_no_token_and_no_file(cast: Cast, decide: str) -> None:
    client = as_user(cast.priya)
    run_out(client)
    client.post(decide, {"csrfmiddlewaretoken": "t", "reason": "Hello", "proof": BytesIO(b"file")})
    assert client.session[KEY]["fields"] == {"reason": ["Hello"]}


def test_keeps_nothing_that_another_site_made_the_browser_send(cast: Cast, decide: str) -> None:
    client = Visitor(enforce_csrf_checks=True)
    client.force_login(cast.priya)
    run_out(client)
    assert client.post(decide, {"reason": "planted"}).status_code == 403
    assert KEY not in client.session


def test_survives_beginning_again_with_another_address(cast: Cast) -> None:
    client, to = as_user(cast.ben_user), reverse("clusters:ask", args=[cast.cluster.pk])
    wanted = send_too_late(client, to, **{"from-council": "120.50"})
    client.post("/sign-in/", {"email": "benn@example.test", "next": wanted})
    client.post("/sign-in/another-address/")
    sign_in(client, cast.ben_user, wanted)
    assert BAND in client.get(to).content.decode()


def test_shows_the_words_alone_where_the_form_is_gone(cast: Cast, decide: str) -> None:
    client = as_user(cast.priya)
    wanted = send_too_late(client, decide, answer="send_back", reason=WORDS)
    say_in(Plan.objects.get(version=2), state=PlanState.RETURNED, return_reason="Too short")
    sign_in_as_staff(client, cast.priya, wanted)
    page = client.get(wanted).content.decode()
    assert "We kept what you wrote" in page
    assert "Ben &amp; Dora would like &lt;more&gt; evenings." in page
    assert "Nothing was sent." in page


def test_leads_back_to_the_page_of_the_form_and_never_to_another_site(cast: Cast, decide: str) -> None:
    client = as_user(cast.priya)
    run_out(client)
    for came_from, leads_to in (
        ("http://testserver/plans/?page=2", "/plans/?page=2"),
        ("https://evil.example/plans/", decide),
        ("", decide),
    ):
        answer = client.post(decide, {"reason": WORDS}, headers={"Referer": came_from})
        assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [leads_to]
