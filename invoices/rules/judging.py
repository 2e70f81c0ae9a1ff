"""Judging lines in the order they arrive: each is accepted wholly, or held for the first reason that applies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from invoices.rules.document import Line
from invoices.rules.sharing import Member, Share, UnableToShare, share_line
from ledger.pennies import line_pence

DAYS_TO_ANSWER = 14  # ours: a provider waits no longer than a fortnight for a word about a held line
OWNERS = {
    "unknown_service": "provider",
    "outside_contract": "commissioner",
    "rate_mismatch": "provider",
    "amount_mismatch": "provider",
    "member_not_active": "finance_officer",
    "duplicate_line": "provider",
    "units_exceeded": "commissioner",
    "insufficient_funds": "commissioner",
    "corrected_line_not_accepted": "finance_officer",
    "visit_disputed": "finance_officer",
}


def owner_of(reason: str) -> str:
    """Say whose turn it is when a line is held: a role of the council, or "provider". Source: ours."""
    return OWNERS[reason]


def due_date(*, on: date) -> date:
    """Give the day by which a hold opened on a day should have its answer (inclusive)."""
    return on + timedelta(days=DAYS_TO_ANSWER)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a contract says of one service. `max_units` is for the whole term; none: no limit."""

    id: UUID
    code: str
    unit_rate_pence: int
    sharing_rule: str
    max_units: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Bill:
    """What a line belongs to. `end_date` of the contract is exclusive."""

    number: str
    contract_start_date: date
    contract_end_date: date
    services: Mapping[str, Terms]
    members: Sequence[Member]


class Held(NamedTuple):
    """The line waits: the code of the first reason that applies."""

    reason: str


class Accepted(NamedTuple):
    """The line is right: its service, the named member where it has one, who pays what, and how that came about."""

    terms: Terms
    member: Member | None
    shares: list[Share]
    basis: dict[str, Any]
    corrected_id: UUID | None = None


class Corrected(NamedTuple):
    """The accepted line that a credit puts right."""

    id: UUID
    number: str
    line_number: int
    terms: Terms
    member: Member | None


Visit = tuple[UUID, date, UUID, Decimal]


@dataclass(kw_only=True)
class Judge:
    """
    Keeps count while lines are judged in order, so that later lines see what earlier ones left.

    `units_used` by service, `visits` already accepted (service, date, member, units), `funds` in pence by
    membership and stream (committed to this contract and pool share together).
    """

    units_used: dict[UUID, Decimal] = field(default_factory=dict)
    visits: set[Visit] = field(default_factory=set)
    funds: dict[tuple[UUID, str], int] = field(default_factory=dict)

    def judge(self, line: Line, bill: Bill) -> Held | Accepted:
        """
        Judge an invoice line. Source of the reasons and their order: data rules.

        Amount = units x rate, rounded half up to the penny.
        """
        terms = bill.services.get(line.service_code)
        if terms is None:
            return Held("unknown_service")
        member = self._named(line, bill, terms)
        reason = self._trouble(line, bill, terms, member)
        if reason:
            return Held(reason)
        try:
            shared = share_line(
                rule=terms.sharing_rule,
                amount_pence=line.amount_pence,
                day=line.service_date,
                members=bill.members,
                named=member,
                tie=(bill.number, line.line_number),
            )
        except UnableToShare:
            return Held("insufficient_funds")
        return self._settle(Accepted(terms, member, *shared), line)

    def judge_credit(self, line: Line, bill: Bill, corrected: Corrected | None) -> Held | Accepted:
        """
        Judge a credit line: shared as the corrected line was, with the weights of the date it carries itself.

        `corrected` is none where the line it names was not accepted.
        """
        if corrected is None:
            return Held("corrected_line_not_accepted")
        try:
            shared = share_line(
                rule=corrected.terms.sharing_rule,
                amount_pence=line.amount_pence,
                day=line.service_date,
                members=bill.members,
                named=corrected.member,
                tie=(corrected.number, corrected.line_number),
            )
        except UnableToShare:
            return Held("insufficient_funds")
        return self._settle(Accepted(corrected.terms, corrected.member, *shared, corrected.id), None)

    def _named(self, line: Line, bill: Bill, terms: Terms) -> Member | None:
        """Find the member a by_use line names, if they were one on that day."""
        if terms.sharing_rule != "by_use":
            return None
        matching = (m for m in bill.members if m.ref == line.member_ref and m.is_active(line.service_date))
        return next(matching, None)

    def _trouble(self, line: Line, bill: Bill, terms: Terms, member: Member | None) -> str:
        """Give the first reason against a line that does not depend on who pays; empty where there is none."""
        is_by_use = terms.sharing_rule == "by_use"
        used = self.units_used.get(terms.id, Decimal(0)) + line.units
        reasons = {
            "outside_contract": not bill.contract_start_date <= line.service_date < bill.contract_end_date,
            "rate_mismatch": line.unit_rate_pence != terms.unit_rate_pence,
            "amount_mismatch": line.amount_pence != line_pence(line.units, terms.unit_rate_pence),
            "member_not_active": is_by_use and member is None,
            "duplicate_line": member is not None
            and (terms.id, line.service_date, member.id, line.units) in self.visits,
            "units_exceeded": terms.max_units is not None and used > terms.max_units,
        }
        return next((reason for reason, applies in reasons.items() if applies), "")

    def _settle(self, verdict: Accepted, line: Line | None) -> Held | Accepted:
        """Take the shares from the funds if all of them can pay, and count the units and the visit."""
        short = any(self.funds.get((s.member.id, s.stream), 0) < s.pence for s in verdict.shares)
        if short:
            return Held("insufficient_funds")
        for share in verdict.shares:
            place = (share.member.id, share.stream)
            self.funds[place] = self.funds.get(place, 0) - share.pence
        if line is not None:
            terms = verdict.terms
            self.units_used[terms.id] = self.units_used.get(terms.id, Decimal(0)) + line.units
            if verdict.member:
                self.visits.add((terms.id, line.service_date, verdict.member.id, line.units))
        return verdict
