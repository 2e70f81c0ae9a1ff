"""What can be done with a month: count it, explain what was found, sign it, close it."""

from reconciliation.actions.certify import certify
from reconciliation.actions.close import UnableToCloseMonth, close_month
from reconciliation.actions.count import count_chunk, count_month
from reconciliation.actions.explain import UnableToExplain, explain
from reconciliation.actions.month_end import (
    UnableToReconcile,
    ask_for_month_end,
    ask_for_months_with_news,
    ask_for_open_months,
)
from reconciliation.actions.prove import ask_for_all_proofs, ask_for_proof, prove_books, run_check
from reconciliation.actions.sign import UnableToSign, sign, withdraw_signature

__all__ = [
    "UnableToCloseMonth",
    "UnableToExplain",
    "UnableToReconcile",
    "UnableToSign",
    "ask_for_all_proofs",
    "ask_for_month_end",
    "ask_for_months_with_news",
    "ask_for_open_months",
    "ask_for_proof",
    "certify",
    "close_month",
    "count_chunk",
    "count_month",
    "explain",
    "prove_books",
    "run_check",
    "sign",
    "withdraw_signature",
]
