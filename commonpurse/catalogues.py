"""
`python -m commonpurse.catalogues`: compile the catalogues of languages, at set-up, with no gettext on the machine.

A language is a folder locale/<code>/LC_MESSAGES/ with a `django.po`, and a row in `LANGUAGES` of the settings.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


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


if __name__ == "__main__":
    try:
        compile_catalogues()
    except UnableToCompile as trouble:
        sys.exit(str(trouble))
