"""
Hostile e-invoices: `python -m bench.hostile NAME` reads one in a process of its own and prints seconds (of its processor) and megabytes.

Each is as large as it may be, so that what is measured is the most that anybody can make us do.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from invoices.rules import UnreadableDocument
from invoices.rules.ubl import read_ubl
from invoices.rules.ubl.intake import LIMITS
from invoices.rules.xml import UnableToReadXml, parse_xml
from tests.invoices.e_invoices import make_bill, written

GOOD = written(make_bill())
CURRENCY, LINE, END = b"<cbc:DocumentCurrencyCode>", b"<cac:InvoiceLine>", b"</Invoice>"
LINES = GOOD[GOOD.index(LINE) : GOOD.index(b"</cac:InvoiceLine>") + 18]
PARTY, MOST = b"<cac:PartyLegalEntity>", 4_900_000


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY l0 "lol">{entities}]><Invoice>&l9;</Invoice>'.encode()


def _with(before: bytes, what: bytes, times: int) -> bytes:
    """A good invoice with a piece many times before a place in it."""
    return GOOD.replace(before, what * times + before, 1)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "billion laughs": _laughs,
    "outside file": lambda: b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:/etc/hostname">]><Invoice>&x;</Invoice>',
    "outside DTD": lambda: b'<!DOCTYPE a SYSTEM "http://localhost:9/a.dtd"><Invoice/>',
    "parameter entity": lambda: b'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:/etc/hostname"> %p;]><Invoice/>',
    "includes": lambda: GOOD.replace(
        END, b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/"/>' * 24_000 + END
    ),
    "deep": lambda: b"<a>" * 74_000 + b"</a>" * 74_000,
    "deep, many times": lambda: b"<r>" + (b"<a>" * 200 + b"</a>" * 200) * 370 + b"</r>",
    "attributes of one element": lambda: b"<a " + b" ".join(b'a%d=""' % n for n in range(49_000)) + b"/>",
    "attributes of many": lambda: b"<a>" + b'<b c="d" e="f"/>y' * 24_900 + b"<b/>y" * 120_000 + b"</a>",
    "namespaces": lambda: b"<a " + b" ".join(b'xmlns:a%d="u"' % n for n in range(49_000)) + b"><a7:b/></a>",
    "huge text": lambda: b"<a>" + b"x" * MOST + b"</a>",
    "huge name": lambda: b"<" + b"a" * MOST + b"/>",
    "elements and text": lambda: b"<a>" + b"<b/>".join([b"x" * 19] * 149_000) + b"</a>",
    "faults of the schema": lambda: _with(CURRENCY, b'<cbc:Note a="1">x</cbc:Note>', 49_900),
    "notes": lambda: _with(CURRENCY, b"<cbc:Note>x</cbc:Note>", 74_900),
    "empty notes": lambda: _with(CURRENCY, b"<cbc:Note/>", 149_000),
    "lines": lambda: _with(LINE, LINES, 149_000 // LINES.count(b"<")),
    "faulty lines": lambda: _with(LINE, LINES.replace(b">22.51<", b">29.51<"), 149_000 // LINES.count(b"<")),
    "VAT breakdowns": lambda: _with(
        b"</cac:TaxTotal>",
        b'<cac:TaxSubtotal><cbc:TaxAmount currencyID="GBP">0</cbc:TaxAmount><cac:TaxCategory><cbc:ID>E</cbc:ID>'
        b"<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>",
        9_900,
    ),
    "long figures": lambda: _with(CURRENCY, b"<cbc:Note>x</cbc:Note>", 1).replace(
        b">33.77<", b">" + b"9" * 999_999 + b"<"
    ),
}


def most_memory_mb() -> float:
    """The most memory this process had since it was last asked to forget, in MB (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main(name: str) -> None:
    """Read one hostile document; what it costs beyond a good one is its own."""
    read_ubl(parse_xml(GOOD))
    raw = HOSTILE[name]()
    Path("/proc/self/clear_refs").write_text("5")
    before, start = most_memory_mb(), time.process_time()
    try:
        read_ubl(parse_xml(raw, limits=LIMITS))
        answer = "taken"
    except (UnableToReadXml, UnreadableDocument) as refusal:
        answer = str(refusal)[:60]
    taken = time.process_time() - start
    print(json.dumps({"seconds": taken, "megabytes": most_memory_mb() - before, "answer": answer}))


if __name__ == "__main__":
    main(sys.argv[1])
