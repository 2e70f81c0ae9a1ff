"""Seal the reasons behind money, and what it was spent on."""

from django.db import migrations

from sealing.actions import SealColumns
from sealing.models import SealedTextField


class Migration(migrations.Migration):
    """Seal the reasons behind money, and what it was spent on."""

    dependencies = [("budgets", "0011_let_care_accounts_come_along"), ("sealing", "0001_know_what_is_sealed")]
    operations = [
        SealColumns(
            "FinancialAssessment",
            reason=SealedTextField(blank=True, max_length=1000),
        ),
        SealColumns(
            "BudgetStatement",
            chosen_words=SealedTextField(blank=True, max_length=1000),
        ),
        SealColumns(
            "StatementPart",
            holder=SealedTextField(blank=True, max_length=200),
        ),
        SealColumns(
            "ContributionChallenge",
            words=SealedTextField(),
            answer=SealedTextField(blank=True),
        ),
        SealColumns(
            "Recovery",
            reason=SealedTextField(),
            afford_words=SealedTextField(blank=True),
            dispute_words=SealedTextField(blank=True),
            answer_words=SealedTextField(blank=True),
            considered=SealedTextField(blank=True),
        ),
        SealColumns(
            "FamilyNecessity",
            payee=SealedTextField(max_length=200),
            relation=SealedTextField(max_length=100),
            reason=SealedTextField(),
            end_reason=SealedTextField(blank=True),
        ),
        SealColumns(
            "Spend",
            what=SealedTextField(max_length=300),
            paid_to=SealedTextField(max_length=200),
            name=SealedTextField(blank=True, max_length=200),
        ),
        SealColumns(
            "SpendQuestion",
            what=SealedTextField(max_length=300),
            words=SealedTextField(blank=True),
        ),
    ]
