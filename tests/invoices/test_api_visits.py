"""Records of visits: kept once, with duplicates and overlaps found and answered."""

from typing import Any

import psycopg
import pytest

from invoices.api import examples
from invoices.models import Visit
from ledger.models import Entry
from tests.clusters.makers import make_member
from tests.commissioning.makers import make_contract
from tests.guards import assert_kept, assert_refused
from tests.invoices.systems import System, make_system, said

VISITS = "/api/v1/visits"


def record(system: System, **changes: Any) -> dict[str, Any]:
    """An hour of M-1 on 4 May, from nine."""
    visit = {
        "ref": "V-1",
        "contract_ref": system.contract.ref,
        "service_code": "HC-HOUR",
        "service_date": "2026-05-04",
        "start": "2026-05-04T09:00:00+01:00",
        "end": "2026-05-04T10:00:00+01:00",
        "units": "1",
        "member_ref": "M-1",
    }
    return {name: value for name, value in (visit | changes).items() if value is not None}


def send(system: System, *visits: Any, key: str | None = None) -> Any:
    answer = system.write(VISITS, {"visits": list(visits)}, key=key)
    assert answer.status_code == 207, answer.content
    return said(answer)


def results(system: System, *visits: Any) -> list[tuple[int, str]]:
    rows = send(system, *visits)["results"]
    return [(row["status"], row["problem"]["code"] if row["problem"] else "") for row in rows]


@pytest.mark.django_db
def test_keeps_a_visit_and_moves_no_money() -> None:
    system = make_system()
    before = Entry.objects.count()
    answer = send(system, record(system))
    [shown] = said(system.ask(VISITS))["results"]

    assert (answer["kept"], answer["came_before"], answer["refused"]) == (1, 0, 0)
    assert answer["results"][0]["id"] == shown["id"]
    assert (shown["start"], shown["end"]) == ("2026-05-04T08:00:00Z", "2026-05-04T09:00:00Z")
    assert (shown["member_ref"], shown["units"]) == ("M-1", "1")
    assert list(answer) == list(examples.VISITS_ANSWER)
    assert list(answer["results"][0]) == list(examples.VISITS_ANSWER["results"][0])
    assert list(shown) == list(examples.VISIT)
    assert said(system.ask(f"{VISITS}/{shown['id']}")) == shown
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_keeps_the_same_record_once_whatever_key_and_offset_it_comes_with() -> None:
    system = make_system()
    same = record(system, start="2026-05-04T08:00:00Z", end="2026-05-04T11:00:00+02:00")
    assert results(system, record(system), record(system), same) == [(201, ""), (200, ""), (200, "")]
    assert results(system, record(system)) == [(200, "")]
    assert Visit.objects.count() == 1


@pytest.mark.django_db
def test_finds_duplicates_and_ids_used_otherwise() -> None:
    system = make_system()
    send(system, record(system))
    assert results(system, record(system, ref="V-2"), record(system, units="2")) == [
        (409, "duplicate_visit"),
        (409, "visit_ref_used"),
    ]


@pytest.mark.django_db
def test_keeps_overlapping_visits_and_says_which_they_meet() -> None:
    system = make_system()
    make_member(cluster=system.contract.cluster, ref="M-2")
    second = {"start": "2026-05-04T09:30:00+01:00", "end": "2026-05-04T11:00:00+01:00"}
    after = {"start": "2026-05-04T11:00:00+01:00", "end": "2026-05-04T12:00:00+01:00"}
    answer = send(
        system,
        record(system),
        record(system, ref="V-2", **second),
        record(system, ref="V-3", member_ref="M-2", **second),
        record(system, ref="V-4", **after),
        record(system, ref="V-5", service_code="SESSION", member_ref=None),
        record(system, ref="V-6", service_code="SESSION", member_ref=None, **second),
    )
    assert [row["overlaps"] for row in answer["results"]] == [[], ["V-1"], [], [], [], ["V-5"]]
    assert answer["kept"] == 6


@pytest.mark.django_db
def test_finds_overlaps_over_midnight_in_a_later_post() -> None:
    system = make_system()
    send(system, record(system, start="2026-05-04T22:00:00+01:00", end="2026-05-05T06:00:00+01:00"))
    early = record(
        system,
        ref="V-2",
        service_date="2026-05-05",
        start="2026-05-05T05:00:00+01:00",
        end="2026-05-05T07:00:00+01:00",
    )
    assert send(system, early)["results"][0]["overlaps"] == ["V-1"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end": "2026-05-04T09:00:00+01:00"}, "end"),
        ({"end": "2026-05-05T09:00:01+01:00"}, "end"),
        ({"service_date": "2026-05-05"}, "service_date"),
        (
            {"start": "2026-05-03T23:30:00Z", "end": "2026-05-04T00:30:00Z", "service_date": "2026-05-03"},
            "service_date",
        ),
        ({"start": "2026-05-04 09:00"}, "start"),
        ({"start": "2026-02-30T09:00:00Z"}, "start"),
        ({"units": "0"}, "units"),
        ({"units": 1}, "units"),
        ({"units": "1,5"}, "units"),
        ({"ref": ""}, "ref"),
        ({"ref": "V\u200b1"}, "ref"),
        ({"ref": None}, "ref"),
        ({"more": 1}, "more"),
        ({"member_ref": None}, "member_ref"),
        ({"member_ref": "NOBODY"}, "member_ref"),
        ({"service_code": "NOTHING"}, "service_code"),
    ],
)
def test_refuses_a_record_that_cannot_be_right_and_names_the_place(
    changes: dict[str, Any], field: str
) -> None:
    system = make_system()
    good = record(system, ref="GOOD", start="2026-05-04T12:00:00Z", end="2026-05-04T13:00:00Z")
    rows = send(system, record(system, **changes), good)["results"]
    assert [row["status"] for row in rows] == [422, 201]
    assert rows[0]["problem"]["code"] == "wrong_visit"
    assert field in [fault["pointer"].removeprefix("/visits/0/") for fault in rows[0]["problem"]["errors"]]


