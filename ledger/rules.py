"""What an account is called, worked out from whose money it holds. Pure: no Django, no database."""

from hashlib import sha256
from uuid import UUID


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
