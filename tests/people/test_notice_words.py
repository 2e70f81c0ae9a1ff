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
APPS = "reports community reconciliation invoices commissioning clusters providers plans people".split()
    "reports",
    "community",
    "reconciliation",
    "invoices",
    "commissioning",
    "clusters",
    "providers",
    "plans",
    "people",
)
TAG = re.compile(r"{%.*?%}")
NAMED = re.compile(r"{{\s*(\w+)[^}]*}}")
LONGEST_SUBJECT = 80


Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def source() -> list[tuple[str, Function]]:
    """Every function of the apps, and the file it is in."""
    files = [file for app in APPS for file in sorted((ROOT / app).rglob("*.py"))]
    return [
        (str(file.relative_to(ROOT)), node)
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, Function)
    ]


def calls_of(names: set[str]) -> Iterator[tuple[str, Function, dict[str | None, ast.expr]]]:
    """Where one of these is called: the place, the function around it, and what is given by name."""
    for file, function in source():
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in names:
                    given = {each.arg: each.value for each in node.keywords}
                    yield f"{file}:{node.lineno}", function, given


def texts_in(expression: ast.expr | None) -> list[str]:
    """The texts that an expression can be: written there, or one of two."""
    if isinstance(expression, ast.IfExp):
        return texts_in(expression.body) + texts_in(expression.orelse)
    word = expression.value if isinstance(expression, ast.Constant) else None
    return [word] if isinstance(word, str) else []


def kinds_in(function: Function, expression: ast.expr | None) -> list[str]:
    """The kinds of step an expression names; where a part of it is given to the function, what is given to it."""
    if texts := texts_in(expression):
        return texts
    parts = expression.values if isinstance(expression, ast.JoinedStr) else [expression]
    names = [part for part in parts if not isinstance(part, ast.Constant)]
    (last,) = names if len(names) == 1 else [None]
    name = getattr(getattr(last, "value", last), "id", getattr(last, "id", ""))
    given = [text for _, _, given in calls_of({function.name}) for text in texts_in(given.get(name))]
    said = [part.value if isinstance(part, ast.Constant) else None for part in parts]
    return ["".join(text if word is None else str(word) for word in said) for text in given]


TOLD: dict[str, str] = {}
UNNAMED: list[str] = []
for _place, _function, _given in calls_of(TELLING):
    _kinds = kinds_in(_function, _given.get("kind"))
    TOLD |= dict.fromkeys(_kinds, _place)
    UNNAMED += [] if _kinds else [_place]
WRITTEN = sorted(file.name for file in NOTICES.glob("*.txt"))


def as_said(name: str) -> str:
    """A template as its reader meets it: a day is four words, any other fact two (a name and a surname)."""
    text = TAG.sub(" ", (NOTICES / name).read_text())
    return NAMED.sub(lambda fact: "a b c d" if fact[1].endswith(("date", "on")) else "a b", text)


def test_every_call_says_which_step_it_tells_of() -> None:
    assert UNNAMED == [], (
        "Write kind= (or the part of it that is passed on) as a string: its words are found by it."
    )
    assert "people_authority_given" in TOLD


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_has_words_and_easy_words_for_every_step(kind: str) -> None:
    missing = [name for name in (f"{kind}.txt", f"{kind}.easy.txt") if not (NOTICES / name).is_file()]
    assert missing == [], f"{TOLD[kind]} tells of it"


def test_keeps_no_words_that_nobody_says() -> None:
    kinds = {name.removesuffix(".txt").removesuffix(".easy") for name in WRITTEN}
    assert kinds - set(TOLD) == set()


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
