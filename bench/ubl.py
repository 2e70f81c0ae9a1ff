"""
E-invoices: how many a second are read (XML, XSD and our rules) on one core, and what hostile ones cost.

The floor is lxml reading the same bytes and nothing else. Hostile ones are read in processes of their own.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median

from lxml import etree

from bench.hostile import HOSTILE
from bench.row import Row
from invoices.rules.ubl import read_ubl, rules_checked
from invoices.rules.ubl.en16931 import BESIDE, check_en16931
from invoices.rules.ubl.intake import LIMITS
from invoices.rules.xml import parse_xml
from tests.invoices.e_invoices import make_bill, written

LINES, ROUNDS, DOCUMENTS = 10, 9, 60
LEAST_A_SECOND, MOST_SECONDS, MOST_MEGABYTES = 300, 1.0, 100.0


def measure(size: str) -> Iterator[Row]:
    """Measure good documents against the floor, then the most that a hostile one costs. The size changes nothing."""
    raw = _document()
    ours, floor = _seconds(lambda: read_ubl(parse_xml(raw, limits=LIMITS)), lambda: etree.fromstring(raw))
    yield Row(
        name=f"E-invoices of {LINES} lines read a second, one core",
        figure=f"{1 / ours:,.0f}",
        target=f"at least {LEAST_A_SECOND}",
        is_met=1 / ours >= LEAST_A_SECOND,
        detail=f"{len(raw) / 1000:.0f} kB each; lxml alone reads {1 / floor:,.0f}, {ours / floor:.1f} times as many. "
        f"{_with_all_rules(raw)}",
    )
    costs = {name: _cost(name) for name in HOSTILE}
    for what, most, unit in (("seconds", MOST_SECONDS, "s"), ("megabytes", MOST_MEGABYTES, "MB")):
        worst = max(costs, key=lambda name: costs[name][what])
        yield Row(
            name=f"A hostile e-invoice costs, in {what}",
            figure=f"{costs[worst][what]:.2f} {unit}",
            target=f"under {most:g} {unit}",
            is_met=costs[worst][what] < most,
            detail=f"The worst of {len(HOSTILE)}: {worst}.",
        )


def _document() -> bytes:
    """An invoice of ten lines."""
    first = make_bill().lines[0]
    lines = tuple(replace(first, line_number=number) for number in range(1, LINES + 1))
    return written(make_bill(lines=lines))


def _seconds(*acts: Callable[[], object]) -> list[float]:
    """The processor's seconds that each takes once, in turns, so that whatever else the machine does meets all."""
    times: list[list[float]] = [[] for _ in acts]
    for _ in range(ROUNDS):
        for act, taken in zip(acts, times, strict=True):
            start = time.process_time()
            for _ in range(DOCUMENTS):
                act()
            taken.append((time.process_time() - start) / DOCUMENTS)
    return [median(taken) for taken in times]


def _with_all_rules(raw: bytes) -> str:
    """How long all rules of EN 16931 take besides, where they are installed."""
    if rules_checked() != "en16931":
        return "The extra `rules` is not installed."
    root = parse_xml(raw)
    check_en16931(root)
    start = time.perf_counter()
    for _ in range(DOCUMENTS):
        check_en16931(root)
    taken = (time.perf_counter() - start) / DOCUMENTS
    BESIDE.end()
    return f"All rules of EN 16931 take {taken * 1000:.0f} ms more, in the process beside."


def _cost(name: str) -> dict[str, float]:
    """What one hostile document costs, in a process of its own."""
    asked = [sys.executable, "-m", "bench.hostile", name]
    done = subprocess.run(asked, check=True, capture_output=True, text=True)
    cost: dict[str, float] = json.loads(done.stdout)
    return cost
