"""
Filling a form on a finished page with what somebody wrote, whatever page it is.

A page is left as it is, letter for letter, but for the tags of the fields. Hidden fields keep the fresh values of the
page: they say what the form is about, not what was written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

Attributes = dict[str, str | None]
Fields = Mapping[str, Sequence[str]]
NOT_WRITTEN = {"hidden", "submit", "button", "reset", "image", "file", "password"}


@dataclass
class _Place:
    """A field: its tag, its attributes, from where to where the tag stands, and for a textarea where its text ends."""

    tag: str
    attributes: Attributes
    start: int
    end: int
    text_end: int = 0
    name: str = ""


@dataclass
class _Form:
    method: str
    action: str
    places: list[_Place] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


class _FormsOf(HTMLParser):
    """Finds the forms of a page, and where their fields stand."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.forms: list[_Form] = []
        self.main_end = 0
        self._open: _Form | None = None
        self._select = ""
        self._line_starts = [0]
        for line in page.split("\n"):
            self._line_starts.append(self._line_starts[-1] + len(line) + 1)
        self.feed(page)
        self.close()

    def _here(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, a field, or where the page's own part begins."""
        attributes, start = dict(attrs), self._here()
        end = start + len(self.get_starttag_text() or "")
        if tag == "main":
            self.main_end = end
        if tag == "form":
            self._open = _Form((attributes.get("method") or "get").lower(), attributes.get("action") or "")
            self.forms.append(self._open)
        elif self._open is not None and tag in {"input", "textarea", "select", "option", "button"}:
            self._note(_Place(tag, attributes, start, end, name=attributes.get("name") or self._select))

    def _note(self, place: _Place) -> None:
        assert self._open is not None
        if place.tag == "select":
            self._select = place.name
        if place.attributes.get("name"):
            self._open.names.add(place.name)
        kind = (place.attributes.get("type") or "text").lower()
        if place.name and (place.tag != "input" or kind not in NOT_WRITTEN):
            self._open.places.append(place)

    def handle_endtag(self, tag: str) -> None:
        """Note where a form, a choice or a longer text ends."""
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._open is not None and self._open.places:
            self._open.places[-1].text_end = self._here()


def refill(page: str, *, posted_to: str, fields: Fields, band: str) -> str | None:
    """
    Give the page with what was written in its form, and a band at the beginning of its main part.

    The form is the one that goes to `posted_to` (by its action, or by having none) and has most of the fields; without
    such a form there is nothing to give.
    """
    found = _FormsOf(page)
    ours = [
        form
        for form in found.forms
        if form.method == "post" and form.action in {"", posted_to, _path(posted_to)}
    ]
    best = max(ours, key=lambda form: len(form.names & set(fields)), default=None)
    if best is None or not best.names & set(fields):
        return None
    left = {name: list(values) for name, values in fields.items()}
    edits = [(found.main_end, found.main_end, band)]
    for place in best.places:
        edits += _edit(place, left, fields)
    for start, end, words in sorted(edits, reverse=True):
        page = page[:start] + words + page[end:]
    return page


def _edit(place: _Place, left: dict[str, list[str]], fields: Fields) -> list[tuple[int, int, str]]:
    """The change that fills one field: nothing where nothing was sent for it."""
    attributes, said = dict(place.attributes), fields.get(place.name, ())
    kind = (attributes.get("type") or "text").lower()
    if place.tag == "input" and kind in {"checkbox", "radio"}:
        _mark(attributes, "checked", is_on=(attributes.get("value") or "on") in said)
    elif place.tag == "option":
        _mark(attributes, "selected", is_on=attributes.get("value") in said)
    elif not left.get(place.name):
        return []
    elif place.tag == "textarea":
        return [(place.end, place.text_end, "\n" + escape(left[place.name].pop(0)))]
    elif place.tag == "input":
        attributes["value"] = left[place.name].pop(0)
    else:
        return []
    return [(place.start, place.end, _written(place.tag, attributes))]


def _mark(attributes: Attributes, name: str, *, is_on: bool) -> None:
    attributes.pop(name, None)
    if is_on:
        attributes[name] = None


def _written(tag: str, attributes: Attributes) -> str:
    words = [name if value is None else f'{name}="{escape(value)}"' for name, value in attributes.items()]
    return f"<{' '.join([tag, *words])}>"


def _path(address: str) -> str:
    return urlsplit(address).path
