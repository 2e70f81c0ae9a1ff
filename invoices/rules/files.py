"""What a provider's file says, whatever it is: a table of invoices, or one e-invoice."""

from invoices.rules.csv_invoices import Placed, Sent, read_csv
from invoices.rules.document import MAX_BYTES, UnreadableDocument
from invoices.rules.ubl import place_in_ubl, read_e_invoice
from invoices.rules.xml import UnableToReadXml
from people.rules import Fault

XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
MOST_FAULTS = 500


def is_e_invoice(data: bytes) -> bool:
    """Tell an e-invoice from a table by how it begins; the file's name says nothing."""
    return data.lstrip(b" \t\r\n").startswith(XML_STARTS)


def read_file(data: bytes, *, file: str, provider_ref: str) -> Sent:
    """Read the documents of one provider from a file: all of them, or what is wrong with it (500 faults at most)."""
    if len(data) > MAX_BYTES:
        words = f"The file is larger than {MAX_BYTES // 1_000_000} MB. Send it in parts."
        return Sent(documents=[], faults=[Fault(file, None, words)])
    if is_e_invoice(data):
        return _read_e_invoice(data, file)
    sent = read_csv(data, file=file, provider_ref=provider_ref)
    return Sent(documents=sent.documents, faults=sent.faults[:MOST_FAULTS])


def place_of(placed: Placed, pointer: str) -> tuple[int | None, str]:
    """Give the row and the column, or the place in an e-invoice, of what a JSON pointer of a document names."""
    if placed.rows:
        return placed.first_row, pointer.strip("/")
    return None, place_in_ubl(placed.document.kind, pointer)


def _read_e_invoice(data: bytes, file: str) -> Sent:
    try:
        return Sent(documents=[Placed(read_e_invoice(data), {})], faults=[])
    except UnableToReadXml as trouble:
        return Sent(documents=[], faults=[Fault(file, trouble.line or None, str(trouble))])
    except UnreadableDocument as trouble:
        faults = [Fault(file, None, problem.detail, problem.pointer) for problem in trouble.problems]
        return Sent(documents=[], faults=faults[:MOST_FAULTS])
