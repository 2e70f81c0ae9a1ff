"""Loading people, the streams of money, and budgets with what stands in them."""

from collections.abc import Mapping, Sequence
from datetime import date

from budgets.models import Allocation, Budget, FundingStream
from budgets.rules.streams import kind_of_stream
from invoices.actions.load.post import Paid, post_all
from invoices.actions.load.rows import write_all
from ledger.actions import AccountName
from ledger.models import AccountKind
from people.models import Council, Person
from people.rules import Row

Budgets = Mapping[str, Sequence[Budget]]
KNOWN_STREAMS = {"council": "council money", "nhs": "NHS money", "contribution": "own contribution"}


def load_streams(council: Council, rows: Mapping[str, Sequence[Row]]) -> Mapping[str, FundingStream]:
    """Write every stream that budgets name, called as streams.csv says, or after its code."""
    called = {row.values["stream"]: row.values["name"] for row in rows["streams.csv"]}
    codes = {row.values["stream"] for row in rows["budgets.csv"]} | called.keys()
    streams = write_all(
        FundingStream(
            council=council,
            code=code,
            name=called.get(code) or KNOWN_STREAMS.get(code, code),
            kind=kind_of_stream(code),
        )
        for code in sorted(codes)
    )
    return {stream.code: stream for stream in streams}


def load_people(council: Council, rows: Sequence[Row]) -> Mapping[str, Person]:
    """Write the people, by their reference."""
    people = write_all(
        Person(
            council=council,
            ref=row.values["person_ref"],
            name=row.values["name"],
            birth_date=row.values["date_of_birth"],
            postcode=row.values["postcode"],
        )
        for row in rows
    )
    return {person.ref: person for person in people}


def load_budgets(
    council: Council,
    rows: Sequence[Row],
    people: Mapping[str, Person],
    streams: Mapping[str, FundingStream],
    *,
    by: str,
) -> Budgets:
    """Write the budgets, one for each span of a person, and move each stream's money into them."""
    spans: dict[tuple[str, date, date], Budget] = {}
    for row in rows:
        person, starts, ends = row.values["person_ref"], row.values["starts"], row.values["ends"]
        spans.setdefault(
            (person, starts, ends), Budget(person=people[person], start_date=starts, end_date=ends)
        )
    write_all(spans.values())
    parts = [
        Allocation(
            budget=spans[row.values["person_ref"], row.values["starts"], row.values["ends"]],
            stream=streams[row.values["stream"]],
            annual_pence=row.values["annual_pence"],
            delivery=row.values["delivery"],
        )
        for row in rows
    ]
    write_all(parts)
    post_all(
        book_id=council.book_id, kind="allocate", paid=[_allocated(council, part) for part in parts], by=by
    )
    found: dict[str, list[Budget]] = {}
    for (person, _, _), budget in spans.items():
        found.setdefault(person, []).append(budget)
    return found


def _allocated(council: Council, part: Allocation) -> Paid:
    """Say what one part of a budget moves."""
    code = part.stream.code
    return Paid(
        key=f"allocate:{part.budget_id}:{code}",
        source=AccountName(AccountKind.FUNDING, council.pk, code),
        target=AccountName(AccountKind.BUDGET, part.budget_id, code),
        amount_pence=part.annual_pence,
        effective_date=part.budget.start_date,
        reason=f"Budget agreed: {part.stream.name}",
    )
