"""Whether a book has entries from after a moment."""

from datetime import datetime
from uuid import UUID

from ledger.models import Entry


def was_posted_to(*, book_id: UUID, since: datetime) -> bool:
    """
    Tell whether anything was posted to a book after a moment, to the millisecond; one look-up however old the book.

    An entry has the time it was made in its id. One whose transaction was still under way at that moment may be missed.
    """
    return Entry.objects.filter(book=book_id, pk__gt=_last_id_of(since)).exists()


def _last_id_of(moment: datetime) -> UUID:
    """Give the greatest id that can have been made in the millisecond of a moment (RFC 9562, version 7)."""
    return UUID(int=(int(moment.timestamp() * 1000) << 80) | ((1 << 80) - 1))
