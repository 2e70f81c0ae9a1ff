"""E-invoices at the door of the API: UBL by content type, refused like JSON but with XPath for pointers."""

from rest_framework.request import Request

from invoices.actions import UnableToTakeIn
from invoices.api.refusals import Fault, Refusal, refuse_unreadable
from invoices.rules import Document, UnreadableDocument
from invoices.rules.ubl import place_in_ubl, read_e_invoice
from invoices.rules.xml import UnableToReadXml

XML = ("application/xml", "text/xml", "application/ubl+xml")
CHARSETS = ("utf-8", "utf8", "utf-16")


def is_xml(request: Request) -> bool:
    """Say whether a request brings XML, by what it says of itself."""
    kind: str = request.headers.get("Content-Type", "")
    return kind.partition(";")[0].strip().lower() in XML


def read_xml_document(raw: bytes) -> Document:
    """
    Read a UBL 2.1 invoice or credit note.

    :raises Refusal: 400 where it is not XML that we read, 413 where smaller pieces would do, 422 with every place where
        it breaks a rule or lacks what we bill by.
    """
    try:
        return read_e_invoice(raw)
    except UnableToReadXml as trouble:
        code = "body_too_large" if trouble.is_too_large else "unreadable_document"
        fault: Fault = {"pointer": "/", "code": trouble.code, "detail": str(trouble)}
        raise Refusal(code, f"{trouble} Nothing was stored.", errors=[fault]) from None
    except UnreadableDocument as trouble:
        raise refuse_unreadable(trouble) from None


def pointed(trouble: UnableToTakeIn, document: Document, request: Request) -> UnableToTakeIn:
    """Let a refusal point into what was sent: as XPath into an e-invoice."""
    if is_xml(request):
        trouble.pointer = place_in_ubl(document.kind, trouble.pointer)
    return trouble
