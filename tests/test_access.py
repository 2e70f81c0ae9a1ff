"""
Everybody at every door: the table of `tests/access/table.py` against the pages themselves.

The list of addresses is taken from the URLconf; the test fails when one is missing in the table.
"""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django.plugin import DjangoDbBlocker

from people.models import Authority, Scope
from tests.access.records import unwritten
from tests.access.rows import EVERYBODY, NOBODY, Row
from tests.access.table import ROWS
from tests.access.visitors import Visitors
from tests.access.world import World, make_world
from tests.cast import NINE
from tests.people.makers import make_authority, make_mark, make_user
from tests.visiting import Visitor, act_for

THROUGH = {200, 302}
OF_ONE_PAGE = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once, in a transaction that is undone in the end; nothing a visitor does lasts."""
    with django_db_blocker.unblock(), time_machine.travel(NINE, tick=False), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visitors(world: World) -> Visitors:
    """Everybody who visits it."""
    return Visitors(world)


def names_in(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """Every name of the URLconf, but for the admin's, which have a test of their own."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            if inner != "admin:":
                yield from names_in(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}"


def unwritten_looks(world: World, row: Row, visitor: str, response: HttpResponse) -> set[str]:
    """Of whose record a page shows something, and nobody wrote down that this visitor looked at it."""
    user = world.visitor(visitor)
    if response.status_code != 200 or user is None:
        return set()
    content = "" if response.streaming else response.content.decode(errors="ignore")
    helped = world.robin.person if visitor == "robin" else None
    return unwritten(world, row, user, content=content, helped=helped)


def expected(row: Row, allowed: str | None, visitor: str) -> set[int]:
    """The statuses a visitor may get."""
    if visitor == NOBODY and not row.is_open:
        return {302}
    if allowed is None:
        return {405}
    whose = "amina" if visitor == "robin" and not row.is_own else visitor
    return THROUGH if {whose, visitor} & set(allowed.split()) else {row.stranger}


def test_declares_every_address_once() -> None:
    declared = [row.name for row in ROWS]
    assert len(declared) == len(set(declared))
    assert set(names_in(get_resolver().url_patterns)) - set(declared) == set(), "Add a Row for each of these."
    assert set(declared) - set(names_in(get_resolver().url_patterns)) == set(), (
        "These are gone: take their Row out."
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_answers_each_visitor_as_declared(world: World, visitors: Visitors, row: Row) -> None:
    address = reverse(row.name, args=row.args(world))
    surprises, unwritten_by = {}, {}
    for visitor in EVERYBODY.split():
        client = visitors.come(visitor)
        for method, allowed in (("get", row.sees), ("post", row.acts)):
            with transaction.atomic():
                response = getattr(client, method)(address)
                unseen = unwritten_looks(world, row, visitor, response)
                transaction.set_rollback(True)
            wanted = expected(row, allowed, visitor)
            if response.status_code not in wanted:
                surprises[f"{method} by {visitor}"] = (response.status_code, wanted)
            if unseen:
                unwritten_by[f"{method} by {visitor}"] = unseen
    assert surprises == {}
    assert unwritten_by == {}, "Say in the view what it shows: request.shows(person, Part...)."


def met(authority: Authority, row: Row, world: World, *, is_acting: bool = False) -> tuple[int, str]:
    """What a helper meets at a door, without what only this one page says: its marks against forgery."""
    client = Visitor()
    client.force_login(authority.helper)
    if is_acting:
        act_for(client, authority)
    with transaction.atomic():
        response = client.get(reverse(row.name, args=row.args(world)))
        transaction.set_rollback(True)
    words = b"" if response.streaming else response.content
    return response.status_code, OF_ONE_PAGE.sub("", words.decode(errors="ignore"))


def test_shows_who_is_marked_no_more_than_who_gets_letters_alone(world: World) -> None:
    """Whoever Amina's money is kept from meets at every door, in the same words, what letters alone would open."""
    rows = [
        row for row in ROWS if row.sees and not row.name.startswith("mfa_")
    ]  # there secrets are drawn by lot
    home = next(row for row in rows if row.name == "home")
    with transaction.atomic():
        letters, all_of_it = (
            make_authority(person=world.here.amina, helper=make_user(name="Kim Lee"), scopes=scopes)
            for scopes in ([Scope.LETTERS], list(Scope))
        )
        make_mark(person=world.here.amina, kept_from=all_of_it.helper, by=world.here.priya, at=NINE)
        differ = {row.name for row in rows if met(all_of_it, row, world) != met(letters, row, world)}
        stopped = met(all_of_it, home, world, is_acting=True)
        is_as_ever = stopped == met(letters, home, world, is_acting=True)
        transaction.set_rollback(True)
    assert (differ, stopped[0], is_as_ever) == (set(), 403, True)


@pytest.mark.parametrize("visitor", EVERYBODY.split())
def test_keeps_the_admin_closed(world: World, visitor: str) -> None:
    client, user = Visitor(), world.visitor(visitor)
    if user is not None:
        client.force_login(user)
    assert client.get(reverse("admin:index")).status_code == 302


def test_asks_nobody_for_a_password_at_the_door_of_the_admin(world: World) -> None:
    client = Visitor()
    assert client.get(reverse("admin:index"), follow=True).redirect_chain[-1][0].startswith("/sign-in/")
    client.force_login(world.here.farah)
    assert client.get(reverse("admin:login")).status_code == 403
