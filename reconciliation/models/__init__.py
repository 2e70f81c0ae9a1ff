"""
The nouns of the month end: a council's month, what each cluster and member did in it, and what was found.

`checksum` covers a whole row and is written by PostgreSQL, so a hand edit shows.
"""

from reconciliation.models.certificate import (
    BLOCKING_KINDS,
    CertificateLine,
    Finding,
    FindingKind,
    FindingState,
)
from reconciliation.models.month_end import FINAL, MonthEnd, MonthEndEvent, MonthEndQuerySet, MonthEndState
from reconciliation.models.statement import ClusterMonth, Flag, ServiceMonth, Statement, StatementQuerySet

__all__ = [
    "BLOCKING_KINDS",
    "FINAL",
    "CertificateLine",
    "ClusterMonth",
    "Finding",
    "FindingKind",
    "FindingState",
    "Flag",
    "MonthEnd",
    "MonthEndEvent",
    "MonthEndQuerySet",
    "MonthEndState",
    "ServiceMonth",
    "Statement",
    "StatementQuerySet",
]
