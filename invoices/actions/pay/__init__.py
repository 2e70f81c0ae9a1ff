"""Paying providers: a run is drafted, reviewed, approved by somebody else, sent to the bank, and settled."""

from invoices.actions.pay.agree import (
    UnableToAgree,
    approve_run,
    cancel_run,
    leave_out,
    review_run,
    send_back,
)
from invoices.actions.pay.draft import UnableToDraftRun, draft_run
from invoices.actions.pay.fetch import Fetched, FileKind, UnableToFetch, fetch_file
from invoices.actions.pay.send import UnableToSend, send_run, set_paying_account
from invoices.actions.pay.settle import UnableToSettle, give_up, return_payment, settle

__all__ = [
    "Fetched",
    "FileKind",
    "UnableToAgree",
    "UnableToDraftRun",
    "UnableToFetch",
    "UnableToSend",
    "UnableToSettle",
    "approve_run",
    "cancel_run",
    "draft_run",
    "fetch_file",
    "give_up",
    "leave_out",
    "return_payment",
    "review_run",
    "send_back",
    "send_run",
    "set_paying_account",
    "settle",
]
