"""What somebody who has just started the demo wants to know: who can sign in, how, and what to send by REST."""

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from commonpurse.demo.build.decisions import SHORT_MINUTES
from commonpurse.demo.shapes import EQUAL
from commonpurse.demo.story import CIRCLES
from commonpurse.demo.story.ashwick import SANNA
from commonpurse.demo.story.assessments import MARYAM
from commonpurse.demo.story.council import GRACE, HODAN, LESLEY, MARCUS, PRIYA, WREN
from commonpurse.demo.story.hooyo import HALIMA
from commonpurse.demo.story.newcomers import WINIFRED
from people.models import Council
from providers.actions import issue_key
from providers.actions.keys import SCOPES
from providers.queries import may_sign_in

SIGN_INS = (
    (HALIMA.email, "Halima Warsame", "draws on care: her money, her clusters, finding another"),
    (WINIFRED.email, "Winifred Achebe", "draws on care: how her budget is made up; she can move to Ashwick"),
    (*MARYAM, "cares for her without pay: takes back what she agreed to"),
    (PRIYA, "Priya Raman", "social worker: reviews that are late, people who want to pool"),
    (MARCUS, "Marcus Bell", "commissioner: contracts that wait, the report"),
    (GRACE, "Grace Adeyemi", "finance officer: the month end, held lines, the report"),
    (HODAN, "Hodan Abdi", "works for a provider: calls that fit, offers, the ethical test"),
    (SANNA, "Sanna Lindqvist", "social worker in Ashwick, next door: takes in who moves (docs/moving.md)"),
    (LESLEY, "Lesley Quill", "works for another: so that there are two offers to choose from"),
)
KEY_NAME = "Trying out the API"
TAKE_OUT = """sed 's/.*"access_token": *"\\([^"]*\\)".*/\\1/'"""


def sign_ins(address: str) -> str:
    """Say who can sign in, and how."""
    widest = max(len(email) for email, _, _ in SIGN_INS)
    rows = "\n".join(f"  {email:<{widest}}  {name}, {what}" for email, name, what in SIGN_INS)
    return (
        f"\nTo sign in, open {address} and give one of these addresses; the code is at {address}/caught-mail/\n"
        "Staff are asked for a second code; the page that asks says which.\n"
        f"What members put to the vote from now on is counted after {SHORT_MINUTES} minutes.\n\n"
        f"{rows}"
    )


class Opens(NamedTuple):
    """What a provider's system signs in with."""

    client_id: str
    secret: str


def key_for_trying(council: Council, *, kept_in: Path | None, is_first: bool, at: datetime) -> Opens | None:
    """
    Give the client id and secret of a provider's system that stand for trying out the API; none where they were shown.

    A secret cannot be read back from the database, so it is kept in a file that only we may read, if one is named.
    """
    if kept_in is not None and kept_in.exists():
        client_id, _, secret = kept_in.read_text().strip().partition(":")
        if may_sign_in(client_id, at=at):
            return Opens(client_id, secret)
    if kept_in is None and not is_first:
        return None
    provider = council.providers.select_related("council").get(ref=WREN)
    issued = issue_key(provider=provider, name=KEY_NAME, scopes=SCOPES, by="system:demo", at=at)
    if kept_in is not None:
        with open(os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as writer:
            writer.write(f"{issued.client_id}:{issued.secret}")
    return Opens(issued.client_id, issued.secret)


def curl_example(address: str, opens: Opens, *, on: date) -> str:
    """Write how a system gets its token and sends an invoice of today's session, ready to be pasted into a shell."""
    deal, offered = next(
        (deal, offered)
        for circle in CIRCLES
        for deal in circle.deals
        for offered in deal.services
        if deal.company == WREN and offered.shared == EQUAL
    )
    body = {
        "type": "invoice",
        "number": f"{WREN}-{on.isoformat()}",
        "provider_ref": WREN,
        "contract_ref": deal.ref,
        "issue_date": on.isoformat(),
        "period_start": on.isoformat(),
        "period_end": on.isoformat(),
        "lines": [
            {
                "line_number": 1,
                "service_code": offered.code,
                "service_date": on.isoformat(),
                "units": "1",
                "unit_rate_pence": offered.rate,
                "amount_pence": offered.rate,
            }
        ],
        "total_pence": offered.rate,
    }
    return (
        f"TOKEN=$(curl -s {address}/api/v1/token -u '{opens.client_id}:{opens.secret}' \\\n"
        f"  -d grant_type=client_credentials | {TAKE_OUT})\n\n"
        f"curl -i {address}/api/v1/invoices \\\n"
        f'  -H "Authorization: Bearer $TOKEN" \\\n'
        f"  -H 'Idempotency-Key: {body['number']}' -H 'Content-Type: application/json' \\\n"
        f"  -d '{json.dumps(body)}'"
    )
