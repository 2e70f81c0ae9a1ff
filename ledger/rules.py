"""What an account is called, and which days there are. Pure: no Django, no database."""

from datetime import date
from hashlib import sha256
from uuid import UUID

# Whoever says another day has mistyped; and there is always a day before and after these, both of them days still.
EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def account_id(
    *, book_id: UUID, kind: str, owner_id: UUID, stream: str, earmark_id: UUID | None = None
) -> UUID:
    """
    Name an account from what it is, so that it needs no look-up and a changed owner shows.

    The first 16 bytes of sha256 over book, kind, owner, earmark (or nothing) and stream, joined by "|".
    `ledger_account_id` in PostgreSQL gives the same.
    """
    words = "|".join([str(book_id), kind, str(owner_id), str(earmark_id or ""), stream])
    return UUID(bytes=sha256(words.encode()).digest()[:16])
