"""Importing the regulator's directory: its locations, and what it found there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from people.rules import Column, Fault, Row, code, read_table, text, us_day, web_address, yes_or_no
from providers.models import CqcLocation, CqcRating

ROWS_AT_A_TIME = 2_000
WORDS = text(300)
# The columns of "CQC care directory with ratings", as the regulator names them. Others are left alone.
COLUMNS = {
    "Location ID": Column(read=code(30)),
    "Location Name": Column(read=WORDS),
    "Care Home?": Column(read=yes_or_no),
    "Location Type": Column(read=text(100)),
    "Location Primary Inspection Category": Column(read=text(200), may_be_empty=True, default=""),
    "Location Street Address": Column(read=text(150), may_be_empty=True, default=""),
    "Location Address Line 2": Column(read=text(140), is_needed=False, default=""),
    "Location City": Column(read=text(100), may_be_empty=True, default=""),
    "Location Post Code": Column(read=text(10), may_be_empty=True, default=""),
    "Location Local Authority": Column(read=text(100), may_be_empty=True, default=""),
    "Location Region": Column(read=text(100), may_be_empty=True, default=""),
    "Service / Population Group": Column(read=text(200)),
    "Domain": Column(read=text(50)),
    "Latest Rating": Column(read=text(50)),
    "Publication Date": Column(read=us_day, may_be_empty=True),
    "Report Type": Column(read=text(50), is_needed=False, default=""),
    "Inherited Rating (Y/N)": Column(read=yes_or_no, may_be_empty=True, default=False),
    "URL": Column(read=web_address, is_needed=False, default=""),
    "Provider ID": Column(read=code(30)),
    "Provider Name": Column(read=WORDS),
}
LOCATION_FIELDS = {
    "name": "Location Name",
    "is_care_home": "Care Home?",
    "location_type": "Location Type",
    "inspection_category": "Location Primary Inspection Category",
    "city": "Location City",
    "postcode": "Location Post Code",
    "local_authority": "Location Local Authority",
    "region": "Location Region",
    "url": "URL",
    "cqc_provider_id": "Provider ID",
    "cqc_provider_name": "Provider Name",
}


class UnableToImport(Exception):
    """The file is not the regulator's directory, and nothing was imported. The message says what is missing."""


class Finding(NamedTuple):
    """What a rating is about: where, for whom, which question, published when, in which kind of report."""

    location_id: str
    population_group: str
    domain: str
    publication_date: date | None
    report_type: str


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did, in rows, and the rows that were left out with their reason."""

    row_count: int
    new_locations: int
    changed_locations: int
    new_ratings: int
    changed_ratings: int
    faults: Sequence[Fault]


@transaction.atomic
def import_cqc(*, data: bytes, file: str) -> Imported:
    """
    Bring in the good rows of a directory file; again, it changes only what the regulator changed.

    A rating published on a new day is added beside the earlier ones; one that reads differently for the same
    day is put right. Places whose rows leave out part of their address keep what any row says.

    :raises UnableToImport: see the class.
    """
    table = read_table(data, file=file, columns=COLUMNS)
    if not table.is_readable:
        raise UnableToImport("\n".join(str(fault) for fault in table.faults))
    locations = _locations(table.rows)
    ratings, contradictions = _ratings(table.rows, file)
    new_locations, changed_locations = _keep_locations(locations)
    new_ratings, changed_ratings = _keep_ratings(ratings, locations)
    return Imported(
        row_count=len(table.rows) - len(contradictions),
        new_locations=new_locations,
        changed_locations=changed_locations,
        new_ratings=new_ratings,
        changed_ratings=changed_ratings,
        faults=sorted(table.faults + contradictions, key=lambda fault: fault.line or 0),
    )


def _locations(rows: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Put together what the rows say of each location: for each field the first that says anything."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        said = {field: row.values[column] for field, column in LOCATION_FIELDS.items()}
        said["street"], said["second"] = (
            row.values["Location Street Address"],
            row.values["Location Address Line 2"],
        )
        stands = found.setdefault(row.values["Location ID"], said)
        for field, value in said.items():
            if stands[field] == "":
                stands[field] = value
    for said in found.values():
        lines = [said.pop("street"), said.pop("second")]
        said["street_address"] = ", ".join(line for line in lines if line)
    return found


def _ratings(rows: Iterable[Row], file: str) -> tuple[dict[Finding, tuple[str, bool]], list[Fault]]:
    """Give the rating for each finding, and the rows that contradict an earlier one."""
    found: dict[Finding, tuple[str, bool]] = {}
    lines: dict[Finding, int] = {}
    faults = []
    for row in rows:
        finding = Finding(
            row.values["Location ID"],
            row.values["Service / Population Group"],
            row.values["Domain"],
            row.values["Publication Date"],
            row.values["Report Type"],
        )
        said = (row.values["Latest Rating"], row.values["Inherited Rating (Y/N)"])
        if found.setdefault(finding, said) != said:
            faults.append(Fault(file, row.line, f"It says another rating than line {lines[finding]}."))
        lines.setdefault(finding, row.line)
    return found, faults


def _keep_locations(locations: dict[str, dict[str, Any]]) -> tuple[int, int]:
    """Write new locations and put changed ones right; gives how many of each."""
    standing = CqcLocation.objects.in_bulk(locations)
    new = [CqcLocation(location_id=pk, **said) for pk, said in locations.items() if pk not in standing]
    changed = []
    for pk, location in standing.items():
        if any(getattr(location, field) != value for field, value in locations[pk].items()):
            changed.append(CqcLocation(location_id=pk, **locations[pk]))
    CqcLocation.objects.bulk_create(new, batch_size=ROWS_AT_A_TIME)
    if changed:
        fields = [*LOCATION_FIELDS, "street_address"]
        CqcLocation.objects.bulk_update(changed, fields, batch_size=ROWS_AT_A_TIME)
    return len(new), len(changed)


def _keep_ratings(
    ratings: dict[Finding, tuple[str, bool]], locations: dict[str, dict[str, Any]]
) -> tuple[int, int]:
    """Write new ratings and put right those that read differently; gives how many of each."""
    standing = {
        Finding(r.location_id, r.population_group, r.domain, r.publication_date, r.report_type): r
        for r in CqcRating.objects.filter(location__in=locations)
    }
    new, changed = [], []
    for finding, (rating, is_inherited) in ratings.items():
        stands = standing.get(finding)
        if stands is None:
            new.append(CqcRating(**finding._asdict(), rating=rating, is_inherited=is_inherited))
        elif (stands.rating, stands.is_inherited) != (rating, is_inherited):
            stands.rating, stands.is_inherited = rating, is_inherited
            changed.append(stands)
    CqcRating.objects.bulk_create(new, batch_size=ROWS_AT_A_TIME)
    CqcRating.objects.bulk_update(changed, ["rating", "is_inherited"], batch_size=ROWS_AT_A_TIME)
    return len(new), len(changed)
