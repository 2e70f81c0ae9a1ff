"""What can be done with invoices: take them in, release or reject what is held."""

from invoices.actions.holds import UnableToReject, UnableToRelease, reject, release
from invoices.actions.take_in import (
    NumberUsed,
    Taken,
    UnableToTakeIn,
    UnknownContract,
    UnknownCorrectedInvoice,
    take_in,
)

__all__ = [
    "NumberUsed",
    "Taken",
    "UnableToReject",
    "UnableToRelease",
    "UnableToTakeIn",
    "UnknownContract",
    "UnknownCorrectedInvoice",
    "reject",
    "release",
    "take_in",
]
