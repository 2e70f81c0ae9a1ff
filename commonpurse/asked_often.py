"""
Questions to the database that are asked on every other page: put into words once, then only answered.

Django builds a query anew each time, which takes longer than PostgreSQL needs to answer it. A question that is asked
often is built once, with marks in the places of what differs, and its words are kept; PostgreSQL keeps its plan
likewise (a prepared statement). No answer is ever kept: each asking sees the database as it is.

Every app's queries may use this module (the import contract says so), and it knows none of them.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID, uuid4

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Model, QuerySet, prefetch_related_objects
from psycopg.sql import Literal as InSql

Row = TypeVar("Row")
Kind = Literal[
    "uuid", "uuid[]", "text", "text[]", "date", "date[]", "timestamptz"
]  # as PostgreSQL calls them

PLACE = re.compile(r"(?<!%)%s")
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)  # no day or moment that anybody asks for lies as early
ONE_OF = "IN ("


class UnableToKeep(Exception):
    """A question holds a day, a moment or an id that was not given: kept, it would be wrong the next time."""


@dataclass(frozen=True)
class _Words:
    """A question in words: its SQL with a named place for each mark, and how Django reads the rows."""

    sql: str
    queryset: QuerySet[Any, Any]
    compiler: Any

    @cached_property
    def converters(self) -> dict[int, Any]:
        """Which columns Django reads otherwise than psycopg gives them, and how; the same for every answer."""
        columns = [column for column, *_ in self.compiler.select[: self.compiler.col_count]]
        return dict(self.compiler.get_converters(columns))


class _Answered:
    """What Django reads rows with, as if it had asked for them itself."""

    def __init__(self, words: _Words, rows: list[tuple[Any, ...]]) -> None:
        self.words, self.rows = words, rows

    def __getattr__(self, name: str) -> Any:
        """Be the query, or what made SQL of it, in all but the asking."""
        compiler = self.words.compiler
        return getattr(compiler if hasattr(compiler, name) else compiler.query, name)

    def get_compiler(self, *_: Any, **__: Any) -> "_Answered":
        """Nothing is left to be put into SQL."""
        return self

    def execute_sql(self, *_: Any, **__: Any) -> list[list[tuple[Any, ...]]]:
        """The answer is there."""
        return [self.rows]

    def results_iter(self, *_: Any, tuple_expected: bool = False, **__: Any) -> Iterator[Any]:
        """Give the rows as Python has them."""
        if not self.words.converters:
            return iter(self.rows)
        rows: Iterator[Any] = self.words.compiler.apply_converters(self.rows, self.words.converters)
        return map(tuple, rows) if tuple_expected else rows


class _Keeping(ServerBindingCursor):
    """A cursor that lets PostgreSQL keep plans, and still says what it asked: Django's log of queries wants to know."""

    def _send_query_prepared(self, name: bytes, pgq: Any, **how: Any) -> None:
        self._query = pgq
        super()._send_query_prepared(name, pgq, **how)  # type: ignore[misc]


class AskedOften(Generic[Row]):
    """
    A question that is put into words once.

    `AskedOften(lambda person, on: Plan.objects.filter(…), person="uuid", on="date")`, and then
    `plans_of(person=person.pk, on=today)`. What differs is named with its kind in PostgreSQL, and given each time;
    a list (`uuid[]`) only where Django says `__in`. The queryset must say the same whoever asks, whenever.

    :raises UnableToKeep: at the first asking, if a day, a moment or an id stands in it that was not given.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], **kinds: Kind) -> None:
        self.build, self.kinds = build, kinds

    def __call__(
        self, **given: UUID | str | Sequence[UUID] | Sequence[str] | date | Sequence[date] | datetime
    ) -> list[Row]:
        """Ask; gives what a list of the queryset would."""
        words = self._words
        answered: Any = _Answered(words, ask(words.sql, given))
        queryset: Any = words.queryset
        asked = SimpleNamespace(
            db=queryset.db,
            model=queryset.model,
            query=answered,
            _fields=queryset._fields,
            _known_related_objects={},
        )
        rows: list[Any] = list(queryset._iterable_class(asked))  # noqa: SLF001
        prefetch_related_objects(rows, *queryset._prefetch_related_lookups)  # noqa: SLF001
        return rows

    @cached_property
    def _words(self) -> _Words:
        """Build the question with marks for what differs, and put it into SQL."""
        marks = {name: _mark(kind, number) for number, (name, kind) in enumerate(self.kinds.items(), 1)}
        queryset = self.build(**marks)
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        return _Words(_with_places(sql, params, marks, self.kinds), queryset, compiler)


def found_with(one: Model, name: str, others: list[Any]) -> None:
    """Note what belongs to a row under a related name, as a prefetch does: nobody asks the database for it again."""
    manager = getattr(one, name)
    known = manager.all()
    known._result_cache = others  # noqa: SLF001 - as a prefetch does, which would build the query anew
    vars(manager.instance).setdefault("_prefetched_objects_cache", {})[name] = (
        known  # `one` may be a lazy user
    )


def _mark(kind: Kind, number: int) -> Any:
    """Give something that stands in a question for what is to be given."""
    moment = LONG_AGO + timedelta(days=number)
    anything = uuid4()
    marks = {
        "uuid": anything,
        "uuid[]": [anything],
        "text": str(anything),
        "text[]": [str(anything)],
        "date": moment.date(),
        "date[]": [moment.date()],
        "timestamptz": moment,
    }
    return marks[kind]


def _with_places(sql: str, params: Sequence[Any], marks: Mapping[str, Any], kinds: Mapping[str, Kind]) -> str:
    """Write what never differs into the SQL, and a named place of its kind for each mark."""
    names = {(mark[0] if isinstance(mark, list) else mark): name for name, mark in marks.items()}
    first, *others = PLACE.split(sql)
    words = first
    for param, after in zip(params, others, strict=True):
        name = names.get(param) if isinstance(param, UUID | date | str) else None
        if name is None:
            words += _in_sql(param) + after
        elif kinds[name].endswith("[]"):
            words = f"{words.removesuffix(ONE_OF)}= ANY (%({name})s::{kinds[name]}{after}"
        else:
            words += f"%({name})s::{kinds[name]}{after}"
    return words


def _in_sql(param: Any) -> str:
    if isinstance(param, UUID | date):
        raise UnableToKeep(f"{param!r} stands in this question and was not given.")
    connection.ensure_connection()
    return InSql(param).as_string(connection.connection).replace("%", "%%")


def ask(sql: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """
    Ask PostgreSQL in words of SQL with named places; it keeps the plan where the settings let it (`prepare_threshold`).

    Gives the rows. A statement that answers with none is told (`tell`).
    """
    rows: list[tuple[Any, ...]] = _run(sql, given, lambda cursor: cursor.fetchall())
    return rows


def tell(sql: str, given: Mapping[str, Any]) -> None:
    """Have PostgreSQL do something that it answers nothing to; it keeps the plan as of what is asked (`ask`)."""
    _run(sql, given, lambda _: None)


def _run(sql: str, given: Mapping[str, Any], read: Callable[[Any], Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.cursor = _Keeping(connection.connection)  # type: ignore[call-arg]  # the stubs know no psycopg 3
        cursor.execute(sql, given)
        return read(cursor)
