"""The pooling agreement: drafting it, putting it to the members, adopting what they decided, and signing."""

from clusters.actions.agreement.adopt import adopt
from clusters.actions.agreement.draft import UnableToDraft, begin_draft, put_draft, save_draft
from clusters.actions.agreement.sign import UnableToSign, sign_agreement
from clusters.actions.agreement.write import UnableToWrite, write_agreement

__all__ = [
    "UnableToDraft",
    "UnableToSign",
    "UnableToWrite",
    "adopt",
    "begin_draft",
    "put_draft",
    "save_draft",
    "sign_agreement",
    "write_agreement",
]
