"""
Bill a month of visits: `python provider_client.py https://council.example CLIENT_ID SECRET visits.csv`.

Signs in, reads the contracts, sends one invoice for each contract from a CSV with the columns contract_ref,
service_code, service_date, units, member_ref, and prints what was paid. Run it again: nothing is billed twice.
"""

import csv
import sys
import time
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import requests


class Council:
    """The council's API: signs in when it has to, and asks again until there is an answer."""

    def __init__(self, address: str, client_id: str, secret: str) -> None:
        self.api, self.who, self.token = f"{address}/api/v1", (client_id, secret), ""

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """Ask, through broken connections and restarts; the same Idempotency-Key makes sure it happens once."""
        headers = more.pop("headers", {})
        for attempt in range(60):
            try:
                if not self.token:
                    form = {"grant_type": "client_credentials"}
                    given = requests.post(f"{self.api}/token", data=form, auth=self.who, timeout=30)
                    given.raise_for_status()
                    self.token = given.json()["access_token"]
                signed = headers | {"Authorization": f"Bearer {self.token}"}
                answer = requests.request(method, f"{self.api}{path}", headers=signed, timeout=30, **more)
            except (requests.ConnectionError, requests.Timeout):
                time.sleep(min(0.2 * 2**attempt, 5))
                continue
            if answer.status_code == 401:
                self.token = ""  # it has run out
            elif answer.status_code in (429, 500, 502, 503) or answer.json().get("code") == "still_working":
                time.sleep(float(answer.headers.get("Retry-After", 1)))
            elif answer.ok:
                return answer.json()
            else:
                sys.exit(f"{answer.status_code}: {answer.json()['detail']} {answer.json()['errors']}")
        sys.exit("The council does not answer. Run this again later: nothing is billed twice.")

    def all(self, path: str) -> list[Any]:
        """Follow a list from its beginning to where nothing more has changed."""
        rows: list[Any] = []
        since, more = "0", True
        while more:
            page = self.ask("GET", path, params={"updated_since": since})
            rows, since, more = rows + page["results"], page["updated_since"], page["next"]
        return rows


def invoice(contract: Any, visits: list[dict[str, str]]) -> dict[str, Any]:
    """Write the invoice for a contract's visits; its number says which month of which contract it is."""
    rates = {service["code"]: service["unit_rate_pence"] for service in contract["services"]}
    days = sorted(visit["service_date"] for visit in visits)
    lines = []
    for number, visit in enumerate(visits, 1):
        rate = rates[visit["service_code"]]
        pence = int((Decimal(visit["units"]) * rate).quantize(Decimal(1), ROUND_HALF_UP))
        named = {
            name: visit[name]
            for name in ("service_code", "service_date", "units", "member_ref")
            if visit[name]
        }
        lines.append({"line_number": number, "unit_rate_pence": rate, "amount_pence": pence} | named)
    refs = {"provider_ref": contract["provider_ref"], "contract_ref": contract["ref"]}
    span = {"issue_date": days[-1], "period_start": days[0], "period_end": days[-1]}
    total = sum(line["amount_pence"] for line in lines)
    name = f"{contract['ref']}-{days[0][:7]}"
    return {"type": "invoice", "number": name, "lines": lines, "total_pence": total} | refs | span


def main(address: str, client_id: str, secret: str, file: str) -> None:
    """Bill what is in the file, and print what was paid."""
    council = Council(address, client_id, secret)
    contracts = {contract["ref"]: contract for contract in council.all("/contracts")}
    with open(file, newline="", encoding="utf-8") as rows:
        visits = sorted(csv.DictReader(rows), key=lambda visit: visit["contract_ref"])
    for ref, own in groupby(visits, key=lambda visit: visit["contract_ref"]):
        bill = invoice(contracts[ref], list(own))
        key = {"Idempotency-Key": str(uuid5(NAMESPACE_URL, bill["number"]))}
        told = council.ask("POST", "/invoices", json=bill, headers=key)
        print(f"{told['number']}: {told['accepted_pence']}p accepted, {told['held_pence']}p held", flush=True)
    for payment in council.all("/payments"):
        advice = council.ask("GET", f"/payments/{payment['id']}")
        paid_for = ", ".join(f"{one['number']} {one['amount_pence']}p" for one in advice["invoices"])
        print(
            f"{advice['reference']} {advice['state']}: {advice['amount_pence']}p for {paid_for}", flush=True
        )


if __name__ == "__main__":
    main(*sys.argv[1:5])
