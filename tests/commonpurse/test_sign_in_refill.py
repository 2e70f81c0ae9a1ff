"""Filling a form on a finished page with what was written."""

import re
from html import unescape

import pytest

from commonpurse.sign_in.refill import Fields, refill

PAGE = """<!DOCTYPE html>
<html><body><svg viewBox="0 0 1 1"><linearGradient id="A"/></svg>
<form method="post" action="/sign-out/"><button name="out" value="1">Sign out</button></form>
<main id="main-content" tabindex="-1">
<form method="post" novalidate>
  <input type="hidden" name="version" value="7">
  <input type="text" name="title" value="" aria-describedby="id_title_helptext">
  <textarea name="reason" rows="4">
old &amp; gone</textarea>
  <input type="radio" name="rule" value="equal" checked>
  <input type="radio" name="rule" value="weighted">
  <input type="checkbox" name="says" value="a" checked><input type="checkbox" name="says" value="b">
  <select name="stream"><option value="1" selected>One</option><option value="2">Two</option></select>
  <input name="day" value="1"><input name="day" value="2">
  <input type="password" name="secret"><input type="file" name="proof">
  <button type="submit" name="action" value="save">Save</button>
</form>
<form method="get" action=""><input name="title"></form>
</main></body></html>"""


def filled(fields: Fields, *, posted_to: str = "/here/?page=2", page: str = PAGE) -> str:
    """The page with the form filled."""
    given = refill(page, posted_to=posted_to, fields=fields, band="<p>Band</p>")
    assert given is not None
    return given


def test_changes_nothing_but_the_fields_and_the_band() -> None:
    given = filled({"title": ["Tea"]})
    unchanged = given.replace("<p>Band</p>", "").replace('value="Tea"', 'value=""')
    for mark in (" checked>", " selected>"):
        unchanged = unchanged.replace(mark, ">")
    assert unchanged == PAGE.replace(" checked>", ">").replace(" selected>", ">")
    assert '<main id="main-content" tabindex="-1"><p>Band</p>' in given


@pytest.mark.parametrize(
    "words",
    [
        "Tea & cake",
        '"quoted" <b>bold</b>',
        "سلام",
        "one\r\ntwo",
        "</textarea><script>alert(1)</script>",
        "\nfirst",
    ],
)
def test_gives_words_back_as_they_were_written_and_never_as_marks(words: str) -> None:
    given = filled({"title": [words], "reason": [words]})
    assert "<script>" not in given
    assert "<b>" not in given
    again = _read_back(given)
    assert again["title"] == words
    assert again["reason"] == f"\n{words}"  # readers of HTML leave out the first new line


def _read_back(page: str) -> dict[str, str]:
    """What a reader of HTML finds in the two fields for words."""
    title = re.search(r'name="title" value="([^"]*)"', page)
    reason = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert title is not None
    assert reason is not None
    return {"title": unescape(title[1]), "reason": unescape(reason[1])}


def test_marks_what_was_chosen_and_takes_the_old_marks_away() -> None:
    given = filled({"rule": ["weighted"], "says": ["b"], "stream": ["2"]})
    for mark in (
        '<input type="radio" name="rule" value="equal">',
        '<input type="radio" name="rule" value="weighted" checked>',
        '<input type="checkbox" name="says" value="a">',
        '<input type="checkbox" name="says" value="b" checked>',
        '<option value="1">',
        '<option value="2" selected>',
    ):
        assert mark in given


def test_unticks_what_was_unticked() -> None:
    assert 'value="a">' in filled({"title": ["Tea"]})


def test_fills_fields_of_one_name_in_their_order() -> None:
    given = filled({"day": ["24", "12"]})
    assert given.index('value="24"') < given.index('value="12"')


def test_leaves_what_the_page_says_of_itself_and_what_must_not_be_kept() -> None:
    given = filled({"title": ["Tea"], "version": ["6"], "secret": ["pass"], "proof": ["C:/fake"]})
    assert 'name="version" value="7"' in given
    assert "pass" not in given.replace("password", "")
    assert "fake" not in given


def test_takes_the_form_that_goes_where_it_was_sent() -> None:
    two = (
        '<main><form method="post" action="/a/"><input name="note"></form>'
        '<form method="post" action="/b/"><input name="note"></form></main>'
    )
    given = filled({"note": ["Hello"]}, posted_to="/b/", page=two)
    assert given.index("/b/") < given.index('value="Hello"')


def test_tells_forms_to_the_same_address_apart_by_their_fields() -> None:
    two = (
        '<main><form method="post"><button name="yes"></button></form>'
        '<form method="post"><input name="note"><button name="no"></button></form></main>'
    )
    assert '<input name="note" value="Hello">' in filled({"note": ["Hello"], "no": [""]}, page=two)


@pytest.mark.parametrize(
    "page",
    ["<main><p>Gone</p></main>", '<main><form method="post" action="/x/"><input name="a"></form></main>'],
)
def test_says_when_there_is_no_such_form(page: str) -> None:
    assert refill(page, posted_to="/here/", fields={"a": ["1"]}, band="") is None
