"""Where somebody is signed in, and signing out there."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonpurse.sign_in.devices import in_plain_words
from people.models import User
from tests.people.makers import make_user
from tests.visiting import as_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_earlier_tries")]
PLACES = "/settings/sign-in/where/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile Safari/604.1"


@pytest.fixture
def _no_earlier_tries() -> None:
    cache.clear()


def sign_in(user: User, *, device: str) -> Client:
    """A browser somebody has signed in with, by a code."""
    client = Client(headers={"user-agent": device})
    client.post("/sign-in/", {"email": user.email})
    code = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert code is not None
    client.post("/sign-in/code/", {"code": code.group(), "action": "verify"})
    return client


def words(client: Client, address: str = PLACES) -> str:
    """What a page says, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(address).content.decode()).split())


def is_in(client: Client) -> bool:
    """Tell whether a browser still gets in."""
    return client.get(PLACES).status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "said"),
    [
        (FIREFOX, "Firefox on Windows"),
        (PHONE, "Safari on an iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18.5 Safari/605.1.15", "Safari on a Mac"),
        (
            "Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
            "Chrome on a Chromebook",
        ),
        ("<script>", "A browser we do not know"),
        ("", "A browser we do not know"),
    ],
)
def test_names_a_device_in_plain_words(user_agent: str, said: str) -> None:
    assert in_plain_words(user_agent) == said


def test_shows_each_place_this_one_first_since_when_and_last_seen() -> None:
    user = make_user()
    with time_machine.travel(datetime(2026, 5, 4, 9, 5, tzinfo=UTC), tick=False) as clock:
        sign_in(user, device=PHONE)
        clock.shift(timedelta(hours=2))
        said = words(sign_in(user, device=FIREFOX))
    assert said.index("Firefox on Windows This one") < said.index("Safari on an iPhone")
    assert "Signed in Monday 4 May 2026, 10:05. Last seen Monday 4 May 2026, 10:05." in said
    assert "Signed in Monday 4 May 2026, 12:05." in said


def test_signs_out_in_one_place_at_once() -> None:
    user = make_user()
    phone, here = sign_in(user, device=PHONE), sign_in(user, device=FIREFOX)
    other = UserSession.objects.get(user_agent=PHONE)
    here.post(f"{PLACES}{other.pk}/")
    assert (is_in(phone), is_in(here)) == (False, True)
    assert "iPhone" not in words(here)


def test_signs_out_everywhere_but_here() -> None:
    user, stranger = make_user(), make_user()
    others = [sign_in(user, device=PHONE), sign_in(user, device=FIREFOX)]
    cache.clear()
    here, theirs = sign_in(user, device=FIREFOX), sign_in(stranger, device=PHONE)
    here.post(f"{PLACES}others/")
    assert [is_in(client) for client in (*others, here, theirs)] == [False, False, True, True]


def test_ends_nobody_elses_session() -> None:
    user, stranger = make_user(), make_user()
    theirs = sign_in(stranger, device=PHONE)
    other = UserSession.objects.get(user=stranger)
    assert sign_in(user, device=FIREFOX).post(f"{PLACES}{other.pk}/").status_code == 404
    assert is_in(theirs)


def test_lists_only_what_still_opens_something() -> None:
    user = make_user()
    gone, run_out = sign_in(user, device=PHONE), sign_in(user, device=PHONE)
    Session.objects.filter(session_key=gone.session.session_key).delete()
    Session.objects.filter(session_key=run_out.session.session_key).update(
        expire_date=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert "iPhone" not in words(sign_in(user, device=FIREFOX))


def test_notes_every_few_minutes_that_somebody_is_here() -> None:
    with time_machine.travel(datetime(2026, 5, 4, 9, tzinfo=UTC), tick=False) as clock:
        client = sign_in(make_user(), device=FIREFOX)
        client.get(PLACES)
        for minutes, last_seen in ((4, 0), (2, 6), (1, 6)):
            clock.shift(timedelta(minutes=minutes))
            client.get(PLACES)
            assert UserSession.objects.get().last_seen_at == datetime(2026, 5, 4, 9, last_seen, tzinfo=UTC)


def test_asks_the_database_nothing_more_in_between() -> None:
    client = as_user(make_user())
    with CaptureQueriesContext(connection) as captured:
        client.get("/health/")
    asked = [query["sql"] for query in captured.captured_queries]
    assert [sql for sql in asked if "usersession" in sql or not sql.startswith("SELECT")] == []
    assert len([sql for sql in asked if 'FROM "people_user"' in sql]) == 1


def test_says_nothing_of_where_somebody_sits() -> None:
    assert "127.0.0.1" not in words(sign_in(make_user(), device=FIREFOX))


def test_leaves_no_page_in_the_browser_once_its_owner_signs_out() -> None:
    client = as_user(make_user(email="amina@example.org"))
    kept = client.get("/")
    assert kept["Cache-Control"] == "private, no-cache"
    assert "Clear-Site-Data" not in kept
    assert "Clear-Site-Data" not in client.get("/sign-out/")
    assert client.post("/sign-out/")["Clear-Site-Data"] == '"cache"'
