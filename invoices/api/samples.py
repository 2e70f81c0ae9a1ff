"""Examples for the API's description: made up, and true to what the API would say."""

from typing import Any

INVOICE: dict[str, Any] = {
    "type": "invoice",
    "number": "NG-2026-0415",
    "provider_ref": "PR-001",
    "contract_ref": "K-001",
    "issue_date": "2026-04-15",
    "period_start": "2026-04-01",
    "period_end": "2026-04-15",
    "lines": [
        {
            "line_number": 1,
            "service_code": "HC-HOUR",
            "service_date": "2026-04-08",
            "units": "1.5",
            "unit_rate_pence": 2251,
            "amount_pence": 3377,
            "member_ref": "M-001-04",
        },
        {
            "line_number": 2,
            "service_code": "LUNCH",
            "service_date": "2026-04-09",
            "units": "1",
            "unit_rate_pence": 9700,
            "amount_pence": 9700,
        },
    ],
    "total_pence": 13077,
}

CREDIT_NOTE: dict[str, Any] = {
    "type": "credit_note",
    "number": "NG-2026-0415-C",
    "corrects": "NG-2026-0415",
    "provider_ref": "PR-001",
    "contract_ref": "K-001",
    "issue_date": "2026-04-30",
    "period_start": "2026-04-01",
    "period_end": "2026-04-15",
    "lines": [
        {
            "line_number": 1,
            "service_code": "HC-HOUR",
            "service_date": "2026-04-08",
            "units": "0",
            "unit_rate_pence": 2251,
            "amount_pence": -3377,
            "member_ref": "M-001-04",
            "corrects_line": 1,
        }
    ],
    "total_pence": -3377,
}

SUMMARY: dict[str, Any] = {
    "id": "019a8f0e-7b1c-7d3e-9a55-2f6f0c1d2e3f",
    "number": "NG-2026-0415",
    "kind": "invoice",
    "contract_ref": "K-001",
    "corrects": None,
    "issue_date": "2026-04-15",
    "period_start": "2026-04-01",
    "period_end": "2026-04-15",
    "received_at": "2026-04-15T16:02:11.031245Z",
    "total_pence": 13077,
    "accepted_pence": 3377,
    "held_pence": 9700,
    "rejected_pence": 0,
}

REASON = {"code": "rate_mismatch", "detail": "The rate is not the contract's."}

ACCEPTED: dict[str, Any] = {
    "line_number": 1,
    "pointer": "/lines/0",
    "amount_pence": 3377,
    "state": "accepted",
    "reason": None,
    "owner": None,
    "due_date": None,
}

HELD: dict[str, Any] = {
    "line_number": 2,
    "pointer": "/lines/1",
    "amount_pence": 9700,
    "state": "held",
    "reason": REASON,
    "owner": "provider",
    "due_date": "2026-04-29",
}

ANSWER = SUMMARY | {"lines": [ACCEPTED, HELD]}

PAGE = {
    "results": [SUMMARY],
    "gone": [],
    "next": "https://council.example/api/v1/invoices?state=held&cursor=019a8f0e-7b1c-7d3e-9a55-2f6f0c1d2e3f",
    "updated_since": None,
}

DETAIL = SUMMARY | {
    "lines": [
        outcome
        | {name: line[name] for name in ("service_code", "service_date", "units", "unit_rate_pence")}
        | {"member_ref": line.get("member_ref", ""), "corrects_line": None}
        for outcome, line in zip((ACCEPTED, HELD), INVOICE["lines"], strict=True)
    ],
    "holds": [
        {
            "line_number": 2,
            "pointer": "/lines/1",
            "reason": REASON,
            "owner": "provider",
            "due_date": "2026-04-29",
            "state": "open",
            "opened_at": "2026-04-15T16:02:11.031245Z",
            "resolved_at": None,
            "note": None,
        }
    ],
}

FAULTS: dict[str, dict[str, str]] = {
    "invalid_idempotency_key": {
        "header": "Idempotency-Key",
        "code": "missing",
        "detail": "Send a header Idempotency-Key of 1 to 255 plain characters, without spaces. Nothing was stored.",
    },
    "invalid_parameter": {
        "parameter": "state",
        "code": "invalid",
        "detail": '"open" is not a valid choice.',
    },
    "unreadable_document": {
        "pointer": "",
        "code": "not_json",
        "detail": "NaN is not a number.",
    },
    "unknown_contract": {
        "pointer": "/contract_ref",
        "code": "unknown_contract",
        "detail": "You have no running contract K-009.",
    },
    "number_used": {
        "pointer": "/number",
        "code": "number_used",
        "detail": "Number NG-2026-0415 came in before with different contents. Give this one its own number.",
    },
    "wrong_document": {
        "pointer": "/total_pence",
        "code": "totals_differ",
        "detail": "The lines add up to 13077 pence, not 13000.",
    },
    "unknown_corrected_invoice": {
        "pointer": "/corrects",
        "code": "unknown_corrected_invoice",
        "detail": "We have no invoice NG-2026-0401 under contract K-001. Send the invoice first.",
    },
    "credit_too_large": {
        "pointer": "/total_pence",
        "code": "credit_too_large",
        "detail": "This gives back £50.00, and £40.00 is left of invoice NG-2026-0401 with the credits that came "
        "before. Credit that much at most.",
    },
}
