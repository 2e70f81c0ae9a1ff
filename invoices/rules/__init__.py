"""The rules of intake, pure: reading a document strictly, judging its lines, sharing them among the members."""

from invoices.rules.document import (
    MAX_BYTES,
    Document,
    Line,
    Problem,
    UnreadableDocument,
    VatSum,
    parse_document,
    read_json,
)
from invoices.rules.judging import Accepted, Bill, Corrected, Held, Judge, Terms, due_date, owner_of
from invoices.rules.sharing import Away, Member, Pledged, Share, Shared, UnableToShare, share_line

__all__ = [
    "MAX_BYTES",
    "Accepted",
    "Away",
    "Bill",
    "Corrected",
    "Document",
    "Held",
    "Judge",
    "Line",
    "Member",
    "Pledged",
    "Problem",
    "Share",
    "Shared",
    "Terms",
    "UnableToShare",
    "UnreadableDocument",
    "VatSum",
    "due_date",
    "owner_of",
    "parse_document",
    "read_json",
    "share_line",
]
