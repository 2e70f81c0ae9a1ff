"""From the bytes of an e-invoice to the document it is: the one way in, by API and by upload alike."""

from invoices.rules.document import Document, UnreadableDocument
from invoices.rules.ubl.en16931 import check_en16931, is_installed
from invoices.rules.ubl.read import read_ubl
from invoices.rules.xml import XmlLimits, parse_xml

LIMITS = XmlLimits(
    tags=150_000, attributes=50_000
)  # some 3,500 lines: more are split, so that none is slow to check


def read_e_invoice(raw: bytes) -> Document:
    """
    Read a UBL 2.1 invoice or credit note, and hold it against every rule there is here.

    :raises UnableToReadXml: the bytes are not XML that we read.
    :raises UnreadableDocument: the XML is not a document that we take; says every place.
    """
    root = parse_xml(raw, limits=LIMITS)
    document = read_ubl(root)
    problems = check_en16931(root) if is_installed() else []
    if problems:
        raise UnreadableDocument(problems)
    return document
