"""The councils that somebody was with, is with, and goes to: what their first page says of a move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from people.models import Council, Person
from reports.queries.caseload import Standing


@dataclass(frozen=True, kw_only=True)
class Moving:
    """
    What there is to say of somebody's moves on a day.

    `agreed_to` and `agreed_date`: a move they agreed to, which is not sent yet.
    `goes_date`: the day from which another council looks after them (none: nothing is sent). `goes_to`: which, where
    they are known there already. `is_gone`: that day has come. `before`: who they were where they moved from.
    """

    agreed_to: str
    agreed_date: date | None
    goes_date: date | None
    goes_to: Council | None
    is_gone: bool
    before: Sequence[Person]


def others_of(person: Person) -> list[Person]:
    """Give who the same login is in other councils, the newest first; asked with whose page it is, so no query."""
    return list(getattr(person, "other_councils", []))


def where_they_move(standing: Standing, *, on: date) -> Moving:
    """Say where somebody goes, and where they were before; no query."""
    person = standing.person
    others = others_of(person)
    coming = [one for one in others if one.moved_date is None or one.moved_date > on]
    return Moving(
        agreed_to=standing.moves_to,
        agreed_date=standing.moves_date,
        goes_date=person.moved_date,
        goes_to=coming[0].council if coming and person.moved_date else None,
        is_gone=person.moved_date is not None and person.moved_date <= on,
        before=[one for one in others if one.moved_date is not None and one.moved_date <= on],
    )
