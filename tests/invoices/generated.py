"""Cases that schemathesis makes of the API's description, and what cannot be held against an answer."""

from collections.abc import Mapping
from typing import Any

import schemathesis
from hypothesis import HealthCheck, assume, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from commissioning.models import Contract
from invoices.rules.document import MAX_PENCE

SCHEMA = "/api/v1/schema/"
JSON = {"Accept": "application/json"}
# No description can say that lines add up, which contracts and clients there are, or what does not go together.
SAY_MORE = {
    *(
        "send_invoice",
        "send_batch",
        "send_visits",
        "put_attachment",
        "answer_hold",
        "withdraw_visit",
        "get_token",
    ),
}
# In a list each row is refused by itself; a body of nothing comes without a length.
ROWS = {"send_batch", "send_visits", "put_attachment"}
TOO_LARGE = {
    413,
    414,
    431,
}  # a refusal of what is not as described, though schemathesis does not count it as one
Case = schemathesis.Case[Any]


def usual(*, cases: int, **more: Any) -> settings:
    """As many cases as are asked for, however long they take."""
    return settings(
        max_examples=cases,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        **more,
    )


def not_said(case: Case, *, name: str, status: int = 0) -> list[Any]:
    """Give the checks of what the description of an operation cannot say. `status`: the answer's, where it is known."""
    is_mixed = "updated_since" in (case.query or {}) and set(case.query) - {"updated_since", "limit"}
    allowed = [positive_data_acceptance] if name in SAY_MORE or is_mixed else []
    return [*allowed, *([negative_data_rejection] if name in ROWS or status in TOO_LARGE else [])]


def put_right(body: dict[str, Any], contract: Contract, *, number: str) -> dict[str, Any]:
    """Make a generated invoice one of a contract's, with lines numbered in order that add up."""
    days = sorted([body["period_start"], body["period_end"]])
    # To a description 5.0 is a whole number; to us a number of pence has no decimals.
    lines = [
        line | {"line_number": n} | {name: int(line[name]) for name in ("unit_rate_pence", "amount_pence")}
        for n, line in enumerate(body["lines"], 1)
    ]
    total = sum(line["amount_pence"] for line in lines)
    assume(abs(total) <= MAX_PENCE)
    refs = {"contract_ref": contract.ref, "provider_ref": contract.provider.ref, "number": number}
    return (
        body | refs | {"lines": lines, "total_pence": total, "period_start": days[0], "period_end": days[1]}
    )


def lead_to(case: Case, there: Mapping[str, Any]) -> None:
    """Have a case ask for things that are there instead of made-up ones."""
    for names in (case.path_parameters, case.body):
        if isinstance(names, dict):
            names.update({name: there[name] for name in names if name in there})
