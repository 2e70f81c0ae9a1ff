"""What a provider's developer pastes in their first ten minutes, for curl and for Python."""

import json
import pprint
from collections.abc import Mapping
from typing import NamedTuple

from invoices.api import examples, samples

FORM = "grant_type=client_credentials"


class Step(NamedTuple):
    """One step: what it does, and the same in two languages."""

    title: str
    words: str
    curl: str
    python: str


def steps(address: str) -> list[Step]:
    """Give the steps for a council at an address; the tests run them against a server."""
    api = f"{address}/api/v1"
    return [
        Step(
            "Sign in",
            "Your people make a key on their pages and give you its client id and secret. "
            "A token lasts a quarter of an hour.",
            f'API={api}\nTOKEN=$(curl -s "$API/token" -u "$CLIENT_ID:$SECRET" -d {FORM} \\\n'
            "  | python3 -c 'import json, sys; print(json.load(sys.stdin)[\"access_token\"])')",
            f'import requests\n\nAPI = "{api}"\nform = {{"grant_type": "client_credentials"}}\n'
            'token = requests.post(f"{API}/token", data=form, auth=(CLIENT_ID, SECRET)).json()["access_token"]\n'
            'signed = {"Authorization": f"Bearer {token}"}',
        ),
        Step(
            "Read your contracts",
            "Services, rates, units left, and members’ references. "
            "Later, ask with the updated_since of the answer before.",
            'curl "$API/contracts?updated_since=0" -H "Authorization: Bearer $TOKEN"',
            'page = requests.get(f"{API}/contracts", params={"updated_since": "0"}, headers=signed).json()',
        ),
        _write(
            "Send an invoice",
            "Each line is accepted or held with a reason. "
            "Send the same key again when you do not know whether it arrived.",
            "invoices",
            samples.INVOICE,
            "invoice-1",
        ),
        _write(
            "Record visits",
            "Duplicates are refused and overlaps told, each record by itself.",
            "visits",
            examples.VISITS,
            "visits-1",
        ),
        Step(
            "See what you were paid",
            "Each payment lists every line it is for: the remittance advice.",
            'curl "$API/payments?updated_since=0" -H "Authorization: Bearer $TOKEN"',
            'page = requests.get(f"{API}/payments", params={"updated_since": "0"}, headers=signed).json()',
        ),
    ]


def _write(title: str, words: str, path: str, body: Mapping[str, object], key: str) -> Step:
    """Write a step that sends something."""
    return Step(
        title,
        words,
        f'curl -i "$API/{path}" -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: {key}" \\\n'
        f"  -H \"Content-Type: application/json\" -d '{json.dumps(body, indent=2)}'",
        f"body = {pprint.pformat(body, sort_dicts=False)}\n"
        f'answer = requests.post(f"{{API}}/{path}", json=body, headers=signed | {{"Idempotency-Key": "{key}"}})',
    )
