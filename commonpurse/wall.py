"""
The second wall: while somebody asks in the web, PostgreSQL itself shows no more than their councils' rows (ADR 34).

The first wall is Python's: every view asks for what is `visible_to` somebody. Behind this one a view that forgets to
leaks nothing of another council. Workers and commands do not come through here, and run without it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from psycopg import Cursor, Error
from psycopg.pq import TransactionStatus

from commonpurse.beyond import is_beyond
from commonpurse.databases import WEB_ROLE
from providers.queries.wall import KINDS, lets_key, lets_user

LETS_NOBODY = f"SELECT {', '.join(f'NULL AS {kind}' for kind in KINDS)}"
# One statement says who asks, what they are let meet, and gives up the app's own rights; the role comes last.
UP = "SELECT {kinds}, set_config('role', '{role}', false) FROM ({lets}) lets"
DOWN = "RESET ROLE"
FORGET = "; ".join(f"RESET commonpurse.{kind}" for kind in KINDS)


class Wall:
    """
    The wall of one request, on the connection of its thread.

    It stands until `take_down`. Should the connection be lost before, it stands on the next one too: every query of the
    request comes through here (`execute_wrapper`).
    """

    def __init__(self) -> None:
        self._lets, self._given = "", dict[str, Any]()
        self._stands_on: Any = None
        self._is_part_of_more = connection.in_atomic_block  # a test, whose transaction ends after ours

    def __call__(self, execute: Callable[..., Any], sql: str, *others: Any) -> Any:
        """Ask the database, behind the wall where it should stand."""
        if self._lets and connection.connection is not self._stands_on:
            self._put_up()
        return execute(sql, *others)

    def put_up_for_user(self, user: UUID, *, on: date) -> None:
        """Let somebody meet what they have to do with on a day."""
        self._lets, self._given = lets_user(), {"user": user, "on": on}
        self._put_up()

    def put_up_for_key(self, key: UUID, *, provider: UUID) -> None:
        """Let the system of a provider meet what is of the council it works with."""
        self._lets, self._given = lets_key(), {"key": key, "provider": provider}
        self._put_up()

    def put_up_for_nobody(self) -> None:
        """Let a stranger meet what is everybody's, from the first query on: many pages for strangers ask none."""
        self._lets, self._given = LETS_NOBODY, {}

    def take_down(self) -> None:
        """Give the connection back as it was; one that cannot be is closed, and never used again."""
        stood_on, self._lets, self._stands_on = self._stands_on, "", None
        if stood_on is None or stood_on.closed:
            return
        try:
            # What waits for the end of a transaction is checked then, by whoever asked for it, who must still see it.
            stood_on.execute(DOWN if self._is_part_of_more else f"{DOWN}; {FORGET}")
        except Error:
            stood_on.close()

    def _put_up(self) -> None:
        """
        Put it up, or up anew: first it is looked up what is let through, as the app, then the role is given up.

        Never as a part of a transaction of the request: PostgreSQL would take it down if that is undone.
        """
        if self._stands_on is not None:
            lets, self._lets = self._lets, ""
            self.take_down()
            self._lets = lets
        connection.ensure_connection()
        raw = connection.connection
        is_idle = raw.info.transaction_status == TransactionStatus.IDLE
        begins_one = is_idle and not raw.autocommit and not self._is_part_of_more
        if begins_one:
            raw.autocommit = True
        try:
            with Cursor(raw) as cursor:
                cursor.execute(_up(self._lets), self._given)
        except Error:
            raw.close()
            raise
        if begins_one:
            raw.autocommit = False
        self._stands_on = raw


def _up(lets: str) -> str:
    kinds = ", ".join(f"set_config('commonpurse.{kind}', coalesce(lets.{kind}, ''), false)" for kind in KINDS)
    return UP.format(kinds=kinds, role=WEB_ROLE, lets=lets)


class BehindTheWall:
    """
    Middleware: every request is answered behind the wall, and the connection is given back without it.

    After the one that knows who is signed in. Strangers are behind it too, and meet what is everybody's. An address
    that must look further is declared with its reason (`commonpurse.beyond`). Systems sign in within their views, and
    put it up themselves (`request.wall`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer behind the wall of whoever is signed in."""
        wall = Wall()
        request.wall = wall  # type: ignore[attr-defined]  # for `process_view`, and for whoever signs in later
        with connection.execute_wrapper(wall):
            try:
                if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
                    wall.put_up_for_user(request.user.pk, on=timezone.localdate())
                return self.get_response(request)
            finally:
                wall.take_down()

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Take it down where an address is declared to look further; put it up before strangers everywhere else."""
        wall: Wall = request.wall  # type: ignore[attr-defined]
        place = request.resolver_match.view_name if request.resolver_match else ""
        if is_beyond(place, is_stranger=not request.user.is_authenticated):
            wall.take_down()
        elif not request.user.is_authenticated:
            wall.put_up_for_nobody()
