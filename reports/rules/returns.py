"""
The national client-level data return (CLD) of adult social care, and the measures that follow from it. Pure.

Field names and values are the return's own (care rules 6; docs/returns.md says how ours become theirs). What Common
Purse does not know, such as the NHS number, is left empty for the council to add.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from ledger.pennies import plain_pounds

DIRECT_PAYMENT, MANAGED = "Direct Payment", "CASSR Managed Personal Budget"
COMMUNITY = "Long Term Support: Community"
ADULT, CARER = "Service User", "Carer"

FIELDS = (  # of the return's many, those that Common Purse knows or a council must add
    "LA_Code",
    "Reporting_Period_Start_Date",
    "Reporting_Period_End_Date",
    "NHS_Number",
    "LA_Person_Unique_Identifier",
    "Client_Type",
    "Date_of_Birth",
    "Date_of_Death",
    "Postcode",
    "Event_Type",
    "Event_Reference",
    "Event_Start_Date",
    "Event_End_Date",
    "Event_Outcome",
    "Assessment_Type",
    "Eligible_Needs_Identified",
    "Service_Type",
    "Service_Component",
    "Delivery_Mechanism",
    "Review_Reason",
    "Review_Outcomes_Achieved",
    "Unit_Cost",
    "Cost_Frequency_Unit_Type",
    "Planned_Units_Per_Week",
)
# By our codes (plans.rules.kinds); any other is long-term support of another sort.
COMPONENTS = {
    **dict.fromkeys(("PA-HOUR", "HC-HOUR", "WE-HOUR", "NIGHT"), "Home Support"),
    **dict.fromkeys(("DAY-SESS", "SESSION", "STUDIO", "TUTOR-HR", "BUDDY"), "Day Support"),
    **dict.fromkeys(("CULT-MEAL", "LUNCH", "SUPPER"), "Meals"),
    **dict.fromkeys(("MINIBUS", "ESCORT"), "Transport"),
}
OTHER_COMPONENT = "Other Long Term Support"
HELD = {
    "direct_payment": (DIRECT_PAYMENT,),
    "council_managed": (MANAGED,),
    "isf": (MANAGED,),
    "mixed": (
        DIRECT_PAYMENT,
        MANAGED,
    ),  # part direct payment shows as two rows: the return derives it from them
}
HOW_OFTEN = {"hour": "Hourly", "day": "Daily", "week": "Weekly", "year": "Annually"}
PER_SESSION = "Per Session"
REASONS = {
    "planned": "Planned",
    "hospital": "Unplanned - Hospital (Planned and Unplanned Episodes)",
    "carer": "Unplanned - Carer Related",
    "safeguarding": "Unplanned - Safeguarding Concern",
    "provider": "Unplanned - Provider Failure",
    "commissioning": "Unplanned - Change in Commissioning Arrangements",
}
OTHER_REASON = "Unplanned - Other Reason"
MET = {"fully": "Fully Met", "partly": "Partially Met", "not": "Not Met"}
FOLLOWS = {
    "same": "No Change in Package",
    "change": "Change in Package",
    "reassess": "Further Assessment",
    "end": "NFA - Support Ended",
}


class Event(NamedTuple):
    """One event as we keep it: a row of returns.sql. `pence` is of one `unit`, `units` hundredths of it a week."""

    event: str
    id: object
    ref: str
    carer: object | None
    birth_date: date | None
    died_date: date | None
    postcode: str
    starts: date
    ends: date | None
    what: str | None
    delivery: str | None
    pence: int | None
    unit: str | None
    units: int | None
    outcome: str | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Period:
    """The days that are returned, the last one included, and for which council."""

    code: str
    start_date: date
    last_date: date


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure: what it says, of how many, and how many."""

    code: str
    words: str
    number: int
    out_of: int

    @property
    def percent(self) -> str:
        """In per cent with one decimal, rounded half up; a dash of nobody."""
        if not self.out_of:
            return "–"
        tenths = (self.number * 2_000 + self.out_of) // (2 * self.out_of)
        return f"{tenths // 10}.{tenths % 10}"


Row = dict[str, str]


def rows_of(event: Event, period: Period) -> list[Row]:
    """Say an event in the return's words: one row, or two where money is held partly as a direct payment."""
    row = dict.fromkeys(FIELDS, "") | _whose(event, period)
    if event.event == "assessment":
        return [row | _assessment(event)]
    if event.event == "review":
        return [row | _review(event)]
    return [row | _service(event, held) for held in HELD[event.delivery or ""]]


