"""Examples of what can be read: made up, and held against the server by the tests."""

from typing import Any

UP_TO_DATE: dict[str, Any] = {"gone": [], "next": None, "updated_since": "1-48213-90114"}

CONTRACT: dict[str, Any] = {
    "id": "019a8f0e-5a01-7c21-8f10-3b2a1c0d9e8f",
    "ref": "K-001",
    "title": "Care together",
    "state": "approved",
    "start_date": "2026-04-01",
    "last_date": "2027-03-31",
    "replaces": None,
    "services": [
        {
            "code": "HC-HOUR",
            "description": "Home care, one hour",
            "unit": "hour",
            "unit_rate_pence": 2251,
            "sharing_rule": "by_use",
            "max_units": "520",
            "units_used": "37.5",
            "units_left": "482.5",
        }
    ],
    "members": [{"ref": "M-001-04", "from_date": "2026-04-01", "last_date": None}],
}
CONTRACT_PAGE = {"results": [CONTRACT], **UP_TO_DATE}

HOLD: dict[str, Any] = {
    "id": "019a8f0e-7b1d-7101-8a00-9c8b7a6f5e4d",
    "invoice_id": "019a8f0e-7b1c-7d3e-9a55-2f6f0c1d2e3f",
    "invoice_number": "NG-2026-0415",
    "contract_ref": "K-001",
    "line_number": 2,
    "amount_pence": 9700,
    "reason": {"code": "rate_mismatch", "detail": "The rate is not the contract's."},
    "state": "open",
    "owner": "provider",
    "whom_to_ask": "It is your turn: answer, or send a credit note and a new invoice.",
    "due_date": "2026-04-29",
    "opened_at": "2026-04-15T16:02:11.031245Z",
    "resolved_at": None,
    "note": None,
}
HOLD_PAGE = {"results": [HOLD], **UP_TO_DATE}

PAYMENT_SUMMARY: dict[str, Any] = {
    "id": "019a93b1-2f00-7a44-b1c2-0d1e2f3a4b5c",
    "reference": "CP0007K3M9QX",
    "state": "paid",
    "amount_pence": 3377,
    "sent_at": "2026-05-01T08:30:00Z",
    "pay_date": "2026-05-05",
    "paid_date": "2026-05-05",
    "paid_into": "20-00-00 ****5678",
}
PAYMENT_PAGE = {"results": [PAYMENT_SUMMARY], **UP_TO_DATE}
PAYMENT = PAYMENT_SUMMARY | {
    "invoices": [
        {
            "invoice_id": "019a8f0e-7b1c-7d3e-9a55-2f6f0c1d2e3f",
            "number": "NG-2026-0415",
            "kind": "invoice",
            "corrects": None,
            "contract_ref": "K-001",
            "amount_pence": 3377,
            "lines": [
                {
                    "line_number": 1,
                    "service_code": "HC-HOUR",
                    "service_date": "2026-04-08",
                    "member_ref": "M-001-04",
                    "amount_pence": 3377,
                }
            ],
        }
    ]
}
