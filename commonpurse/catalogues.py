"""
`python -m commonpurse.catalogues`: compile the catalogues of languages, at set-up, with no gettext on the machine.

A language is a folder locale/<code>/LC_MESSAGES/ with a `django.po`, and a row in `LANGUAGES` of the settings.
`python -m commonpurse.catalogues collect` (`make messages`) brings every catalogue up to what the house says now.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
NOT_OURS = {"tests", "bench", "migrations", "static", "frontend"}
LINE = 110
KEYWORDS: Any = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


class UnableToCompile(Exception):
    """A catalogue cannot be read, or a sentence of it leaves out or adds a value."""


def compile_catalogues(folder: Path = LOCALE) -> list[Path]:
    """
    Compile every catalogue of a folder beside itself; gives what was written.

    Sentences that are marked fuzzy are left out: the reader gets them in English, not wrong.

    :raises UnableToCompile: a catalogue cannot be used as it is; it says which sentence.
    """
    return [_compiled(file) for file in sorted(folder.glob("*/LC_MESSAGES/*.po"))]


def _compiled(file: Path) -> Path:
    try:
        with file.open("rb") as source:
            catalogue = read_po(source, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as trouble:
        raise UnableToCompile(f"{file} cannot be read: {trouble}") from trouble
    for message, errors in catalogue.check():
        raise UnableToCompile(f"{file}, line {message.lineno}: {errors[0]} ({message.id!r})")
    target = file.with_suffix(".mo")
    with target.open("wb") as compiled:
        write_mo(compiled, catalogue)
    return target


def collected(root: Path = ROOT) -> Catalog:
    """Give every sentence that Python and templates mark for translation, with the files that say it."""
    catalogue = Catalog(fuzzy=False)
    for file in sorted(root.rglob("*.*")):
        name = file.relative_to(root)
        if not NOT_OURS.isdisjoint(name.parts) or any(part.startswith(".") for part in name.parts):
            continue
        for line, message, context in _said_in(file):
            catalogue.add(message, locations=[(name.as_posix(), line)], context=context)
    return catalogue


def _said_in(file: Path) -> Iterator[tuple[int, Any, str | None]]:
    """Give the sentences of one file; Django turns a template into calls that Babel can read."""
    if file.suffix == ".py":
        how, source = "python", file.read_bytes()
    elif file.suffix in (".html", ".txt") and "templates" in file.parts:
        how, source = "javascript", templatize(file.read_text(), origin=file.name).encode()
    else:
        return
    for line, message, _comments, context in extract(how, io.BytesIO(source), keywords=KEYWORDS):
        yield line, message, context


def bring_up_to_date(folder: Path = LOCALE, *, said: Catalog) -> list[Path]:
    """
    Bring every catalogue up to what the house says: new sentences are added empty, what is not said is dropped.

    What is there already is kept; nothing is guessed from what sounds alike.
    """
    files = sorted(folder.glob("*/LC_MESSAGES/*.po"))
    for file in files:
        with file.open("rb") as source:
            catalogue = read_po(source, abort_invalid=True)
        catalogue.update(said, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        with file.open("wb") as target:
            write_po(target, catalogue, width=LINE, sort_output=True, include_lineno=False)
    return files


if __name__ == "__main__":
    try:
        if sys.argv[1:] == ["collect"]:
            bring_up_to_date(said=collected())
        compile_catalogues()
    except UnableToCompile as trouble:
        sys.exit(str(trouble))
