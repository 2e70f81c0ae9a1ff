"""Addresses of direct payments and of what people do not agree with: the person's, and those of finance."""

from tests.access.rows import Row, ben, contribution_challenge, here_council, recovery, spend

OF_DIRECT_PAYMENTS = [
    Row("budgets:direct", sees="ben priya ruth carol farah", args=ben),
    Row("budgets:spending", sees="ben priya ruth carol farah", args=ben),
    Row("budgets:spend", sees="ben priya", acts="ben priya", args=ben),
    Row("budgets:ask", sees="ben priya", acts="ben priya", args=ben),
    Row("budgets:family", sees="priya ruth", acts="priya ruth", args=ben),
    Row(
        "budgets:end-family",
        sees="priya ruth",
        acts="priya ruth",
        args=lambda world: [world.here.ben.family_necessities.get().pk],
    ),
    Row("budgets:receipt", sees="", args=spend),  # a file: tests/budgets/test_spend.py
    Row("budgets:seen", acts="priya farah", args=spend),
    Row("budgets:take-spend-back", acts="ben priya", args=spend),
    Row(
        "budgets:answer",
        sees="priya ruth",
        acts="priya ruth",
        args=lambda world: [world.here.ben.spend_questions.get().pk],
    ),
    Row("budgets:care-account", sees="ben priya ruth carol farah", args=ben),
    Row("budgets:recovery", sees="ben priya ruth carol farah", args=recovery),
    Row("budgets:answer-recovery", sees="ben priya", acts="ben priya", args=recovery),
    Row("budgets:settle", sees="ruth farah", acts="ruth farah", args=recovery),
    Row("budgets:take", sees="farah", acts="farah", args=recovery),
    Row("budgets:notice", sees="farah", acts="farah", args=lambda world: [world.paid.pk]),
    Row("budgets:challenges", sees="ruth farah away_farah"),
    Row("budgets:answer-challenge", sees="ruth farah", acts="ruth farah", args=contribution_challenge),
    Row("budgets:work-out-again", sees="farah", acts="farah", args=contribution_challenge),
    Row("budgets:payments", sees="farah away_farah"),
    Row("budgets:pay", acts="farah", args=here_council),
    Row("budgets:arrange", sees="farah", acts="farah", args=lambda world: [world.paid.allocation_id]),
    Row("budgets:end-payment", sees="farah", acts="farah", args=lambda world: [world.paid.pk]),
]
