"""Compiling the catalogues of languages without gettext."""

import gettext
from pathlib import Path

import pytest

from commonpurse.catalogues import UnableToCompile, compile_catalogues

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: cy\\n"\n\n'


def make_catalogue(folder: Path, sentences: str) -> Path:
    """A Welsh catalogue with these sentences."""
    place = folder / "cy" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "django.po").write_text(HEAD + sentences)
    return folder


def test_gives_what_gettext_and_so_django_reads(tmp_path: Path) -> None:
    folder = make_catalogue(tmp_path, 'msgid "My money"\nmsgstr "Fy arian"\n')
    assert [file.name for file in compile_catalogues(folder)] == ["django.mo"]
    assert gettext.translation("django", folder, ["cy"]).gettext("My money") == "Fy arian"


def test_leaves_out_what_nobody_has_checked(tmp_path: Path) -> None:
    folder = make_catalogue(tmp_path, '#, fuzzy\nmsgid "My money"\nmsgstr "Fy mara"\n')
    compile_catalogues(folder)
    assert gettext.translation("django", folder, ["cy"]).gettext("My money") == "My money"


def test_refuses_a_sentence_that_loses_its_value(tmp_path: Path) -> None:
    folder = make_catalogue(
        tmp_path, '#, python-format\nmsgid "%(pounds)s is left"\nmsgstr "Mae %(punt)s ar ôl"\n'
    )
    with pytest.raises(UnableToCompile, match="is left"):
        compile_catalogues(folder)


def test_refuses_what_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(UnableToCompile, match="cannot be read"):
        compile_catalogues(make_catalogue(tmp_path, 'msgid "My money\n'))


def test_every_catalogue_of_the_house_compiles() -> None:
    compile_catalogues()
