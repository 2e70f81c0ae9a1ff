"""How often a system may ask: counted for each key, told with every answer."""

import pytest
import time_machine
from django.core.cache import cache
from pytest_django import Settings

from tests.cast import NINE
from tests.invoices.systems import INVOICES, PROBLEM_JSON, make_system, said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(settings: Settings) -> None:
    """Two requests a minute."""
    settings.API_REQUESTS_A_MINUTE = 2
    cache.clear()


def test_tells_how_many_are_left_and_then_when_to_come_back() -> None:
    system = make_system()
    with time_machine.travel(NINE.replace(second=20), tick=False):
        answers = [system.ask() for _ in range(3)]
    told = [(a.status_code, a["RateLimit-Remaining"], a["RateLimit-Reset"]) for a in answers]
    assert told == [(200, "1", "40"), (200, "0", "40"), (429, "0", "40")]
    assert answers[0]["RateLimit-Limit"] == "2"
    assert (answers[2]["Retry-After"], answers[2]["Content-Type"]) == ("40", PROBLEM_JSON)
    assert said(answers[2])["code"] == "throttled"


def test_counts_each_key_and_each_minute_by_itself() -> None:
    system, other = make_system(), make_system()
    with time_machine.travel(NINE, tick=False):
        assert [system.ask().status_code for _ in range(3)] == [200, 200, 429]
        assert other.ask().status_code == 200
    with time_machine.travel(NINE.replace(minute=1), tick=False):
        assert system.ask().status_code == 200


def test_counts_writes_as_well_and_does_nothing_beyond_the_limit() -> None:
    system = make_system()
    with time_machine.travel(NINE, tick=False):
        system.ask()
        system.ask()
        assert system.send({}).status_code == 429


def test_lets_everybody_ask_where_nothing_can_be_counted(settings: Settings) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nowhere"}
    }
    system = make_system()
    assert [system.ask(INVOICES).status_code for _ in range(3)] == [200] * 3
