"""
Words that a reader of another language would get in English: said by a template or by Python, and not marked.

`python -m tests.bare_words templates/clusters clusters` lists those of a folder or a file.
"""

import ast
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from django.template.base import Lexer, Token, TokenType

ROOT = Path(__file__).resolve().parents[1]
SILENT = re.compile(r"<(script|style|svg|code|pre)\b.*?(</\1>|$)|<!--.*?-->", re.DOTALL)
SAID_BY_A_MARK = re.compile(r"""\b(?:aria-label|alt|title|placeholder|content|data-label)="([^"{}]*)""")
MARK = re.compile(r"<[^>]*>?|^[^<>]*>", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}")
OUR_NAME = re.compile(r"Common Purse|GOV\.UK|CQC|PDF|CSV")
# What a template gives to another, or to a filter, in English: `title="Our money"`.
GIVEN = re.compile(r"""(?<!_\()(?:"([^"]*)"|'([^']*)')""")
FOR_PEOPLE = re.compile(r"[A-Z][a-z]*(\s|$)|[a-z]+ ")
MARKED = {"blocktranslate": True, "endblocktranslate": False}
# What Python says to people: a sentence, or what a form shows.
SENTENCE = re.compile(r"^[A-Z“].*\s.*[.?!:]$", re.DOTALL)
SHOWN = {"label", "help_text", "legend", "hint", "empty_label", "verbose_name"}
MARKING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def bare_in_template(text: str) -> list[str]:
    """Give the words a template says itself and does not mark, outside of pictures and code."""
    given, bare, is_marked = [], "", False
    for token in Lexer(text).tokenize():
        name = token.contents.partition(" ")[0] if token.token_type == TokenType.BLOCK else ""
        if name in MARKED:
            is_marked = MARKED[name]
        elif not is_marked:
            bare += token.contents if token.token_type == TokenType.TEXT else " "
            given += _given(token, name)
    bare = SILENT.sub("\n", bare)
    parts = (*given, *SAID_BY_A_MARK.findall(bare), *MARK.sub("\n", bare).split("\n"))
    said = (" ".join(OUR_NAME.sub("", unescape(part)).split()) for part in parts)
    return [part for part in said if WORD.search(part)]


def _given(token: Token, name: str) -> list[str]:
    """Give what is handed on in quotes and begins like words for people, not like a name for machines."""
    contents = ""
    if token.token_type == TokenType.VAR and "|default" in token.contents:
        contents = token.contents
    elif name in ("include", "with"):
        contents = token.contents.partition(" with ")[2] or token.contents
    return [words for pair in GIVEN.findall(contents) if re.match(FOR_PEOPLE, words := pair[0] or pair[1])]


def bare_in_python(source: str) -> list[str]:
    """Give the sentences, and the words of forms and choices, that Python says to people and does not mark."""
    return [
        f"line {node.lineno}: {words}"
        for node in _said(ast.parse(source))
        if WORD.search(words := _text(node))
    ]


def _said(tree: ast.AST) -> Iterator[ast.expr]:
    """Give what is said below a node; docstrings, what programmers read (a ValueError) and what is marked are not."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case (
                ast.Assert()
                | ast.Expr(value=ast.Constant())
                | ast.Raise(exc=ast.Call(func=ast.Name("ValueError" | "LookupError")))
            ):
                continue
            case ast.Call() if _name(node.func) in MARKING:
                continue
            case ast.keyword(value=ast.Constant() | ast.JoinedStr()) if node.arg in SHOWN:
                yield node.value
            case ast.ClassDef() if any(_name(base).endswith("Choices") for base in node.bases):
                yield from (one.elts[-1] for one in ast.walk(node) if isinstance(one, ast.Tuple))
            case ast.Constant() | ast.JoinedStr():
                if SENTENCE.match(_text(node)):
                    yield node
            case _:
                yield from _said(node)


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return str(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def bare_in(file: Path) -> list[str]:
    """Give the words of one file that are not marked."""
    text = file.read_text()
    return bare_in_python(text) if file.suffix == ".py" else bare_in_template(text)


if __name__ == "__main__":
    for place in map(Path, sys.argv[1:]):
        for one in sorted(place.rglob("*.*")) if place.is_dir() else [place]:
            if one.suffix in (".py", ".html") and "migrations" not in one.parts:
                for words in bare_in(one):
                    sys.stdout.write(f"{one}: {words}\n")
