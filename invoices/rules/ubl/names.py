"""The names of UBL 2.1, and how its elements are found, read and pointed at."""

from decimal import Decimal
from functools import cache
from typing import Any

from lxml import etree

from invoices.rules.document import Problem

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
SPACES = {"cac": f"{UBL}CommonAggregateComponents-2", "cbc": f"{UBL}CommonBasicComponents-2"}
PREFIXES = {space: prefix for prefix, space in SPACES.items()}
ROOTS = {
    f"{{{UBL}Invoice-2}}Invoice": "invoice",
    f"{{{UBL}CreditNote-2}}CreditNote": "credit_note",
}
LINES = {"invoice": "cac:InvoiceLine", "credit_note": "cac:CreditNoteLine"}
QUANTITIES = {"invoice": "cbc:InvoicedQuantity", "credit_note": "cbc:CreditedQuantity"}
TYPE_CODES = {"invoice": "cbc:InvoiceTypeCode", "credit_note": "cbc:CreditNoteTypeCode"}
MOST_PROBLEMS = 100
# Counted in C: a document can have a hundred faults behind a hundred thousand elements.
BEFORE = etree.XPath("count(preceding-sibling::*[local-name() = $name and namespace-uri() = $space])")


def kind_of(root: Any) -> str:
    """Say what a document is: "invoice" or "credit_note"; empty for anything else."""
    return ROOTS.get(root.tag, "")


@cache
def path_steps(path: str) -> tuple[str, ...]:
    """Write a path of prefixed names as lxml names elements."""
    names = (step.split(":") for step in path.split("/") if step)
    return tuple(f"{{{SPACES[prefix]}}}{name}" for prefix, name in names)


def first(element: Any, path: str) -> Any:
    """Go down a path by the first element of each name; none where one is missing. An empty path goes nowhere."""
    for step in path_steps(path):
        element = next(element.iterchildren(step), None)
        if element is None:
            return None
    return element


def every(element: Any, path: str) -> list[Any]:
    """Find every element at a path, in order."""
    found = [element]
    for step in path_steps(path):
        found = [child for each in found for child in each.iterchildren(step)]
    return found


def said(element: Any, path: str = "") -> str:
    """Read the text at a path, without the white space around it; empty where there is none."""
    found = first(element, path) if path else element
    return (found.text or "").strip() if found is not None else ""


def figure(element: Any, path: str = "", *, otherwise: str = "0") -> Decimal:
    """Read the figure at a path, once `plain_figures` found all of them to be plain."""
    return Decimal(said(element, path) or otherwise)


def place_of(element: Any) -> str:
    """Point at an element as XPath does, like /Invoice/cac:InvoiceLine[2]/cbc:ID."""
    steps = []
    while element is not None:
        space, _, name = element.tag[1:].rpartition("}")
        prefix = PREFIXES.get(space)
        before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
        is_one_of_many = before or next(element.itersiblings(element.tag), None) is not None
        steps.append(f"{prefix}:{name}" if prefix else name)
        if is_one_of_many:
            steps[-1] += f"[{before + 1}]"
        element = element.getparent()
    return "/" + "/".join(reversed(steps))


class Findings:
    """Gathers what is wrong with a document, each with the rule, the words and the place; at most a hundred."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def say(self, element: Any, rule: str, words: str, *, missing: str = "") -> None:
        """Note that a rule is broken at an element, or at what is `missing` in it."""
        if len(self.problems) < MOST_PROBLEMS:
            place = f"{place_of(element)}/{missing}" if missing else place_of(element)
            self.problems.append(Problem(place, rule, f"{words} (line {element.sourceline})"))
