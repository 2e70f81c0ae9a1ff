"""The words of every notice: there for each step that is told, short in easy words, with a subject that is plain."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from people.rules.words import AMOUNT, long_sentences

ROOT = Path(__file__).resolve().parents[2]
NOTICES = ROOT / "templates" / "people" / "notices"
TELLING = {"tell", "tell_user"}
APPS = ("reports", "community", "reconciliation", "invoices", "commissioning", "clusters", "plans", "people")
TAG = re.compile(r"{%.*?%}")
NAMED = re.compile(r"{{\s*(\w+)[^}]*}}")
LONGEST_SUBJECT = 80


def calls(app: str) -> Iterator[tuple[str, ast.Call]]:
    """Where an app tells somebody something."""
    for file in sorted((ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            named = node.func if isinstance(node, ast.Call) else None
            name = named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")
            if isinstance(node, ast.Call) and name in TELLING:
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def kind_of(call: ast.Call) -> str | None:
    """The kind of step a call tells of, where it is written there."""
    given = {each.arg: each.value for each in call.keywords}.get("kind")
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None


TOLD = {kind: place for app in APPS for place, call in calls(app) if (kind := kind_of(call))}
WRITTEN = sorted(file.name for file in NOTICES.glob("*.txt"))


def as_said(name: str) -> str:
    """A template as its reader meets it: a day is four words, any other fact two (a name and a surname)."""
    text = TAG.sub(" ", (NOTICES / name).read_text())
    return NAMED.sub(lambda fact: "a b c d" if fact[1].endswith(("date", "on")) else "a b", text)


def test_every_call_says_which_step_it_tells_of() -> None:
    unnamed = [place for app in APPS for place, call in calls(app) if kind_of(call) is None]
    assert unnamed == [], "Write kind= as a string, so that its words can be found."


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_has_words_and_easy_words_for_every_step(kind: str) -> None:
    missing = [name for name in (f"{kind}.txt", f"{kind}.easy.txt") if not (NOTICES / name).is_file()]
    assert missing == [], f"{TOLD[kind]} tells of it"


@pytest.mark.parametrize("name", WRITTEN)
def test_begins_with_a_subject_that_names_nothing_private(name: str) -> None:
    subject, _, words = as_said(name).partition("\n")
    named = NAMED.findall((NOTICES / name).read_text().split("\n", 1)[0])
    assert 0 < len(subject.strip()) <= LONGEST_SUBJECT
    assert not AMOUNT.search(subject)
    assert [fact for fact in named if fact.endswith(("pence", "pounds", "amount")) or "common" in fact] == []
    assert words.strip()


@pytest.mark.parametrize("name", [name for name in WRITTEN if name.endswith(".easy.txt")])
def test_says_one_short_thing_a_sentence_in_easy_words(name: str) -> None:
    assert long_sentences(as_said(name)) == []
