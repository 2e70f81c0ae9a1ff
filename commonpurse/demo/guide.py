"""What somebody who has just started the demo wants to know: who can sign in, how, and what to send by REST."""

import json
import os
from datetime import date
from pathlib import Path

from commonpurse.demo.build.decisions import SHORT_MINUTES
from commonpurse.demo.shapes import EQUAL
from commonpurse.demo.story import CIRCLES
from commonpurse.demo.story.council import GRACE, HODAN, LESLEY, MARCUS, PRIYA, WREN
from commonpurse.demo.story.hooyo import HALIMA
from people.models import Council
from providers.actions import issue_key
from providers.queries import key_for

SIGN_INS = (
    (HALIMA.email, "Halima Warsame", "draws on care: her money, her clusters, finding another"),
    (PRIYA, "Priya Raman", "social worker: reviews that are late, people who want to pool"),
    (MARCUS, "Marcus Bell", "commissioner: contracts that wait, the report"),
    (GRACE, "Grace Adeyemi", "finance officer: the month end, held lines, the report"),
    (HODAN, "Hodan Abdi", "works for a provider: calls that fit, offers, the ethical test"),
    (LESLEY, "Lesley Quill", "works for another: so that there are two offers to choose from"),
)
KEY_NAME = "Trying out the API"


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


def token_for_trying(council: Council, *, kept_in: Path | None, is_first: bool) -> str | None:
    """
    Give the token of a provider's system that stands for trying out the API; none where it was shown before.

    A token cannot be read back from the database, so it is kept in a file that only we may read, if one is named.
    """
    if kept_in is not None and kept_in.exists():
        token = kept_in.read_text().strip()
        if key_for(token) is not None:
            return token
    if kept_in is None and not is_first:
        return None
    provider = council.providers.get(ref=WREN)
    _, token = issue_key(
        provider=provider, name=KEY_NAME, scopes=["invoices:read", "invoices:write"], by="system:demo"
    )
    if kept_in is not None:
        with open(os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as writer:
            writer.write(token)
    return token


def curl_example(address: str, token: str, *, on: date) -> str:
    """Write a request that sends an invoice of today's session, ready to be pasted into a shell."""
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
        f"curl -i {address}/api/v1/invoices \\\n"
        f"  -H 'Authorization: Bearer {token}' \\\n"
        f"  -H 'Idempotency-Key: {body['number']}' -H 'Content-Type: application/json' \\\n"
        f"  -d '{json.dumps(body)}'"
    )
