"""
Bill a month of visits: `python provider_client.py https://council.example CLIENT_ID SECRET visits.csv`.

Sends an invoice for each contract from a CSV with the columns contract_ref, service_code, service_date, units,
member_ref, and prints what was paid. Run it again: nothing is billed twice.
"""

import csv
import sys
import time
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import requests

API, CLIENT_ID, SECRET, FILE = f"{sys.argv[1]}/api/v1", *sys.argv[2:5]
SIGN_IN = {"grant_type": "client_credentials"}
TOKEN = "Authorization"  # noqa: S105 (a header)
council = requests.Session()


def ask(method: str, path: str, **more: Any) -> Any:
    """Ask, through broken connections and restarts; the same Idempotency-Key makes sure it happens once."""
    for attempt in range(60):
        try:
            if TOKEN not in council.headers:
                given = council.post(f"{API}/token", data=SIGN_IN, auth=(CLIENT_ID, SECRET), timeout=30)
                given.raise_for_status()
                council.headers[TOKEN] = f"Bearer {given.json()['access_token']}"
            answer = council.request(method, f"{API}{path}", timeout=30, **more)
        except (requests.ConnectionError, requests.Timeout):
            time.sleep(min(0.2 * 2**attempt, 5))
            continue
        if answer.ok:
            return answer.json()
        if answer.status_code == 401:
            del council.headers[TOKEN]  # it lasts a quarter of an hour
        elif answer.status_code in (429, 500, 502, 503) or answer.json().get("code") == "still_working":
            time.sleep(float(answer.headers.get("Retry-After", 1)))
        else:
            sys.exit(f"{answer.status_code}: {answer.json()['detail']} {answer.json()['errors']}")
    sys.exit("The council does not answer. Run this again later: nothing is billed twice.")


def sync(path: str, since: str = "0") -> list[Any]:
    """Follow a list from a place on. Keep the last `updated_since` to get only what changes later."""
    page = ask("GET", path, params={"updated_since": since})
    return [*page["results"], *(sync(path, page["updated_since"]) if page["next"] else [])]


def line(number: int, visit: dict[str, str], rate: int) -> dict[str, Any]:
    """Write one visit as a line: units times the rate of the contract, rounded half up."""
    pence = int((Decimal(visit["units"]) * rate).quantize(Decimal(1), ROUND_HALF_UP))
    said = {name: cell for name, cell in visit.items() if cell and name != "contract_ref"}
    return {"line_number": number, "unit_rate_pence": rate, "amount_pence": pence} | said


contracts = {contract["ref"]: contract for contract in sync("/contracts")}
with open(FILE, newline="", encoding="utf-8") as file:
    visits = sorted(csv.DictReader(file), key=lambda visit: visit["contract_ref"])
for ref, own in groupby(visits, key=lambda visit: visit["contract_ref"]):
    rates = {service["code"]: service["unit_rate_pence"] for service in contracts[ref]["services"]}
    lines = [line(number, visit, rates[visit["service_code"]]) for number, visit in enumerate(own, 1)]
    days = sorted(one["service_date"] for one in lines)
    bill = {"type": "invoice", "number": f"{ref}-{days[0][:7]}", "lines": lines, "contract_ref": ref}
    bill |= {"provider_ref": contracts[ref]["provider_ref"], "issue_date": days[-1]}
    bill |= {"period_start": days[0], "period_end": days[-1]}
    bill["total_pence"] = sum(one["amount_pence"] for one in lines)
    key = {"Idempotency-Key": str(uuid5(NAMESPACE_URL, bill["number"]))}
    told = ask("POST", "/invoices", json=bill, headers=key)
    print(f"{told['number']}: {told['accepted_pence']}p accepted, {told['held_pence']}p held", flush=True)
for payment in sync("/payments"):
    advice = ask("GET", f"/payments/{payment['id']}")
    what_for = ", ".join(f"{one['number']} {one['amount_pence']}p" for one in advice["invoices"])
    print(f"{advice['reference']} {advice['state']}: {advice['amount_pence']}p for {what_for}", flush=True)
