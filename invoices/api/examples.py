"""Examples of what can be read: made up, and held against the server by the tests."""

from typing import Any

from invoices.api import samples

UP_TO_DATE: dict[str, Any] = {"gone": [], "next": None, "updated_since": "1-48213-90114"}

CONTRACT: dict[str, Any] = {
    "id": "019a8f0e-5a01-7c21-8f10-3b2a1c0d9e8f",
    "ref": "K-001",
    "provider_ref": "PR-001",
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
    "reply": None,
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
PAYMENT: dict[str, Any] = PAYMENT_SUMMARY | {
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

BATCH: dict[str, Any] = {"documents": [samples.INVOICE, samples.CREDIT_NOTE | {"contract_ref": "K-009"}]}
BATCH_ANSWER: dict[str, Any] = {
    "taken_in": 1,
    "came_before": 0,
    "refused": 1,
    "results": [
        {
            "index": 0,
            "number": "NG-2026-0415",
            "status": 201,
            "invoice": samples.ANSWER,
            "problem": None,
        },
        {
            "index": 1,
            "number": "NG-2026-0415-C",
            "status": 404,
            "invoice": None,
            "problem": {
                "type": "/api/v1/problems/#unknown_contract",
                "title": "You have no such contract",
                "status": 404,
                "detail": "You have no running contract K-009.",
                "code": "unknown_contract",
                "errors": [
                    {
                        "pointer": "/documents/1/contract_ref",
                        "code": "unknown_contract",
                        "detail": "You have no running contract K-009.",
                    }
                ],
            },
        },
    ],
}

RECORD = {
    "ref": "V-88121",
    "contract_ref": "K-001",
    "service_code": "HC-HOUR",
    "service_date": "2026-04-08",
    "start": "2026-04-08T09:00:00+01:00",
    "end": "2026-04-08T10:30:00+01:00",
    "units": "1.5",
    "member_ref": "M-001-04",
}
VISITS = {"visits": [RECORD]}
VISIT = {
    "id": "019a8f0e-8c00-7f10-a1b2-c3d4e5f60718",
    "ref": "V-88121",
    "contract_ref": "K-001",
    "service_code": "HC-HOUR",
    "service_date": "2026-04-08",
    "start": "2026-04-08T08:00:00Z",
    "end": "2026-04-08T09:30:00Z",
    "units": "1.5",
    "member_ref": "M-001-04",
    "received_at": "2026-04-08T18:00:04.120001Z",
    "withdrawn_at": None,
    "withdrawn_reason": "",
}
WITHDRAWAL = {"reason": "It was entered twice: see V-88120."}
WITHDRAWN_VISIT = VISIT | {
    "withdrawn_at": "2026-04-09T08:15:30.004Z",
    "withdrawn_reason": WITHDRAWAL["reason"],
}
VISIT_PAGE = {"results": [VISIT], **UP_TO_DATE}
VISITS_ANSWER: dict[str, Any] = {
    "kept": 1,
    "came_before": 0,
    "refused": 0,
    "results": [
        {
            "index": 0,
            "ref": "V-88121",
            "status": 201,
            "id": "019a8f0e-8c00-7f10-a1b2-c3d4e5f60718",
            "overlaps": ["V-88120"],
            "problem": None,
        }
    ],
}

ATTACHMENT = {
    "id": "019a8f0e-9d00-7c33-b001-1a2b3c4d5e6f",
    "name": "timesheet.pdf",
    "media_type": "application/pdf",
    "size_bytes": 48213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
REPLY_SENT = {
    "words": "The rate changed on 1 April; see the letter.",
    "attachment_id": "019a8f0e-9d00-7c33-b001-1a2b3c4d5e6f",
}
REPLY = {
    "words": "The rate changed on 1 April; see the letter.",
    "written_at": "2026-04-16T10:00:00Z",
    "attachment": ATTACHMENT,
}
ANSWERED_HOLD = HOLD | {
    "whom_to_ask": "You have answered. Finance officer at Testshire Council looks at it next.",
    "reply": REPLY,
}