@pytest.mark.django_db
def test_refuses_days_outside_the_contract_or_the_membership() -> None:
    system = make_system()
    year = {"start": "2030-05-04T09:00:00Z", "end": "2030-05-04T10:00:00Z", "service_date": "2030-05-04"}
    assert results(system, record(system, **year)) == [(422, "wrong_visit")]


@pytest.mark.django_db
def test_tells_no_contract_of_others_from_one_that_is_not_there() -> None:
    system, other = make_system(), make_system()
    for ref in (other.contract.ref + "-X", "K-NONE"):
        assert results(system, record(system, contract_ref=ref)) == [(404, "unknown_contract")]
    send(other, record(other))
    assert said(system.ask(VISITS))["results"] == []
    answer = system.ask(f"{VISITS}/{Visit.objects.get().pk}")
    assert (answer.status_code, said(answer)["code"]) == (404, "unknown_visit")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", [[], {}, {"visits": []}, {"visits": 1}, {"visits": [{}] * 1001}, {"visits": [{}], "x": 1}]
)
def test_refuses_what_is_no_list_of_records(body: Any) -> None:
    answer = make_system().write(VISITS, body)
    assert (answer.status_code, said(answer)["code"]) == (422, "wrong_document")


@pytest.mark.django_db
def test_finds_what_is_asked_for() -> None:
    system = make_system()
    other = make_contract(cluster=system.contract.cluster, provider=system.contract.provider)
    later = {"start": "2026-05-06T09:00:00Z", "end": "2026-05-06T10:00:00Z", "service_date": "2026-05-06"}
    send(system, record(system), record(system, ref="V-2", contract_ref=other.ref, **later))

    def refs(**query: str) -> list[str]:
        return [row["ref"] for row in said(system.ask(VISITS, **query))["results"]]

    assert refs() == ["V-2", "V-1"]
    assert refs(contract=other.ref) == ["V-2"]
    assert refs(ref="V-1") == ["V-1"]
    assert refs(from_date="2026-05-05") == ["V-2"]
    assert refs(before_date="2026-05-05") == ["V-1"]


@pytest.mark.django_db
def test_asks_for_the_scope_to_write() -> None:
    system = make_system(scopes=["visits:read"])
    assert system.write(VISITS, {"visits": [record(system)]}).status_code == 403
    assert Visit.objects.count() == 0


@pytest.mark.django_db
def test_is_held_by_the_database_to_its_own_contract_and_to_once() -> None:
    system, other = make_system(), make_system()
    send(system, record(system))
    columns = (
        "council_id, provider_id, contract_id, service_id, membership_id, ref, service_date, started_at, "
        "ended_at, units, body_hash, received_by"
    )
    copy = f"INSERT INTO invoices_visit ({columns}) SELECT {columns} FROM invoices_visit"
    assert_refused(copy, match="invoices_visit_ref_is_used_once")
    renamed = columns.replace(" ref,", " 'V-9',")
    assert_refused(
        f"INSERT INTO invoices_visit ({columns}) SELECT {renamed} FROM invoices_visit",
        match="invoices_visit_is_recorded_once",
    )
    astray = columns.replace(" ref,", " 'V-9',").replace("contract_id", f"'{other.contract.pk}'::uuid", 1)
    assert_refused(
        f"INSERT INTO invoices_visit ({columns}) SELECT {astray} FROM invoices_visit",
        match="of its own contract",
    )


@pytest.mark.django_db(transaction=True)
def test_is_kept_as_it_came(owner_connection: psycopg.Connection) -> None:
    system = make_system()
    send(system, record(system))
    assert_kept(owner_connection, "invoices_visit")


@pytest.mark.django_db(transaction=True)
def test_lets_a_system_follow_its_visits() -> None:
    system = make_system()
    send(system, record(system))
    page = said(system.ask(VISITS, updated_since="0"))
    assert [row["ref"] for row in page["results"]] == ["V-1"]
    assert said(system.ask(VISITS, updated_since=page["updated_since"]))["results"] == []
