"""Guessing a code is limited: by account, by address, and for all web processes together."""

import logging
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.people.makers import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_earlier_tries")]
ROBIN = "robin@example.test"
REFUSED = "That was several tries in a short time. Wait a minute, then ask for a new code."
HELP = "If that does not help, wait an hour or ask your council."


@pytest.fixture
def _no_earlier_tries() -> None:
    cache.clear()


def browser(number: int = 1) -> Client:
    """A browser at an address of its own."""
    return Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250 + 1}")


def ask(client: Client, email: str = ROBIN) -> str:
    """Ask for a code. Gives the words of the page after."""
    return client.post("/sign-in/", {"email": email}, follow=True).content.decode()


def give(client: Client, code: str) -> str:
    """Write a code. Gives the words of the page after."""
    return client.post("/sign-in/code/", {"code": code, "action": "verify"}, follow=True).content.decode()


def newest_code() -> str:
    """The code in the newest letter."""
    found = re.search(r"\d{4}-\d{4}", str(mail.outbox[-1].body))
    assert found is not None
    return found.group()


def is_in(client: Client) -> bool:
    """Tell whether somebody has signed in."""
    return "_auth_user_id" in client.session


def test_limits_the_codes_sent_to_one_account_wherever_they_are_asked_for() -> None:
    make_user(email=ROBIN)
    said = [ask(browser(number)) for number in range(4)]
    assert [REFUSED in each and HELP in each for each in said] == [False, False, False, True]
    assert len(mail.outbox) == 3


def test_says_the_same_of_an_account_that_is_not_there() -> None:
    said = [ask(browser(number), "nobody@example.test") for number in range(4)]
    assert [REFUSED in each for each in said] == [False, False, False, True]


def test_limits_the_codes_asked_for_from_one_address() -> None:
    said = [ask(browser(), f"somebody{number}@example.test") for number in range(61)]
    assert [number for number, each in enumerate(said) if REFUSED in each] == [60]
    assert REFUSED not in ask(browser(2), "somebody@example.test")


def test_limits_the_guesses_at_one_account_however_many_browsers_make_them() -> None:
    make_user(email=ROBIN)
    with time_machine.travel(datetime(2026, 5, 4, 9, tzinfo=UTC), tick=False) as clock:
        for number in range(3):
            client = browser(number)
            ask(client)
            for _ in range(3):
                give(client, "0000-0000")
        clock.shift(timedelta(seconds=61))
        client = browser(9)
        ask(client)
        assert "That is not the code we sent." in give(client, "0000-0000")
        assert REFUSED in give(client, newest_code())
        assert not is_in(client)
        clock.shift(timedelta(minutes=5))
        give(client, newest_code())
        assert is_in(client)


def test_counts_guesses_of_one_code_even_where_a_session_forgets_them() -> None:
    """Many guesses at the same instant all read the session before any has written it; the account's count holds."""
    make_user(email=ROBIN)
    client = browser()
    ask(client)
    code, key = newest_code(), client.session.session_key
    assert key is not None
    as_it_was = dict(client.session.items())
    for _ in range(10):
        give(client, "0000-0000")
        session = client.session
        session.update(as_it_was)
        session.save()
    said = give(client, code)
    assert REFUSED in said
    assert not is_in(client)


def test_lets_the_right_code_in_after_a_few_wrong_ones() -> None:
    make_user(email=ROBIN)
    client = browser()
    ask(client)
    for _ in range(2):
        give(client, "0000-0000")
    give(client, newest_code())
    assert is_in(client)


def test_limits_passkeys_from_one_address() -> None:
    statuses = [browser().post("/sign-in/passkey/", {"credential": "{}"}).status_code for _ in range(61)]
    assert (set(statuses[:60]), statuses[60]) == ({302}, 429)


COUNT = """
import sys, django
django.setup()
from django.test import RequestFactory
from allauth.core import ratelimit
request = RequestFactory().post("/sign-in/")
print(sum(ratelimit.consume(request, action="give_code", key=sys.argv[1]) for _ in range(4)))
"""


def test_counts_for_all_web_processes_together() -> None:
    shared = {**os.environ, "DJANGO_SETTINGS_MODULE": "commonpurse.settings", "CACHE_URL": shared_cache_url()}
    counts = [
        subprocess.run(
            [sys.executable, "-c", COUNT, f"shared-{os.getpid()}"],
            env=shared,
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(3)
    ]
    assert counts == ["4", "4", "2"]  # ten in five minutes, whichever process counts


def shared_cache_url() -> str:
    """A database of the tests' broker that nobody else uses, as `up` and production give one."""
    return re.sub(r"redis\+socket://([^?]+)\?virtual_host=\d+", r"unix://\1?db=15", os.environ["REDIS_URL"])


def test_writes_nothing_personal_into_the_logs(caplog: pytest.LogCaptureFixture) -> None:
    make_user(name="Robin Reed", email=ROBIN)
    client = browser()
    with caplog.at_level(logging.DEBUG):
        ask(client)
        code = newest_code()
        give(client, "0000-0000")
        for _ in range(4):
            ask(browser(3))
        give(client, code)
        client.get("/nowhere/?place=Elm+Street")
    said = " ".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    assert "/nowhere/" in said
    for secret in (ROBIN, "Robin", code, "0000-0000", "10.0.0", "Elm"):
        assert secret not in said
