"""From the bytes of an e-invoice to the document it is: the one way in, by API and by upload alike."""

from invoices.rules.document import UnreadableDocument
from invoices.rules.ubl.en16931 import check_en16931, is_installed
from invoices.rules.ubl.read import EInvoice, read_ubl
from invoices.rules.xml import parse_xml


def read_e_invoice(raw: bytes) -> EInvoice:
    """
    Read a UBL 2.1 invoice or credit note, and hold it against every rule there is here.

    :raises UnableToReadXml: the bytes are not XML that we read.
    :raises UnreadableDocument: the XML is not a document that we take; says every place.
    """
    root = parse_xml(raw)
    invoice = read_ubl(root)
    problems = check_en16931(root) if is_installed() else []
    if problems:
        raise UnreadableDocument(problems)
    return invoice
