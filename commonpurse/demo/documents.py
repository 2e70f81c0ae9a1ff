"""What the providers of the made-up council bill: documents as their systems would send them. Always the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from commonpurse.demo.days import Days, month_on
from commonpurse.demo.shapes import BY_USE, Circle, Credited, Deal, Member, Offered, Round, Slip, Slipped
from commonpurse.demo.story import CIRCLES
from commonpurse.demo.story.events import CREDITS, SLIPS
from ledger.pennies import line_pence

HALF_MONTH = 15
DAYS_TO_WRITE = 3
Line = dict[str, Any]
RefOf = Callable[[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A document on its way: the day it arrives, whose it is, what it says, and the slip in it, if any."""

    arrives_on: date
    month: int
    company: str
    body: dict[str, Any]
    slipped: Slipped | None = None


def documents(days: Days, ref_of: RefOf) -> list[Sent]:
    """
    Write everything that has arrived by the day of loading, in order of arrival.

    `ref_of` gives the reference of a membership from those of its cluster and its person.
    """
    sent = [
        document
        for circle in CIRCLES
        for deal in circle.deals
        for document in _of_deal(days, circle, deal, ref_of)
    ]
    sent += [_credit(sent, credited, days) for credited in CREDITS]
    return sorted(sent, key=lambda document: (document.arrives_on, document.body["number"]))


def _of_deal(days: Days, circle: Circle, deal: Deal, ref_of: RefOf) -> Iterator[Sent]:
    """Write the documents of one contract, one for each stretch of time it is billed for."""
    if deal.asked_ago is not None or not deal.rounds:
        return
    slips = {slipped.month: slipped for slipped in SLIPS if slipped.deal == deal.ref}
    for first, last in _stretches(days, deal):
        month = days.month_number(first)
        arrives_on = last + timedelta(days=1 + _chance(f"{deal.ref}{first}") % DAYS_TO_WRITE)
        lines = [
            line
            for number in range((last - first).days + 1)
            for line in _of_day(days, circle, deal, first + timedelta(days=number), ref_of)
        ]
        slipped = slips.pop(month, None)
        if slipped:
            SLIP[slipped.slip](lines, circle, ref_of)
        if lines and arrives_on <= days.on:
            yield Sent(
                arrives_on=arrives_on,
                month=month,
                company=deal.company,
                body=_document(deal, first, last, lines, arrives_on),
                slipped=slipped,
            )


def _stretches(days: Days, deal: Deal) -> Iterator[tuple[date, date]]:
    """Give the first and last day (inclusive) of every month or half month billed so far."""
    first = days.first_month
    while first <= days.on:
        month_end = month_on(first, 1) - timedelta(days=1)
        is_first_half = deal.is_billed_twice_a_month and first.day == 1
        last = first.replace(day=HALF_MONTH) if is_first_half else month_end
        yield first, last
        first = last + timedelta(days=1)


def _of_day(days: Days, circle: Circle, deal: Deal, day: date, ref_of: RefOf) -> Iterator[Line]:
    """Give the lines of one day: what comes round that weekday, for those who were members then."""
    offered = {service.code: service for service in deal.services}
    for each in deal.rounds:
        is_over = each.months is not None and days.month_number(day) >= each.months
        if day.weekday() in each.weekdays and not is_over:
            for who in each.who or ("",):
                if _happens(days, circle, each, who, day):
                    yield _line(
                        offered[each.service], day, each.units, ref_of(circle.ref, who) if who else ""
                    )


def _happens(days: Days, circle: Circle, each: Round, who: str, day: date) -> bool:
    is_missed = _chance(f"{each.service}{who}{day}") < each.misses
    return not is_missed and (not who or _is_member(days, _member(circle, who), day))


def _member(circle: Circle, who: str) -> Member:
    return next(member for member in circle.members if member.person.ref == who)


