"""Personal budgets, the streams they are made of, what people pay towards them, and their statements."""

from budgets.models.budget import (
    Allocation,
    Budget,
    BudgetQuerySet,
    DateRange,
    Delivery,
    FundingStream,
    StreamKind,
)
from budgets.models.care_account import CareAccountBasis, CareAccountEntry
from budgets.models.challenge import ContributionChallenge, ContributionChallengeQuerySet
from budgets.models.direct import (
    PAID_DIRECTLY,
    Instalment,
    InstalmentKind,
    PaymentArrangement,
    PaymentArrangementQuerySet,
    Rhythm,
)
from budgets.models.ended import EndedPart
from budgets.models.financial import Allowance, Basis, FinancialAssessment, FinancialAssessmentQuerySet
from budgets.models.recovery import Afford, Recovery, RecoveryState
from budgets.models.spend import FamilyNecessity, Spend, SpendAnswer, SpendQuestion
from budgets.models.statement import (
    BudgetChange,
    BudgetStatement,
    BudgetStatementQuerySet,
    Chooser,
    StatementPart,
    StatementState,
)

__all__ = [
    "PAID_DIRECTLY",
    "Afford",
    "Allocation",
    "Allowance",
    "Basis",
    "Budget",
    "BudgetChange",
    "BudgetQuerySet",
    "BudgetStatement",
    "BudgetStatementQuerySet",
    "CareAccountBasis",
    "CareAccountEntry",
    "Chooser",
    "ContributionChallenge",
    "ContributionChallengeQuerySet",
    "DateRange",
    "Delivery",
    "EndedPart",
    "FamilyNecessity",
    "FinancialAssessment",
    "FinancialAssessmentQuerySet",
    "FundingStream",
    "Instalment",
    "InstalmentKind",
    "PaymentArrangement",
    "PaymentArrangementQuerySet",
    "Recovery",
    "RecoveryState",
    "Rhythm",
    "Spend",
    "SpendAnswer",
    "SpendQuestion",
    "StatementPart",
    "StatementState",
    "StreamKind",
]
