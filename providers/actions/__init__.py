"""What can be done with providers: take them in, and give their systems keys."""

from providers.actions.import_cqc import Imported, UnableToImport, import_cqc
from providers.actions.keys import UnableToIssueKey, UnableToRevokeKey, issue_key, revoke_key
from providers.actions.register import UnableToRegisterProvider, add_staff, register_provider

__all__ = [
    "Imported",
    "UnableToImport",
    "UnableToIssueKey",
    "UnableToRegisterProvider",
    "UnableToRevokeKey",
    "add_staff",
    "import_cqc",
    "issue_key",
    "register_provider",
    "revoke_key",
]
