"""
The journal as a plain text that hledger and ledger both read.

Descriptions and notes are free text in ours and have signs with a meaning in theirs: a semicolon begins a note, a comma
ends a tag, a bracket may be a date. Such signs, and whatever is not shown on one line, are written as `%` and two
hexadecimal digits a byte, as in addresses of the web; everything else, letters of any language too, stays as it is.
"""

import re
from collections.abc import Iterable, Iterator

from reports.rules.hand_over.entries import JournalEntry, JournalLine, codes_of

HEADING = """; Entries of the books of Common Purse. Debits are above zero, credits below.

commodity GBP
    format 1000.00 GBP
"""
# Signs with a meaning, what ends a line or is not shown, a blank at either end, and what must not begin a description.
WITH_MEANING = re.compile(
    r"[%;,\[\]\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|^[^\w\"']|\s$|\s(?=\s)"
)


def journal_of(entries: Iterable[JournalEntry]) -> Iterator[str]:
    """Write entries for hledger and ledger, a piece for each."""
    yield HEADING
    for entry in entries:
        yield "".join(_entry(entry))


def _entry(entry: JournalEntry) -> Iterator[str]:
    yield f"\n{entry.effective_date} * {on_one_line(entry.reason)}\n"
    for name, value in entry.facts():
        yield f"    ; {name}: {on_one_line(value)}\n"
    for line in entry.lines:
        yield from _line(line)


def _line(line: JournalLine) -> Iterator[str]:
    yield f"    {line.account}  {line.pounds} GBP\n"
    for name, value in codes_of(line):
        yield f"        ; {name}: {on_one_line(value)}\n"


def on_one_line(words: str) -> str:
    """Write text so that nothing in it means anything to the readers; `urllib.parse.unquote` gives it back."""
    return WITH_MEANING.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), words)
