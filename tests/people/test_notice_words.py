"""The words of every notice: there for each step that is told, short in easy words, with a subject that is plain."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from people.rules.words import AMOUNT, long_sentences

ROOT = Path(__file__).resolve().parents[2]
NOTICES = ROOT / "templates" / "people" / "notices"
TELLING = {"tell", "tell_user"}
APPS = (
    *(
        "reports",
        "community",
        "reconciliation",
        "invoices",
        "commissioning",
        "moving",
        "clusters",
        "providers",
    ),
    *("budgets", "plans", "people"),
)
TAG = re.compile(r"{%.*?%}")
SAID = re.compile(r'{% translate "([^"]*)" %}')
NAMED = re.compile(r"{{\s*(\w+)[^}]*}}")
LONGEST_SUBJECT = 80


def nodes_in(app: str) -> Iterator[ast.AST]:
    """Everything that is written in an app's Python."""
    for file in sorted((ROOT / app).rglob("*.py")):
        yield from ast.walk(ast.parse(file.read_text()))


@cache
def texts_in(app: str) -> frozenset[str]:
    """Every text that is written in an app's Python."""
    found = {node.value for node in nodes_in(app) if isinstance(node, ast.Constant)}
    return frozenset(text for text in found if isinstance(text, str))


def told_in(app: str) -> Iterator[str]:
    """The kinds of step that an app tells of in so many words."""
    for node in nodes_in(app):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in TELLING:
            kind = {each.arg: each.value for each in node.keywords}.get("kind")
            if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
                yield kind.value


def is_told(kind: str) -> bool:
    """Whether its app has the name of this step: whole, or the part that it puts the rest before."""
    words = kind.split("_")
    names = {"_".join(words[start:]) for start in range(len(words))}
    return bool(names & texts_in(words[0]))


TOLD = sorted({kind for app in APPS for kind in told_in(app)})
WRITTEN = sorted(file.name for file in NOTICES.glob("*.txt"))
KINDS = sorted({name.removesuffix(".txt").removesuffix(".easy") for name in WRITTEN})


def as_said(name: str) -> str:
    """A template as its reader meets it: a day is four words, any other fact two (a name and a surname)."""
    text = TAG.sub(" ", SAID.sub(r"\1", (NOTICES / name).read_text()))
    return NAMED.sub(lambda fact: "a b c d" if fact[1].endswith(("date", "on")) else "a b", text)


@pytest.mark.parametrize("kind", sorted({*TOLD, *KINDS}))
def test_has_words_and_easy_words_for_every_step(kind: str) -> None:
    assert [name for name in (f"{kind}.txt", f"{kind}.easy.txt") if not (NOTICES / name).is_file()] == []


def test_finds_the_steps_that_are_told() -> None:
    assert "people_authority_given" in TOLD


def test_keeps_no_words_that_nobody_says() -> None:
    assert [kind for kind in KINDS if not is_told(kind)] == []


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