def _whose(event: Event, period: Period) -> Row:
    is_carer = event.carer is not None
    return {
        "LA_Code": period.code,
        "Reporting_Period_Start_Date": period.start_date.isoformat(),
        "Reporting_Period_End_Date": period.last_date.isoformat(),
        "LA_Person_Unique_Identifier": str(event.carer) if is_carer else event.ref,
        "Client_Type": CARER if is_carer else ADULT,
        "Date_of_Birth": "" if is_carer else _day(event.birth_date),
        "Date_of_Death": "" if is_carer else _day(event.died_date),
        "Postcode": "" if is_carer else event.postcode,
        "Event_Type": event.event.capitalize(),
        "Event_Reference": str(event.id),
        "Event_Start_Date": event.starts.isoformat(),
        "Event_End_Date": _day(_ended(event, period)),
    }


def _ended(event: Event, period: Period) -> date | None:
    """Give the last day of an event; what runs on beyond the period is still open. A service's end is exclusive."""
    last = event.ends - timedelta(days=1) if event.ends and event.event == "service" else event.ends
    return None if last is None or last > period.last_date else last


def _assessment(event: Event) -> Row:
    is_eligible = event.outcome == "eligible"
    return {
        "Assessment_Type": "Carer Assessment" if event.carer is not None else "Long Term Assessment",
        "Eligible_Needs_Identified": "Yes" if is_eligible else "No",
        "Event_Outcome": "Progress to Support Planning / Services"
        if is_eligible
        else "NFA - Information & Advice Only",
    }


def _review(event: Event) -> Row:
    met, _colon, follows = (event.outcome or "").partition(":")
    return {
        "Event_Outcome": FOLLOWS[follows],
        "Review_Reason": REASONS.get(event.reason or "", OTHER_REASON),
        "Review_Outcomes_Achieved": MET[met],
    }


def _service(event: Event, held: str) -> Row:
    """A service by how it is held. Of money held in two ways only the managed row says the cost: counted once."""
    says_cost = held == MANAGED or len(HELD[event.delivery or ""]) == 1
    component = COMPONENTS.get(event.what or "", OTHER_COMPONENT)
    row = {
        "Service_Type": COMMUNITY,
        "Service_Component": DIRECT_PAYMENT if held == DIRECT_PAYMENT else component,
        "Delivery_Mechanism": held,
    }
    if says_cost and event.pence is not None and event.unit is not None:
        row["Unit_Cost"] = plain_pounds(event.pence)
        row["Cost_Frequency_Unit_Type"] = HOW_OFTEN.get(event.unit, PER_SESSION)
        row["Planned_Units_Per_Week"] = plain_pounds(event.units) if event.units is not None else ""
    return row


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def direct_payment_measures(rows: Iterable[Row], *, on: date) -> list[Measure]:
    """
    Give ASCOF 3D, parts 1a and 2a, from the rows of a return, as things stood on a day.

    Of adults with long-term support in the community that day: how many direct their own support (a direct payment, or
    a budget the council manages), and how many have a direct payment, whole or part.
    """
    day = on.isoformat()
    everybody, directed, paid = set(), set(), set()
    for row in rows:
        is_running = row["Event_Start_Date"] <= day and (
            not row["Event_End_Date"] or row["Event_End_Date"] >= day
        )
        is_alive = not row["Date_of_Death"] or row["Date_of_Death"] > day
        is_counted = row["Client_Type"] == ADULT and row["Service_Type"] == COMMUNITY
        if not (is_running and is_alive and is_counted):
            continue
        who = row["LA_Person_Unique_Identifier"]
        everybody.add(who)
        if row["Delivery_Mechanism"] in {DIRECT_PAYMENT, MANAGED}:
            directed.add(who)
        if DIRECT_PAYMENT in {row["Delivery_Mechanism"], row["Service_Component"]}:
            paid.add(who)
    return [
        Measure(
            code="3D part 1a",
            words="Adults who direct their own support",
            number=len(directed),
            out_of=len(everybody),
        ),
        Measure(
            code="3D part 2a", words="Adults with a direct payment", number=len(paid), out_of=len(everybody)
        ),
    ]
