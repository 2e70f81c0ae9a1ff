"""What can be done with invoices: take them in, release or reject what is held."""

from invoices.actions.batch import BATCH, Refused, ask_for_batch, put_in_inbox, receive_batch
from invoices.actions.holds import UnableToReject, UnableToRelease, reject, release
from invoices.actions.split import UnableToSplit, split_line
from invoices.actions.take_in import (
    CreditTooLarge,
    NumberUsed,
    Taken,
    UnableToTakeIn,
    UnknownContract,
    UnknownCorrectedInvoice,
    take_in,
)
from invoices.actions.take_in_chunk import ChunkTaken, take_in_chunk
from invoices.actions.upload import (
    UnableToTakeUpload,
    UnableToUpload,
    forget_uploads,
    take_upload,
    try_upload,
)

__all__ = [
    "BATCH",
    "ChunkTaken",
    "CreditTooLarge",
    "NumberUsed",
    "Refused",
    "Taken",
    "UnableToReject",
    "UnableToRelease",
    "UnableToSplit",
    "UnableToTakeIn",
    "UnableToTakeUpload",
    "UnableToUpload",
    "UnknownContract",
    "UnknownCorrectedInvoice",
    "ask_for_batch",
    "forget_uploads",
    "put_in_inbox",
    "receive_batch",
    "reject",
    "release",
    "split_line",
    "take_in",
    "take_in_chunk",
    "take_upload",
    "try_upload",
]
