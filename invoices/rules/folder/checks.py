"""Checking the tables of a council's folder against each other: references, repeats, dates and money."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from people.rules import Fault, Row, Table

Tables = Mapping[str, Table]
Span = tuple[date, date, int]  # from, up to (exclusive), and the line that says so


class Budget(NamedTuple):
    """One budget as its rows give it: its span (end exclusive) and its pence by stream."""

    starts: date
    ends: date
    pence: dict[str, int]


# What one row is known by; a second row of the same is a repeat. In words, for the message.
KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "people.csv": ("person_ref",),
    "budgets.csv": ("person_ref", "starts", "ends", "stream"),
    "providers.csv": ("provider_ref",),
    "clusters.csv": ("cluster_ref",),
    "memberships.csv": ("membership_ref",),
    "contracts.csv": ("contract_ref",),
    "contract_services.csv": ("contract_ref", "service_code"),
    "streams.csv": ("stream",),
}
# Which file says what a reference means.
MEANT_BY = {
    "person_ref": "people.csv",
    "cluster_ref": "clusters.csv",
    "provider_ref": "providers.csv",
    "membership_ref": "memberships.csv",
    "contract_ref": "contracts.csv",
}
SPANS = (("budgets.csv", "starts", "ends"), ("contracts.csv", "starts", "ends"))


def check_tables(tables: Tables) -> list[Fault]:
    """
    Say everything that is wrong between the tables.

    What refers to a file or row that could not be read is not complained about again.
    """
    checks: list[Callable[[Tables], Iterable[Fault]]] = [
        _repeats,
        _spans,
        _unknown_references,
        _budget_overlaps,
        _membership_overlaps,
        _pledges,
    ]
    return [fault for check in checks for fault in check(tables)]


def budgets_by_person(rows: Iterable[Row]) -> dict[str, list[Budget]]:
    """Put the rows of budgets together: one budget for each span of a person."""
    spans: dict[tuple[str, date, date], dict[str, int]] = defaultdict(dict)
    for row in rows:
        said = row.values
        spans[said["person_ref"], said["starts"], said["ends"]].setdefault(
            said["stream"], said["annual_pence"]
        )
    found: dict[str, list[Budget]] = defaultdict(list)
    for (person, starts, ends), pence in sorted(spans.items()):
        found[person].append(Budget(starts, ends, pence))
    return found


def budget_covering(budgets: Iterable[Budget], on: date) -> Budget | None:
    """Give the budget that covers a day."""
    return next((budget for budget in budgets if budget.starts <= on < budget.ends), None)


def _repeats(tables: Tables) -> Iterator[Fault]:
    for file, names in KNOWN_BY.items():
        seen: dict[tuple[Any, ...], int] = {}
        for row in tables[file].rows:
            key = tuple(row.values[name] for name in names)
            if key in seen:
                said = " ".join(str(part) for part in key)
                yield Fault(file, row.line, f"{said} is on line {seen[key]} already.")
            seen.setdefault(key, row.line)


def _spans(tables: Tables) -> Iterator[Fault]:
    for file, starts, ends in SPANS:
        for row in tables[file].rows:
            if row.values[ends] <= row.values[starts]:
                yield Fault(file, row.line, f"{ends} must be after {starts}.")
    for row in tables["memberships.csv"].rows:
        left = row.values["left_date"]
        if left is not None and left < row.values["joined_date"]:
            yield Fault("memberships.csv", row.line, "left_date is before joined_date.")


def _unknown_references(tables: Tables) -> Iterator[Fault]:
    known = {
        name: {row.values.get(name) for row in tables[file].rows + tables[file].damaged}
        for name, file in MEANT_BY.items()
        if tables[file].is_readable
    }
    for file, table in tables.items():
        for row in table.rows + table.damaged:
            for name in known.keys() & row.values.keys():
                ref = row.values[name]
                if ref is not None and ref not in known[name]:
                    yield Fault(file, row.line, f"{name} {ref} is not in {MEANT_BY[name]}.")


def _budget_overlaps(tables: Tables) -> Iterator[Fault]:
    spans: dict[str, dict[tuple[date, date], int]] = defaultdict(dict)
    for row in tables["budgets.csv"].rows:
        said = row.values
        spans[said["person_ref"]].setdefault((said["starts"], said["ends"]), row.line)
    for person, found in spans.items():
        for line, other in _overlapping((starts, ends, line) for (starts, ends), line in found.items()):
            yield Fault("budgets.csv", line, f"The budget of {person} overlaps the one on line {other}.")


def _membership_overlaps(tables: Tables) -> Iterator[Fault]:
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for row in tables["memberships.csv"].rows:
        said = row.values
        place = (said["cluster_ref"], said["person_ref"])
        spans[place].append((said["joined_date"], said["left_date"] or date.max, row.line))
    for (cluster, person), found in spans.items():
        for line, other in _overlapping(found):
            words = f"{person} is in {cluster} at that time already, by line {other}."
            yield Fault("memberships.csv", line, words)


def _overlapping(spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """Give the line of each span that begins before an earlier one has ended, and that one's line."""
    latest, latest_line = date.min, 0
    for start, end, line in sorted(span for span in spans if span[0] < span[1]):
        if start < latest:
            yield line, latest_line
        if end > latest:
            latest, latest_line = end, line


def _pledges(tables: Tables) -> Iterator[Fault]:
    """A pledge comes from a stream of the member's budget of that day, and never goes above it."""
    budgets = budgets_by_person(tables["budgets.csv"].rows)
    person_of = {
        row.values["membership_ref"]: row.values["person_ref"] for row in tables["memberships.csv"].rows
    }
    unsure = {row.values.get("person_ref") for row in tables["budgets.csv"].damaged}
    if not tables["budgets.csv"].is_readable or None in unsure:
        return
    pledged: dict[tuple[str, date, str], int] = defaultdict(int)
    for row in tables["pledges.csv"].rows:
        said = row.values
        person, stream = person_of.get(said["membership_ref"]), said["stream"]
        if person is None or person in unsure:
            continue  # told of already
        budget = budget_covering(budgets.get(person, []), said["effective_date"])
        if budget is None:
            words = f"{person} has no budget on {said['effective_date']}."
        elif stream not in budget.pence:
            words = f"{person} has no money from {stream} on {said['effective_date']}."
        else:
            place = (person, budget.starts, stream)
            pledged[place] += said["amount_pence"]
            above = pledged[place] - budget.pence[stream]
            words = (
                f"{person} pledges {above} pence more from {stream} than their budget has."
                if above > 0
                else ""
            )
        if words:
            yield Fault("pledges.csv", row.line, words)