def _is_member(days: Days, member: Member, day: date) -> bool:
    has_joined = member.joins is None or days.month(member.joins) <= day
    return has_joined and (member.leaves is None or day < days.month(member.leaves))


def _line(offered: Offered, day: date, units: str, member_ref: str) -> Line:
    line = {
        "service_code": offered.code,
        "service_date": day.isoformat(),
        "units": units,
        "unit_rate_pence": offered.rate,
        "amount_pence": line_pence(Decimal(units), offered.rate),
    }
    return line | ({"member_ref": member_ref} if offered.shared == BY_USE else {})


def _document(deal: Deal, first: date, last: date, lines: list[Line], issued_on: date) -> dict[str, Any]:
    half = ("A" if first.day == 1 else "B") if deal.is_billed_twice_a_month else ""
    return {
        "type": "invoice",
        "number": f"{deal.company}-{first:%Y-%m}{half}",
        "provider_ref": deal.company,
        "contract_ref": deal.ref,
        "issue_date": issued_on.isoformat(),
        "period_start": first.isoformat(),
        "period_end": last.isoformat(),
        "lines": [{"line_number": number, **line} for number, line in enumerate(lines, start=1)],
        "total_pence": sum(line["amount_pence"] for line in lines),
    }


def _credit(sent: list[Sent], credited: Credited, days: Days) -> Sent:
    """Take back one visit of the first document of a contract's month, on the 20th of the month after."""
    billed = next(
        document
        for document in sent
        if document.body["contract_ref"] == credited.deal and document.month == credited.month
    )
    line = billed.body["lines"][2]
    issued_on = days.month(credited.month + 1).replace(day=20)
    body = billed.body | {
        "type": "credit_note",
        "number": f"{billed.body['number']}-C",
        "corrects": billed.body["number"],
        "issue_date": issued_on.isoformat(),
        "lines": [
            line
            | {
                "line_number": 1,
                "units": "0",
                "amount_pence": -line["amount_pence"],
                "corrects_line": line["line_number"],
            }
        ],
        "total_pence": -line["amount_pence"],
    }
    return Sent(arrives_on=issued_on, month=credited.month + 1, company=billed.company, body=body)


def _chance(what: str) -> int:
    """Give a number from 0 to 99 that is always the same for the same thing."""
    return int.from_bytes(sha256(f"Thornvale: {what}".encode()).digest()[:4]) % 100


def _wrong_rate(lines: list[Line], circle: Circle, ref_of: RefOf) -> None:
    line = lines[len(lines) // 2]
    line["unit_rate_pence"] -= 3_50
    line["amount_pence"] = line_pence(Decimal(line["units"]), line["unit_rate_pence"])


def _twice(lines: list[Line], circle: Circle, ref_of: RefOf) -> None:
    lines.append(dict(lines[4]))


def _after_leaving(lines: list[Line], circle: Circle, ref_of: RefOf) -> None:
    """Bill somebody who left for what others went on to use."""
    gone = next(member for member in circle.members if member.leaves is not None)
    used = next(line for line in lines if "member_ref" in line)
    lines.append(used | {"member_ref": ref_of(circle.ref, gone.person.ref)})


def _not_bought(lines: list[Line], circle: Circle, ref_of: RefOf) -> None:
    lines.append(lines[-1] | {"service_code": "PA-HIRE", "unit_rate_pence": 35_00, "amount_pence": 35_00})


def _wrong_sum(lines: list[Line], circle: Circle, ref_of: RefOf) -> None:
    lines[-1]["amount_pence"] += 9_00


SLIP: dict[Slip, Callable[[list[Line], Circle, RefOf], None]] = {
    Slip.WRONG_RATE: _wrong_rate,
    Slip.TWICE: _twice,
    Slip.AFTER_LEAVING: _after_leaving,
    Slip.NOT_BOUGHT: _not_bought,
    Slip.WRONG_SUM: _wrong_sum,
}
