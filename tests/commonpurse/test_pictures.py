"""Our own plain pictures, and the tags that put them on a page."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.exceptions import TemplateDoesNotExist

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
DRAWN = sorted(file.stem for file in (TEMPLATES / "_pictures").glob("*.svg"))
NAMED = re.compile(r"""{% picture(?:d)? ["']([^"']+)["']""")


def written(words: str) -> str:
    """What a template with our tags writes."""
    return Template("{% load house %}" + words).render(Context())


@pytest.mark.parametrize("name", DRAWN)
def test_is_passed_by_and_takes_its_colour_from_the_words(name: str) -> None:
    drawn = written(f'{{% picture "{name}" %}}')
    assert drawn.startswith('<svg class="pictogram"')
    assert 'aria-hidden="true"' in drawn
    assert "currentColor" in drawn
    assert "style=" not in drawn


def test_draws_nothing_for_no_name() -> None:
    assert written('{% picture "" %}') == ""


def test_says_so_when_there_is_no_such_picture() -> None:
    with pytest.raises(TemplateDoesNotExist):
        written('{% picture "unicorn" %}')


def test_stands_beside_what_is_said() -> None:
    assert re.fullmatch(
        r'<div class="pictured"><svg.*</svg>\s*<div><p>Hello</p></div></div>',
        written('{% pictured "letter" %}<p>Hello</p>{% endpictured %}'),
        re.DOTALL,
    )


def test_every_page_names_only_pictures_that_are_drawn() -> None:
    named = {
        name for file in TEMPLATES.rglob("*.html") for name in NAMED.findall(file.read_text(encoding="utf-8"))
    }
    assert named - set(DRAWN) == set()
