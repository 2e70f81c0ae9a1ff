"""
`python -m tests.browser.screenshots [FOLDER]`: pictures of the ten main pages, for a person to look at.

The made-up council is loaded into a private database. Each page is taken large, at 320 pixels, in easy words and from
right to left; the pages are written by the app in this process, and the browser gets them from here.
"""

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.plugin.browser import FLAGS, MISSING, browser_program
from tests.plugin.servers import TEST_SETTINGS, private_servers

FOLDER = Path(__file__).resolve().parents[2] / "screenshots" / "main"
LARGE, SMALL = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=640)
# How a picture is called, how its reader likes pages to be, and how large the screen is.
WAYS: list[tuple[str, dict[str, Any], ViewportSize]] = [
    ("large", {}, LARGE),
    ("small", {}, SMALL),
    ("easy", {"is_easy": True}, LARGE),
    ("rtl", {"language": "ar-xb"}, LARGE),
]


@dataclass(frozen=True)
class Stop:
    """One of the main pages: its name, whose it is, and how one comes there from the stops before it."""

    name: str
    email: str
    leads_there: Callable[[dict[str, str]], str]


def main() -> None:
    """Take every picture, and say where they lie."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    program = browser_program()
    if program is None:
        sys.exit(MISSING)
    folder.mkdir(parents=True, exist_ok=True)
    with private_servers() as variables:
        os.environ.update(TEST_SETTINGS | variables | {"DJANGO_SETTINGS_MODULE": "commonpurse.settings"})
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
        load_the_council()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            window = browser.new_context(locale="en-GB", reduced_motion="reduce").new_page()
            take_all(window, folder)
            browser.close()
    print(f"The pictures are in {folder}")  # noqa: T201 - it is for whoever typed the command


def load_the_council() -> None:
    """Make the tables, and have the made-up council live until today."""
    import django

    django.setup()
    from celery import Celery
    from django.core.management import call_command
    from django.test.utils import setup_test_environment
    from django.utils import timezone

    from commonpurse.demo.load import load

    setup_test_environment()
    Celery.send_task = lambda *_, **__: None  # type: ignore[method-assign,assignment]  # nobody is there to hear
    call_command("migrate", verbosity=0)
    load(on=timezone.localdate(), say=print)


def take_all(window: Page, folder: Path) -> None:
    """Take every page in every way, each as the one it belongs to."""
    from people.models import Person, PersonalSettings, User

    for way, likes, size in WAYS:
        PersonalSettings.objects.update(is_easy=False, language="en-gb")
        for user in User.objects.filter(email__in={stop.email for stop in stops()}):
            person = Person.objects.filter(user=user).first()
            whose = {"person": person} if person else {"user": user}
            PersonalSettings.objects.update_or_create(
                **whose, defaults=likes | {"changed_by": "system:pictures"}
            )
        been: dict[str, str] = {}
        window.set_viewport_size(size)
        for stop in stops():
            been[stop.name] = take(window, stop, stop.leads_there(been), folder / f"{stop.name}-{way}.png")


def take(window: Page, stop: Stop, path: str, picture: Path) -> str:
    """Take one picture; gives the page, for the way on from it."""
    from django.test import Client

    from people.models import User
    from tests.browser.every_page import Shelf, Written, fetch_files
    from tests.browser.standing import standing
    from tests.visiting import as_user

    client: Client = as_user(User.objects.get(email=stop.email))
    answer = client.get(path, follow=True)
    if answer.status_code != 200:
        sys.exit(f"{stop.email} was shown no page at {path}: {answer.status_code}")
    page = Written(stop.name, "", path, dict(answer.headers), answer.content.decode())
    shelf = Shelf({(stop.name, ""): page})
    fetch_files(shelf)
    with standing(shelf) as house:
        house.page = page
        window.goto(f"{house.address}{path}")
        window.screenshot(path=picture, full_page=True)
    return page.html


def stops() -> list[Stop]:
    """The ten main pages, in the order one comes by them."""
    from commonpurse.demo.story.council import MARCUS, PRIYA
    from commonpurse.demo.story.hooyo import HALIMA

    return [
        Stop("my-money", HALIMA.email, lambda _: "/my-money/"),
        Stop("why", HALIMA.email, lambda been: linked(been["my-money"], r"/my-money/why/[^/]+/")),
        Stop("plan", HALIMA.email, lambda been: linked(been["my-money"], r"/plans/[^/]+/")),
        Stop("find", HALIMA.email, lambda _: "/find-a-cluster/"),
        Stop("outside", HALIMA.email, lambda been: linked(been["find"], r"/find-a-cluster/[^/]+/")),
        Stop("our-cluster", HALIMA.email, lambda been: linked(been["my-money"], r"/clusters/[0-9a-f-]{36}/")),
        Stop("decision", *open_decision()),
        Stop("leave", HALIMA.email, lambda been: linked(been["our-cluster"], r"/clusters/[^/]+/leave/")),
        Stop("my-people", PRIYA, lambda _: "/my-people/"),
        Stop("approve", MARCUS, lambda _: linked(waiting(MARCUS), r"/commissioning/waiting/[^/]+/")),
    ]


def open_decision() -> tuple[str, Callable[[dict[str, str]], str]]:
    """Somebody who is asked to vote now, and the page of that decision."""
    from clusters.models import RollEntry

    asked = RollEntry.objects.filter(decision__state="open", membership__person__user__isnull=False)
    entry = asked.select_related("membership__person__user").order_by("pk")[0]
    voter = entry.membership.person.user
    assert voter is not None
    return voter.email, lambda _: reverse("clusters:decision", args=[entry.decision_id])


def waiting(email: str) -> str:
    """The list of what waits, from which one comes to what can be approved."""
    from people.models import User
    from tests.visiting import as_user

    return as_user(User.objects.get(email=email)).get("/commissioning/waiting/").content.decode()


def linked(html: str, where: str) -> str:
    """The first link of a page that leads to such a place."""
    found = re.search(rf'href="({where})"', html)
    if found is None:
        sys.exit(f"No link leads to {where}.")
    return found[1]


if __name__ == "__main__":
    main()
