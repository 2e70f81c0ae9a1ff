"""What the description of the API says of itself, and how it is shown: drf-spectacular's settings."""

from typing import Any

API_DESCRIPTION: dict[str, Any] = {
    "TITLE": "Common Purse",
    "DESCRIPTION": "How a provider's system sends invoices to a council, and follows what became of them.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "invoices.api.description.require_bodies",
        "commonpurse.problems.describe_problems",
    ],
    "ENUM_NAME_OVERRIDES": {
        "InvoiceKind": "invoices.models.InvoiceKind",
        "LineState": "invoices.models.LineState",
        "HoldState": "invoices.models.HoldState",
        "HoldReason": "invoices.models.HoldReason",
        "ContractState": "invoices.api.contracts.STATES",
        "PaymentState": "invoices.api.payments.STATES",
    },
    "ENUM_GENERATE_CHOICE_DESCRIPTION": True,
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "clientSecret": {
                "type": "http",
                "scheme": "basic",
                "description": "The client id and the secret of your key, as user name and password.",
            }
        }
    },
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
