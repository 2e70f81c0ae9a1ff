"""National returns: the client-level file with its field names, and the direct-payment measures (ASCOF 3D) from it."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from budgets.models import Allocation, Delivery, FundingStream
from people.models import RoleKind, User
from plans.actions import Found, record_review
from plans.models import NeedsMet, ReviewReason, ReviewResult
from reports.rules.returns import (
    COMMUNITY,
    DIRECT_PAYMENT,
    FIELDS,
    MANAGED,
    Event,
    Measure,
    Period,
    direct_payment_measures,
    rows_of,
)
from tests.cast import NINE, ON, Cast, make_cast
from tests.people.makers import make_council, make_user_with_role

PERIOD = Period(code="TEST", start_date=date(2026, 4, 1), last_date=date(2027, 3, 31))
SERVICE = Event(
    event="service",
    id="n1",
    ref="P-1",
    carer=None,
    birth_date=date(1950, 1, 2),
    died_date=None,
    postcode="TV4 2QS",
    starts=date(2026, 4, 1),
    ends=date(2027, 4, 1),
    what="HC-HOUR",
    delivery="council_managed",
    pence=2150,
    unit="hour",
    units=1050,
    outcome=None,
    reason=None,
)


@pytest.fixture
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def test_says_a_service_in_the_returns_words() -> None:
    (row,) = rows_of(SERVICE, PERIOD)
    assert tuple(row) == FIELDS
    assert (
        row
        | {
            "LA_Code": "TEST",
            "Client_Type": "Service User",
            "Date_of_Birth": "1950-01-02",
            "Event_Type": "Service",
            "Event_Start_Date": "2026-04-01",
            "Event_End_Date": "2027-03-31",  # the last day of it; ours is exclusive
            "Service_Type": COMMUNITY,
            "Service_Component": "Home Support",
            "Delivery_Mechanism": MANAGED,
            "Unit_Cost": "21.50",
            "Cost_Frequency_Unit_Type": "Hourly",
            "Planned_Units_Per_Week": "10.50",
            "NHS_Number": "",
        }
        == row
    )


@pytest.mark.parametrize(
    ("ends", "said"), [(date(2027, 4, 2), ""), (None, ""), (date(2026, 5, 2), "2026-05-01")]
)
def test_leaves_a_service_open_that_runs_on_after_the_period(ends: date | None, said: str) -> None:
    (row,) = rows_of(SERVICE._replace(ends=ends), PERIOD)
    assert row["Event_End_Date"] == said


def test_shows_money_held_partly_as_a_direct_payment_as_two_rows_and_its_cost_once() -> None:
    paid, managed = rows_of(SERVICE._replace(delivery="mixed"), PERIOD)
    assert (paid["Delivery_Mechanism"], paid["Service_Component"], paid["Unit_Cost"]) == (
        DIRECT_PAYMENT,
        DIRECT_PAYMENT,
        "",
    )
    assert (managed["Delivery_Mechanism"], managed["Unit_Cost"]) == (MANAGED, "21.50")
    (whole,) = rows_of(
        SERVICE._replace(delivery="direct_payment", what=None, unit="year", units=None), PERIOD
    )
    assert (whole["Unit_Cost"], whole["Cost_Frequency_Unit_Type"], whole["Planned_Units_Per_Week"]) == (
        "21.50",
        "Annually",
        "",
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("planned", "Planned"),
        ("safeguarding", "Unplanned - Safeguarding Concern"),
        ("concern", "Unplanned - Other Reason"),
    ],
)
def test_says_a_review_by_its_reason_and_outcome(reason: str, said: str) -> None:
    event = SERVICE._replace(event="review", outcome="partly:change", reason=reason, ends=date(2026, 4, 1))
    (row,) = rows_of(event, PERIOD)
    assert row["Review_Reason"] == said
    assert (row["Review_Outcomes_Achieved"], row["Event_Outcome"]) == ("Partially Met", "Change in Package")
    assert (row["Unit_Cost"], row["Service_Type"]) == ("", "")


def test_says_of_a_carer_nothing_about_whom_they_care_for() -> None:
    event = SERVICE._replace(event="assessment", outcome="eligible", carer="carer-1", ends=date(2026, 4, 9))
    (row,) = rows_of(event, PERIOD)
    assert (row["Client_Type"], row["LA_Person_Unique_Identifier"]) == ("Carer", "carer-1")
    assert (row["Date_of_Birth"], row["Postcode"]) == ("", "")
    assert (row["Assessment_Type"], row["Eligible_Needs_Identified"]) == ("Carer Assessment", "Yes")


def measures(*events: Event, on: date = date(2026, 6, 1)) -> list[tuple[int, int]]:
    found = direct_payment_measures([row for event in events for row in rows_of(event, PERIOD)], on=on)
    return [(one.number, one.out_of) for one in found]


def test_counts_direct_payments_among_everybody_with_support_that_day() -> None:
    paid = SERVICE._replace(ref="P-2", delivery="direct_payment")
    mixed = SERVICE._replace(ref="P-3", delivery="mixed")
    assert measures(SERVICE, SERVICE, paid, mixed) == [(3, 3), (2, 3)]


def test_counts_nobody_who_has_no_support_that_day_or_has_died() -> None:
    over = SERVICE._replace(ref="P-2", ends=date(2026, 6, 1))
    last_day = SERVICE._replace(ref="P-3", ends=date(2026, 6, 2))
    later = SERVICE._replace(ref="P-4", starts=date(2026, 6, 2))
    died = SERVICE._replace(ref="P-5", died_date=date(2026, 6, 1))
    assert measures(over, last_day, later, died) == [(1, 1), (0, 1)]
    assert measures() == [(0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("number", "out_of", "said"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 2000, "0.1"), (0, 0, "–")],
)
def test_writes_per_cent_with_one_decimal(number: int, out_of: int, said: str) -> None:
    assert Measure(code="", words="", number=number, out_of=out_of).percent == said


def administrator_of(cast: Cast) -> User:
    return make_user_with_role(council=cast.council, kind=RoleKind.ADMINISTRATOR)


@pytest.mark.django_db
@pytest.mark.usefixtures("_on_the_day")
def test_gives_an_administrator_the_file_and_the_measures(client: Client) -> None:
    cast = make_cast()
    Allocation.objects.filter(budget__person=cast.ben).update(delivery=Delivery.DIRECT_PAYMENT)
    FundingStream.objects.filter(council=cast.council, code="health").update(kind="health")
    found = Found(
        reason=ReviewReason.PLANNED,
        held_date=ON,
        needs_met=NeedsMet.FULLY,
        result=ReviewResult.SAME,
        words="All well",
    )
    record_review(person=cast.ben, found=found, by=cast.priya, on=ON, at=NINE)
    elsewhere = make_cast(name="Othershire Council")
    record_review(person=elsewhere.ben, found=replace(found), by=elsewhere.priya, on=ON, at=NINE)
    client.force_login(administrator_of(cast))
    assert client.get(reverse("reports:returns")).headers["Location"] == reverse(
        "reports:council-returns", args=[cast.council.code]
    )
    address = reverse("reports:council-returns", args=[cast.council.code])
    words = client.get(address, {"start": "2026-04-01", "end": "2026-05-31"}).content.decode()
    assert "3D part 2a: Adults with a direct payment" in words
    assert "50.0" in words
    file = client.get(
        reverse("reports:returns-file", args=[cast.council.code, date(2026, 4, 1), date(2026, 5, 31)])
    )
    rows = list(csv.DictReader(StringIO(file.content.decode())))
    assert tuple(rows[0]) == FIELDS
    assert [(row["LA_Person_Unique_Identifier"], row["Event_Type"]) for row in rows] == [
        *sorted([(cast.amina.ref, "Service"), (cast.ben.ref, "Service")]),
        (cast.ben.ref, "Review"),
    ]
    assert "no-store" in file.headers["Cache-Control"]


@pytest.mark.django_db
def test_shows_it_to_nobody_else(client: Client) -> None:
    cast = make_cast()
    elsewhere = make_user_with_role(council=make_council(), kind=RoleKind.ADMINISTRATOR)
    day = ON + timedelta(days=1)
    for user in (cast.carol, cast.farah, cast.priya, cast.ben_user, elsewhere):
        client.force_login(user)
        for address in (
            reverse("reports:council-returns", args=[cast.council.code]),
            reverse("reports:returns-file", args=[cast.council.code, ON, day]),
        ):
            assert client.get(address).status_code == 404
    client.force_login(administrator_of(cast))
    assert client.get(reverse("reports:returns-file", args=[cast.council.code, day, ON])).status_code == 404
    said = client.get(
        reverse("reports:council-returns", args=[cast.council.code]),
        {"start": "2026-05-02", "end": "2026-05-01"},
    ).content.decode()
    assert "The last day is before the first one" in said
