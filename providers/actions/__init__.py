"""What can be done with providers: take them in, hear who they are, put them to the test, give their systems keys."""

from providers.actions.ethics import UnableToAnswer, UnableToCheck, answer_item, check_answer
from providers.actions.import_cqc import Imported, UnableToImport, import_cqc
from providers.actions.keys import (
    Issued,
    KeyIsThere,
    UnableToIssueKey,
    UnableToRevokeKey,
    UnableToRotateKey,
    issue_key,
    revoke_key,
    rotate_key,
)
from providers.actions.payee import (
    UnableToCheckAccount,
    UnableToGiveAccount,
    check_payee_account,
    give_payee_account,
)
from providers.actions.profile import Profile, UnableToSaveProfile, save_profile
from providers.actions.register import UnableToRegisterProvider, add_staff, register_provider
from providers.actions.tell import tell_staff

__all__ = [
    "Imported",
    "Issued",
    "KeyIsThere",
    "Profile",
    "UnableToAnswer",
    "UnableToCheck",
    "UnableToCheckAccount",
    "UnableToGiveAccount",
    "UnableToImport",
    "UnableToIssueKey",
    "UnableToRegisterProvider",
    "UnableToRevokeKey",
    "UnableToRotateKey",
    "UnableToSaveProfile",
    "add_staff",
    "answer_item",
    "check_answer",
    "check_payee_account",
    "give_payee_account",
    "import_cqc",
    "issue_key",
    "register_provider",
    "revoke_key",
    "rotate_key",
    "save_profile",
    "tell_staff",
]
