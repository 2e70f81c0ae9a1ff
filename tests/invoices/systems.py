"""A provider's system that speaks to the API, for tests: its token, what it sends, and how it asks."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from django.test import Client

from commissioning.models import Contract
from providers.actions.keys import SCOPES
from providers.models import Provider, SystemKey
from tests.clusters.makers import make_cluster, make_member
from tests.commissioning.makers import make_contract
from tests.providers.makers import make_key

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

INVOICES = "/api/v1/invoices"
PROBLEM_JSON = "application/problem+json"
_numbers = count(1)


@dataclass(kw_only=True)
class System:
    """A system with a token. Every document gets an Idempotency-Key of its own unless one is given."""

    token: str
    key: SystemKey
    contract: Contract
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def send(self, body: Any, *, key: str | None = None, **headers: str) -> "Answer":
        """Post a document, or any bytes."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key or f"key-{next(_numbers)}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        kind = sent.pop("Content-Type", "application/json")
        return self.client.post(INVOICES, data=raw, content_type=kind, headers=sent)

    def write(
        self, path: str, body: Any, *, key: str | None = None, method: str = "post", **headers: str
    ) -> "Answer":
        """Write something else: JSON, or any bytes."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key or f"key-{next(_numbers)}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        kind = sent.pop("Content-Type", "application/json")
        ask = getattr(self.client, method)
        answer: Answer = ask(path, data=raw, content_type=kind, headers=sent)
        return answer

    def ask(self, path: str = INVOICES, **query: str) -> "Answer":
        """Get a list or an invoice."""
        return self.client.get(path, query, headers={"Authorization": f"Bearer {self.token}"})


def make_system(
    *, contract: Contract | None = None, scopes: Collection[str] = SCOPES, provider: Provider | None = None
) -> System:
    """A system of the provider of a contract; without one, of a contract with one member, M-1."""
    if contract is None:
        cluster = make_cluster()
        make_member(cluster=cluster, ref="M-1")
        contract = make_contract(cluster=cluster)
    key, token = make_key(provider=provider or contract.provider, scopes=scopes)
    return System(token=token, key=key, contract=contract)


def make_line_body(**changes: Any) -> dict[str, Any]:
    """An hour of M-1 on 4 May, as JSON."""
    line = {
        "line_number": 1,
        "service_code": "HC-HOUR",
        "service_date": "2026-05-04",
        "units": "1",
        "unit_rate_pence": 2000,
        "amount_pence": 2000,
        "member_ref": "M-1",
    }
    return _without_nones(line | changes)


def make_body(contract: Contract, *lines: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """An invoice as JSON whose total is right; by default with one good line. A change to None leaves out."""
    rows: Sequence[Mapping[str, Any]] = lines or [make_line_body()]
    body = {
        "type": "invoice",
        "number": f"INV-{next(_numbers)}",
        "provider_ref": contract.provider.ref,
        "contract_ref": contract.ref,
        "issue_date": "2026-05-31",
        "period_start": "2026-05-01",
        "period_end": "2026-05-31",
        "lines": list(rows),
        "total_pence": sum(row.get("amount_pence", 0) for row in rows),
    }
    return _without_nones(body | changes)


def said(response: "Answer") -> Any:
    """Read an answer's JSON."""
    return json.loads(response.content)


def _without_nones(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
