"""Cases that schemathesis makes of the API's description, and what cannot be held against an answer."""

from collections.abc import Mapping
from typing import Any

import schemathesis
from hypothesis import HealthCheck, assume, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from commissioning.models import Contract
from invoices.models import Hold, Visit
from invoices.rules.document import MAX_PENCE
from tests.invoices.systems import System, make_body, make_line_body

SCHEMA = "/api/v1/schema/"
JSON = {"Accept": "application/json"}
# No description can say that lines add up, which contracts and clients there are, or what does not go together.
SAY_MORE = {
    *("send_invoice", "send_batch", "send_visits", "withdraw_visit"),
    *("put_attachment", "answer_hold", "get_token"),
}
# Even then no description says that the lines of an invoice add up, whose secret it is, or that a file is what its type
# says. That whatever else it allows of an invoice is taken in once it adds up is shown by
# `test_takes_in_whatever_its_description_allows_once_the_sum_is_right`.
UNSAYABLE = {"send_invoice", "get_token", "put_attachment"}
# In a list each row is refused by itself; a body of nothing comes without a length.
ROWS = {"send_batch", "send_visits", "put_attachment"}
# Refusals of what is not as described, too, though schemathesis does not count them among those.
ALSO_REFUSED = {412, 413, 414, 431}
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


def not_said(case: Case, *, name: str, status: int = 0, is_in_order: bool = False) -> list[Any]:
    """
    Give the checks of what the description of an operation cannot say. `status`: the answer's, where it is known.

    `is_in_order`: what it cannot say was put right beforehand (`put_in_order`); then little is left unsaid.
    """
    is_mixed = "updated_since" in (case.query or {}) and set(case.query) - {"updated_since", "limit"}
    say_more = UNSAYABLE if is_in_order else SAY_MORE
    allowed = [positive_data_acceptance] if name in say_more or is_mixed else []
    return [*allowed, *([negative_data_rejection] if name in ROWS or status in ALSO_REFUSED else [])]


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


def put_in_order(case: Case, there: Mapping[str, Any], *, number: int) -> None:
    """Put right what no description says: a key is new, what is named is there, and it is in whatever state it is."""
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = f"ordered-{number}"
    if "If-Match" in case.headers:
        case.headers["If-Match"] = "*"
    lead_to(case, there)


def what_there_is(system: System) -> dict[str, str]:
    """The ids of a held line and of the record of a visit, by what addresses call them."""
    system.send(make_body(system.contract, make_line_body(service_code="NONE")))
    visit = {"ref": "V", "contract_ref": system.contract.ref, "service_code": "HC-HOUR", "member_ref": "M-1"}
    times = {"start": "2026-05-04T09:00:00Z", "end": "2026-05-04T10:00:00Z", "units": "1"}
    system.write("/api/v1/visits", {"visits": [visit | times | {"service_date": "2026-05-04"}]})
    return {"hold_id": str(Hold.objects.get().pk), "visit_id": str(Visit.objects.get().pk)}
