"""Looking at a page in a browser, for what a machine can see of it. Every look says in words what is amiss."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, ViewportSize

from tests.browser.conftest import LARGE, SMALL, WCAG
from tests.browser.every_page import Written
from tests.browser.standing import House

LOOK = (Path(__file__).parent / "look.js").read_text()
AXE = Axe()
TITLE = re.compile(r"(Error: )?(?!Error:)\S.* – Common Purse")
SUMMARY = ".govuk-error-summary"
FINDINGS = """options => axe.run(options).then(({violations}) => violations.flatMap(one =>
    one.nodes.map(node => `axe: ${one.id} at ${node.target}`)))"""
MOST_STOPS = 400
TEXTS = (
    (LARGE, {"with words twice as large": "200%"}),
    (SMALL, {"at 320 pixels": "100%", "at 320 pixels with the largest words": "160%"}),
)
A4 = ViewportSize(width=794, height=1123)  # at 96 dots an inch


class Look:
    """A browser at one page."""

    def __init__(self, window: Page, page: Written) -> None:
        self.window, self.page = window, page
        self.complaints: list[str] = []

    def hear(self, message: ConsoleMessage) -> None:
        """Remember what the Content-Security-Policy held back, and what fell over."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def ask(self, what: str) -> Any:
        """Ask the page something of look.js: `ask("tooWide")`."""
        return self.window.evaluate(f"() => look.{what}()")

    def at_words(self) -> list[str]:
        """Its title, its one heading, and that every id that is pointed at is there, once."""
        words = self.ask("words")
        title, headings = words["title"].strip(), words["headings"]
        is_amiss = words["summaries"] > 0
        found = [f"points at #{name}, which is not there" for name in words["dangling"]]
        found += [f"has #{name} twice" for name in words["twice"]]
        if not TITLE.fullmatch(title) or title.startswith("Error:") != is_amiss:
            found.append(f"is called {title!r}")
        return found if len(headings) == 1 else [*found, f"has these first headings: {headings}"]

    def at_axe(self) -> list[str]:
        """What axe finds, by the rules of WCAG 2.2 AA and good practice; it is in a window that runs scripts."""
        found: list[str] = self.window.evaluate(FINDINGS, {"runOnly": WCAG, "resultTypes": ["violations"]})
        return found

    def at_sizes(self) -> list[str]:
        """That nothing has to be pushed sideways: at 320 pixels, with words twice as large, and with both large."""
        found = []
        for size, texts in TEXTS:
            resize(self.window, size)
            seen = self.window.evaluate("texts => texts.map(look.withTextAt)", list(texts.values()))
            for name, here in zip(texts, seen, strict=True):
                if (too_wide := here["tooWide"]) > 0 or here["stickingOut"]:
                    found.append(f"is {too_wide} pixels too wide {name}: {here['stickingOut']}")
                found += [f"cuts off {words} {name}" for words in here["cutOff"]]
        resize(self.window, LARGE)
        return found

    def at_keyboard(self) -> list[str]:
        """That Tab stops at every control, in the order they are written, and that one sees where it is."""
        found: list[str] = []
        reached: list[int] = []
        for _ in range(MOST_STOPS if self.ask("begin") else 0):
            self.window.keyboard.press("Tab")
            here = self.ask("here")
            if here["place"] < 0:
                if here["name"]:
                    found.append(f"Tab stops at {here['name']}, which is no control")
                break
            if reached and here["place"] == reached[-1]:
                continue  # the next part of a date
            if here["place"] == 0 and reached:
                break  # round once
            reached.append(here["place"])
            if not here["shows"]:
                found.append(f"one does not see the focus at {here['name']}")
        names = self.ask("names")
        if reached != list(range(len(names))):
            found.append(f"Tab goes {reached} through {names}")
        return found

    def at_paper(self) -> list[str]:
        """That its words come out on paper, and nothing that can only be pressed."""
        resize(self.window, A4)
        self.window.emulate_media(media="print")
        paper = self.ask("onPaper")
        too_wide = self.ask("tooWide")
        self.window.emulate_media(media="screen")
        resize(self.window, LARGE)
        found = [f"prints {name}" for name in paper["doors"] + paper["addresses"]]
        if too_wide > 0:
            found.append(f"is {too_wide} pixels wider than the paper")
        return found if paper["words"] and paper["heading"] == 1 else [*found, "prints no words"]

    def at_pressing(self) -> list[str]:
        """That whatever can be pressed does something by itself: a link leads on, a button sends a form."""
        return [f"has {name}, which does nothing without a script" for name in self.ask("idle")]

    def at_errors(self) -> list[str]:
        """That each link of the error summary takes the focus to its question."""
        links = self.window.locator(f"{SUMMARY} a[href^='#']")
        has_field = self.window.locator(".govuk-error-message:visible").count() > 0
        found = (
            []
            if links.count() or not has_field
            else ["says what is amiss with a question, and leads nowhere"]
        )
        for link in links.all():
            target = (link.get_attribute("href") or "").removeprefix("#")
            link.click()
            if self.window.evaluate("() => document.activeElement.id") != target:
                found.append(f"leads to #{target}, which does not take the focus")
        return found


def resize(window: Page, size: ViewportSize) -> None:
    """Make a window so large, if it is not."""
    if window.viewport_size != size:
        window.set_viewport_size(size)


@contextmanager
def looking(window: Page, house: House, page: Written) -> Iterator[Look]:
    """Open a page in a window; `look.complaints` is what the browser says of it."""
    look = Look(window, page)
    house.page = page
    window.on("console", look.hear)
    try:
        resize(window, LARGE)
        window.goto(page.path)
        window.evaluate(LOOK)
        yield look
    finally:
        window.remove_listener("console", look.hear)
