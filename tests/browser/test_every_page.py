"""
Every page there is, looked at in a real browser: in both directions, large and small, with and without JavaScript.

The pages are written once by the app (tests/browser/every_page.py); the browser gets them from there. Journeys, where
one page leads to the next, are in the other files of this folder.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.plugin import DjangoDbBlocker

from tests.access.table import ROWS
from tests.browser.every_page import (
    EASY,
    ERROR,
    LTR,
    NO_PAGES,
    NOT_OURS,
    RTL,
    WELSH,
    Shelf,
    write_every_page,
)
from tests.browser.looking import AXE, looking
from tests.browser.standing import House, standing

MOST_BYTES = 100_000
NAMES = [row.name for row in ROWS if row.sees is not None and row.name not in NO_PAGES | NOT_OURS]


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Shelf:
    """Every page, written once."""
    with django_db_blocker.unblock():
        return write_every_page()


@pytest.fixture(scope="module")
def house(shelf: Shelf) -> Iterator[House]:
    """Where the pages stand to be looked at."""
    with standing(shelf) as house:
        yield house


@pytest.fixture(scope="module")
def window(chromium: Browser, house: House) -> Iterator[Page]:
    """A window in which JavaScript runs, axe's too; nothing moves in it, so that nothing is looked at half way."""
    yield from _window(chromium, house, runs_scripts=True)


@pytest.fixture(scope="module")
def plain_window(chromium: Browser, house: House) -> Iterator[Page]:
    """A window in which no JavaScript runs."""
    yield from _window(chromium, house, runs_scripts=False)


def _window(chromium: Browser, house: House, *, runs_scripts: bool) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=house.address, locale="en-GB", reduced_motion="reduce", java_script_enabled=runs_scripts
    )
    if runs_scripts:
        context.add_init_script(AXE.axe_script)
    yield context.new_page()
    context.close()


def test_finds_every_page_of_the_table(shelf: Shelf) -> None:
    """An address that answers with no page is named in NO_PAGES, and nothing is named there that answers with one."""
    assert [name for name in NAMES if (name, LTR) not in shelf.pages or (name, RTL) not in shelf.pages] == []
    assert shelf.not_pages == NO_PAGES


@pytest.mark.parametrize("name", NAMES)
def test_is_fit_to_be_shown(house: House, window: Page, name: str) -> None:
    with looking(window, house, house.shelf.pages[name, LTR]) as look:
        found = [*look.at_words(), *look.at_axe(), *look.at_sizes(), *look.at_keyboard(), *look.at_paper()]
    assert found + look.complaints == []


@pytest.mark.parametrize("name", NAMES)
def test_is_fit_to_be_read_from_right_to_left(house: House, window: Page, name: str) -> None:
    with looking(window, house, house.shelf.pages[name, RTL]) as look:
        assert window.evaluate("() => getComputedStyle(document.body).direction") == "rtl"
        found = [*look.at_words(), *look.at_axe(), *look.at_sizes()]
    assert found + look.complaints == []


@pytest.mark.parametrize("name", NAMES)
def test_needs_no_script(house: House, plain_window: Page, name: str) -> None:
    found = []
    for way in (LTR, RTL):
        with looking(plain_window, house, house.shelf.pages[name, way]) as look:
            found += [*look.at_words(), *look.at_sizes(), *look.at_pressing(), *look.complaints]
    assert found == []


def test_is_as_fit_in_easy_words(house: House, window: Page) -> None:
    assert found_in(house, window, EASY) == {}


def test_is_as_fit_in_welsh(house: House, window: Page) -> None:
    """Its words are longer than the English; nothing may stick out, and the page says which language it is in."""
    assert found_in(house, window, WELSH) == {}
    assert {
        page.name for page in house.shelf.pages.values() if page.way == WELSH and 'lang="cy"' not in page.html
    } == set()


def test_leads_from_every_error_to_its_question(house: House, window: Page) -> None:
    assert found_in(house, window, ERROR) == {}


def test_a_first_visit_is_light(shelf: Shelf) -> None:
    """Page, stylesheets, scripts and pictures together, squeezed as the server squeezes them."""
    weights = {(page.name, page.way): shelf.weight(page) for page in shelf.pages.values()}
    assert {page: weight for page, weight in weights.items() if weight >= MOST_BYTES} == {}


def found_in(house: House, window: Page, way: str) -> dict[str, list[str]]:
    """What is amiss with the pages written in one way, by the name of the page."""
    pages = [page for page in house.shelf.pages.values() if page.way == way]
    assert pages
    amiss = {}
    for page in pages:
        with looking(window, house, page) as look:
            found = [*look.at_words(), *look.at_axe(), *look.at_sizes(), *look.complaints]
            more = {ERROR: look.at_errors, EASY: look.at_keyboard}.get(way)
            amiss[page.name] = found + (more() if more else [])
    return {name: found for name, found in amiss.items() if found}
