"""
The journal as beancount reads it.

Accounts are not opened by name but by beancount's own plugin, so that the files of several months can be read together:
an account may be opened only once in all of them.
"""

import re
from collections.abc import Iterable, Iterator

from reports.rules.hand_over.entries import JournalEntry, JournalLine, codes_of

HEADING = """; Entries of the books of Common Purse. Debits are above zero, credits below.
option "operating_currency" "GBP"
plugin "beancount.plugins.auto_accounts"
"""
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
ESCAPED = re.compile(r"[\\\"\n\r\t]")


def beancount_of(entries: Iterable[JournalEntry]) -> Iterator[str]:
    """Write entries for beancount, a piece for each."""
    yield HEADING
    for entry in entries:
        yield "".join(_entry(entry))


def _entry(entry: JournalEntry) -> Iterator[str]:
    yield f"\n{entry.effective_date} * {quoted(entry.reason)}\n"
    for name, value in entry.facts():
        yield f"  {name}: {value if name == 'concerned' else quoted(value)}\n"
    for line in entry.lines:
        yield from _line(line)


def _line(line: JournalLine) -> Iterator[str]:
    yield f"  {line.account}  {line.pounds} GBP\n"
    for name, value in codes_of(line):
        yield f"    {name}: {quoted(value)}\n"


def quoted(words: str) -> str:
    """Write text as one of beancount's strings, on one line."""
    return '"' + ESCAPED.sub(lambda found: ESCAPES[found[0]], words) + '"'
