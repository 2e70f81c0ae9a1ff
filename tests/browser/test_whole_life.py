"""
The whole life of a cluster, in the browser: from finding nothing to leaving with the right money.

By mouse, without JavaScript, and by keyboard alone; nobody ever needs to know an address.
"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from time_machine import Traveller, travel

from tests.browser.conftest import SignIn
from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.life.beginning import found, is_in_everybodys_plan, join_with_a_code, write_down_and_sign
from tests.browser.life.buying import approve, call_and_offer, vote
from tests.browser.life.leaving import (
    june_is_closed_and_the_books_are_right,
    leave_with_the_right_money,
    send_invoice,
    the_last_of_it_comes_home,
)
from tests.browser.life.town import Life, make_town
from tests.plugin.browser import PATIENCE_MILLISECONDS

pytestmark = pytest.mark.django_db(transaction=True)

FIRST_DAY = date(2026, 5, 4)


@pytest.fixture
def clock() -> Iterator[Traveller]:
    """It is nine in the morning of Monday 4 May 2026, and the clock goes on."""
    with travel("2026-05-04 09:00:00+01:00", tick=True) as traveller:
        yield traveller


Live = Callable[[Hand, bool], Life]


@pytest.fixture
def live(clock: Traveller, chromium: Browser, live_server: LiveServer, sign_in: SignIn) -> Iterator[Live]:
    """Let a town live: with a hand, and with scripts or without."""
    lives: list[Life] = []

    def begin(hand: Hand, has_scripts: bool) -> Life:
        def open_window() -> Page:
            window = chromium.new_context(
                base_url=live_server.url,
                locale="en-GB",
                timezone_id="Europe/London",
                java_script_enabled=has_scripts,
            )
            window.set_default_timeout(PATIENCE_MILLISECONDS)
            return window.new_page()

        town = make_town(on=FIRST_DAY)
        lives.append(Life(town=town, hand=hand, open_window=open_window, sign_in=sign_in))
        return lives[-1]

    yield begin
    for life in lives:
        for page in life.windows.values():
            page.context.close()


@pytest.mark.parametrize(
    ("hand", "has_scripts"),
    [(Mouse(), True), (Mouse(), False), (Keyboard(), True)],
    ids=["mouse", "no-scripts", "keyboard"],
)
def test_lives_from_finding_nothing_to_leaving_with_the_right_money(
    hand: Hand, has_scripts: bool, live: Live, clock: Traveller
) -> None:
    life = live(hand, has_scripts)
    cluster = found(life)
    join_with_a_code(life, cluster)
    write_down_and_sign(life)
    is_in_everybodys_plan(life)
    call_and_offer(life)
    vote(life)
    clock.move_to("2026-05-11 17:30:00+01:00")
    life.days_pass()
    approve(life)
    clock.move_to("2026-07-01 09:30:00+01:00")
    life.days_pass()
    send_invoice(cluster)
    leave_with_the_right_money(life, cluster)
    june_is_closed_and_the_books_are_right(life, cluster)
    clock.move_to("2026-08-06 09:30:00+01:00")
    life.days_pass()
    the_last_of_it_comes_home(life, cluster)
