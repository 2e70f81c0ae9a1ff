"""Ids that are known before their row is written: what is sealed is bound to the row it stands in."""

import time
from secrets import randbits
from threading import Lock
from uuid import UUID

# A quarter of a microsecond, as PostgreSQL's own: the least by which an id is later than the one before it.
STEP_NANOSECONDS = 250
NANOSECONDS_A_MILLISECOND = 1_000_000


class _Moments:
    """Moments that never come twice, and never go back."""

    def __init__(self) -> None:
        self._lock, self._last = Lock(), 0

    def next(self) -> int:
        with self._lock:
            self._last = max(time.time_ns(), self._last + STEP_NANOSECONDS)
            return self._last


_moments = _Moments()


def new_id() -> UUID:
    """
    Make an id as PostgreSQL's `uuidv7()` makes it (RFC 9562): each later than the last one made here.

    48 bits of milliseconds, 12 of what is left of one, and 62 that nobody can guess.
    """
    whole, rest = divmod(_moments.next(), NANOSECONDS_A_MILLISECOND)
    fraction = (rest << 12) // NANOSECONDS_A_MILLISECOND
    return UUID(int=whole << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | randbits(62))
