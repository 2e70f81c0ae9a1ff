"""How somebody handles a page: with a mouse, or with a keyboard and nothing else."""

from typing import Protocol

from playwright.sync_api import Locator, Page, expect

from tests.browser.ways import press, reach, write

MOST_CHOICES = 30
GROUP_HAS_FOCUS = """one => document.activeElement === one
    || (one.type === "radio" && document.activeElement.name === one.name)"""


class Hand(Protocol):
    """Whoever acts on a page: `press` a link or a button, `choose` an answer, `write` into a field."""

    def press(self, target: Locator) -> None: ...

    def choose(self, target: Locator) -> None: ...

    def write(self, target: Locator, words: str) -> None: ...


class Mouse:
    """A hand with a mouse."""

    def press(self, target: Locator) -> None:
        target.click()

    def choose(self, target: Locator) -> None:
        target.check()

    def write(self, target: Locator, words: str) -> None:
        target.fill(words)


class Keyboard:
    """A hand that has Tab, Enter, Space and the arrows, and types."""

    def press(self, target: Locator) -> None:
        press(target.page, target)

    def choose(self, target: Locator) -> None:
        """Tick a box with Space; among answers of which only one counts, go on to it with the arrow."""
        expect(target).to_be_attached()
        page = target.page
        if target.is_checked():
            return
        if target.get_attribute("type") != "radio":
            reach(page, target)
            page.keyboard.press("Space")
            expect(target).to_be_checked()
            return
        self._reach_group(page, target)
        page.keyboard.press("Space")
        for _ in range(MOST_CHOICES):
            if target.is_checked():
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"{target} cannot be chosen by keyboard")

    def write(self, target: Locator, words: str) -> None:
        """Days are written by the browser's own parts of a day, month first in this one."""
        if target.get_attribute("type") == "date":
            reach(target.page, target)
            year, month, day = words.split("-")
            target.page.keyboard.type(f"{month}{day}{year}")
            expect(target).to_have_value(words)
            return
        write(target.page, target, words)

    def _reach_group(self, page: Page, target: Locator) -> None:
        for _ in range(MOST_CHOICES * 3):
            if target.evaluate(GROUP_HAS_FOCUS):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by keyboard")
