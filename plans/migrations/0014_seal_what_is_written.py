"""Seal what is written in assessments, plans, reviews and about capacity."""

from pathlib import Path

from django.db import migrations

from sealing.actions import SealColumns
from sealing.models import SealedBinaryField, SealedTextField

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Seal what is written in assessments, plans, reviews and about capacity."""

    dependencies = [("plans", "0013_decide_in_best_interests"), ("sealing", "0001_know_what_is_sealed")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE plans_planfile DROP CONSTRAINT plans_file_has_its_own_hash",
            "ALTER TABLE plans_planfile ADD CONSTRAINT plans_file_has_its_own_hash"
            " CHECK (sha256 = encode(sha256(content), 'hex'))",
        ),
        SealColumns(
            "Plan",
            outcomes=SealedTextField(blank=True),
            professional_words=SealedTextField(blank=True),
            contingency=SealedTextField(blank=True),
            advice=SealedTextField(blank=True),
            involved=SealedTextField(blank=True),
            advocacy_words=SealedTextField(blank=True),
            consent_words=SealedTextField(blank=True),
            difference_reason=SealedTextField(blank=True),
            return_reason=SealedTextField(blank=True),
        ),
        SealColumns(
            "Assessment",
            what_matters=SealedTextField(blank=True),
            language=SealedTextField(blank=True, max_length=200),
            communication=SealedTextField(blank=True, max_length=500),
            contact=SealedTextField(blank=True, max_length=500),
            capacity_doubt=SealedTextField(blank=True),
            reopen_reason=SealedTextField(blank=True),
        ),
        SealColumns(
            "Answer",
            words=SealedTextField(blank=True),
        ),
        SealColumns(
            "IndicativeBudget",
            moderation_reason=SealedTextField(blank=True),
        ),
        SealColumns(
            "Challenge",
            words=SealedTextField(),
            answer=SealedTextField(blank=True),
        ),
        SealColumns(
            "BestInterest",
            wishes=SealedTextField(),
            consulted=SealedTextField(blank=True),
            not_consulted=SealedTextField(blank=True),
            advocate=SealedTextField(blank=True),
            options=SealedTextField(),
            decision=SealedTextField(),
            reason=SealedTextField(),
        ),
        SealColumns(
            "CapacityChallenge",
            words=SealedTextField(),
            answer=SealedTextField(blank=True),
        ),
        SealColumns(
            "Edit",
            before=SealedTextField(blank=True),
            after=SealedTextField(blank=True),
        ),
        SealColumns(
            "PlanFile",
            content=SealedBinaryField(),
        ),
        SealColumns(
            "Need",
            words=SealedTextField(max_length=500),
            wanted=SealedTextField(blank=True),
            who=SealedTextField(blank=True, max_length=200),
            how=SealedTextField(blank=True),
            when_words=SealedTextField(blank=True, max_length=300),
        ),
        SealColumns(
            "ReviewCall",
            words=SealedTextField(),
        ),
        SealColumns(
            "Review",
            their_words=SealedTextField(blank=True),
            words=SealedTextField(),
        ),
        SealColumns(
            "PlanStep",
            reason=SealedTextField(blank=True),
        ),
        migrations.RunSQL(
            (SQL / "plan_files_are_sealed.sql").read_text(),
            "ALTER TABLE plans_planfile DROP CONSTRAINT plans_file_is_sealed",
        ),
    ]
