"""An entry of the books as a journal tells it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from ledger.pennies import plain_pounds


class JournalLine(NamedTuple):
    """
    What one account is debited or credited in an entry, in pence above zero, and the council's codes for it.

    `vat_category`: what the provider's own invoice said (S, Z, E, O; several with a plus), where it said anything.
    """

    account: str
    account_kind: str
    stream: str
    service_code: str
    cost_centre: str
    subjective_code: str
    vat_code: str
    vat_category: str
    is_debit: bool
    pence: int

    @property
    def pounds(self) -> str:
        """The amount in pounds with two decimals; a debit as it is, a credit below zero, as plain-text journals do."""
        return plain_pounds(self.pence if self.is_debit else -self.pence)


class JournalEntry(NamedTuple):
    """
    One entry with all its lines, the debits first; both sides come to the same.

    `concerned_date` is set where the entry counts for a later day than the one it is about. `reverses` is the key of
    the entry it takes back, `reason_code` why.
    """

    entry_id: UUID
    key: str
    kind: str
    reason: str
    reason_code: str
    reverses: str
    effective_date: date
    concerned_date: date | None
    recorded_at: datetime
    lines: tuple[JournalLine, ...]

    @property
    def recorded(self) -> str:
        """When it was written down, by UTC and to the second."""
        return self.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def facts(self) -> Iterator[tuple[str, str]]:
        """Give what a plain-text journal notes beside an entry, by names that all of its readers take."""
        yield "entry", str(self.entry_id)
        yield "key", self.key
        yield "kind", self.kind
        yield "recorded", self.recorded
        if self.concerned_date is not None:
            yield "concerned", self.concerned_date.isoformat()
        if self.reverses:
            yield "reverses", self.reverses
            yield "reason-code", self.reason_code


def codes_of(line: JournalLine) -> Iterator[tuple[str, str]]:
    """Give what a plain-text journal notes beside a line: its codes, as far as it has any."""
    noted = {
        "service": line.service_code,
        "cost-centre": line.cost_centre,
        "subjective": line.subjective_code,
        "vat": line.vat_code,
        "vat-category": line.vat_category,
    }
    yield from ((name, value) for name, value in noted.items() if value)
