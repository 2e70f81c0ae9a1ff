"""The tables of a council's folder: their files, their columns, and how each cell is read."""

from collections.abc import Mapping

from people.rules import Column, choice, code, day, pence, text, units, yes_or_no

REF, STREAM, NAME = code(40), code(30), text(200)
SHARING_RULES = ("by_use", "equal", "by_pledge")
DELIVERIES = ("council_managed", "direct_payment", "isf", "mixed")

TABLES: Mapping[str, Mapping[str, Column]] = {
    "people.csv": {
        "person_ref": Column(read=REF),
        "name": Column(read=NAME),
        "date_of_birth": Column(read=day, is_needed=False),
        "postcode": Column(read=text(10), is_needed=False, default=""),
    },
    "budgets.csv": {
        "person_ref": Column(read=REF),
        "starts": Column(read=day),
        "ends": Column(read=day),
        "stream": Column(read=STREAM),
        "annual_pence": Column(read=pence()),
        "delivery": Column(read=choice(DELIVERIES), is_needed=False, default="council_managed"),
    },
    "providers.csv": {
        "provider_ref": Column(read=REF),
        "name": Column(read=NAME),
        "legal_form": Column(read=text(100), is_needed=False, default=""),
        "cqc_location_id": Column(read=code(30), is_needed=False, default=""),
    },
    "clusters.csv": {
        "cluster_ref": Column(read=REF),
        "name": Column(read=NAME),
        "purpose": Column(read=text(2_000), is_needed=False, default=""),
        "area": Column(read=text(100), is_needed=False, default=""),
        "in_common": Column(read=NAME, is_needed=False, default=""),
    },
    "memberships.csv": {
        "membership_ref": Column(read=REF),
        "cluster_ref": Column(read=REF),
        "person_ref": Column(read=REF),
        "joined_date": Column(read=day),
        "left_date": Column(read=day, is_needed=False),
    },
    "pledges.csv": {
        "membership_ref": Column(read=REF),
        "stream": Column(read=STREAM),
        "amount_pence": Column(read=pence(least=1)),
        "effective_date": Column(read=day),
    },
    "contracts.csv": {
        "contract_ref": Column(read=REF),
        "cluster_ref": Column(read=REF),
        "provider_ref": Column(read=REF),
        "starts": Column(read=day),
        "ends": Column(read=day),
        "title": Column(read=NAME, is_needed=False, default=""),
        "weekly_pence": Column(read=pence(), is_needed=False, default=0),
        "one_off_pence": Column(read=pence(), is_needed=False, default=0),
        "is_regulated": Column(read=yes_or_no, is_needed=False, default=False),
    },
    "contract_services.csv": {
        "contract_ref": Column(read=REF),
        "service_code": Column(read=REF),
        "description": Column(read=NAME),
        "unit": Column(read=text(30)),
        "unit_rate_pence": Column(read=pence()),
        "sharing_rule": Column(read=choice(SHARING_RULES)),
        "max_units": Column(read=units, is_needed=False),
        "alone_rate_pence": Column(read=pence(), is_needed=False),
    },
    "streams.csv": {
        "stream": Column(read=STREAM),
        "name": Column(read=text(100)),
    },
}
COUNCIL, INVOICES = "council.json", "invoices.jsonl"
MAY_BE_MISSING = ("streams.csv",)  # streams are then called by their codes
FILES = (COUNCIL, *TABLES, INVOICES)
