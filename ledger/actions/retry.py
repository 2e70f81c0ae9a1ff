"""Trying again when PostgreSQL asks for it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection

Args = ParamSpec("Args")
Result = TypeVar("Result")

# Serialisation failure, deadlock, lock not available; and a key taken by somebody else a moment ago.
LOCK_TROUBLE = frozenset({"40001", "40P01", "55P03", "23505"})
TRIES = 3


def with_retries(act: Callable[Args, Result]) -> Callable[Args, Result]:
    """
    Run a whole transaction again when it lost a race for a lock, up to three tries in all.

    Lock trouble is never shown as "not enough money". Inside a larger transaction it cannot be tried again,
    so there the trouble goes on to whoever began that transaction.
    """

    @wraps(act)
    def persistent(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        for _ in range(TRIES - 1):
            try:
                return act(*args, **kwargs)
            except (OperationalError, IntegrityError) as trouble:
                state = getattr(trouble.__cause__, "sqlstate", None)
                if state not in LOCK_TROUBLE or connection.in_atomic_block:
                    raise
        return act(*args, **kwargs)

    return persistent
