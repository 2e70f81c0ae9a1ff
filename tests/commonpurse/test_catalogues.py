"""Collecting what the house says, and compiling the catalogues of languages, without gettext."""

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from commonpurse.catalogues import UnableToCompile, bring_up_to_date, collected, compile_catalogues

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


def make_house(folder: Path, *, template: str, module: str) -> Catalog:
    """What a small house says, in a template and in Python."""
    (folder / "templates").mkdir()
    (folder / "templates" / "page.html").write_text(template)
    (folder / "views.py").write_text(module)
    return collected(folder)


def in_welsh(folder: Path) -> dict[str, str]:
    """Every sentence of a Welsh catalogue, beside its Welsh."""
    with (folder / "cy" / "LC_MESSAGES" / "django.po").open("rb") as source:
        return {str(one.id): str(one.string) for one in read_po(source) if one.id}


def test_collects_what_templates_and_python_mark_and_where(tmp_path: Path) -> None:
    said = make_house(
        tmp_path,
        template="""<h1>{% translate "My money" %}</h1>
            {% blocktranslate count n=people %}{{ n }} member{% plural %}{{ n }} members{% endblocktranslate %}
            {% include "x.html" with title=_("Our money") %} Not marked""",
        module="""SAVED = _("Saved.")\nLEFT = pgettext_lazy("state", "Left")\nNAME = "Not marked"\n""",
    )
    found = {(one.id, one.context): [file for file, _line in one.locations] for one in said if one.id}
    assert found == {
        ("My money", None): ["templates/page.html"],
        (("%(n)s member", "%(n)s members"), None): ["templates/page.html"],
        ("Our money", None): ["templates/page.html"],
        ("Saved.", None): ["views.py"],
        ("Left", "state"): ["views.py"],
    }


def test_keeps_what_is_said_in_welsh_drops_what_is_not_said_and_adds_what_is_new(tmp_path: Path) -> None:
    folder = make_catalogue(
        tmp_path / "locale",
        'msgid "My money"\nmsgstr "Fy arian"\n\nmsgid "My monies"\nmsgstr "Fy arian i gyd"\n',
    )
    said = make_house(
        tmp_path, template='{% translate "My money" %} {% translate "My moneys" %}', module="NOTHING = 1\n"
    )
    assert [file.name for file in bring_up_to_date(folder, said=said)] == ["django.po"]
    assert in_welsh(folder) == {"My money": "Fy arian", "My moneys": ""}
    text = (folder / "cy" / "LC_MESSAGES" / "django.po").read_text()
    assert "fuzzy" not in text, "Nothing is guessed from what sounds alike."
    assert "monies" not in text, "What is not said any more leaves nothing behind."


def test_writes_the_same_again_where_nothing_is_new(tmp_path: Path) -> None:
    folder = make_catalogue(tmp_path / "locale", "")
    said = make_house(tmp_path, template='{% translate "My money" %}', module='SAVED = _("Saved.")\n')
    [file] = bring_up_to_date(folder, said=said)
    once = file.read_text()
    bring_up_to_date(folder, said=said)
    assert file.read_text() == once
    assert list(in_welsh(folder)) == ["My money", "Saved."]


def test_every_catalogue_of_the_house_compiles() -> None:
    compile_catalogues()
