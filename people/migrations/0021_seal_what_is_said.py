"""Seal what is said about people, and to them."""

from pathlib import Path

from django.db import migrations

from sealing.actions import SealColumns
from sealing.models import SealedTextField

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Seal what is said about people, and to them."""

    dependencies = [("people", "0020_guarantee_incomes_by_age"), ("sealing", "0001_know_what_is_sealed")]
    operations = [
        SealColumns(
            "SafeguardingMark",
            reason=SealedTextField(),
            end_reason=SealedTextField(blank=True),
        ),
        SealColumns(
            "Authority",
            evidence=SealedTextField(),
        ),
        SealColumns(
            "CapacityRecord",
            decision=SealedTextField(max_length=500),
            support=SealedTextField(),
            impairment=SealedTextField(blank=True),
            because=SealedTextField(blank=True),
            reasons=SealedTextField(),
        ),
        SealColumns(
            "CarerConsent",
            what=SealedTextField(max_length=500),
            evidence=SealedTextField(),
        ),
        SealColumns(
            "FirstContact",
            by_whom=SealedTextField(blank=True, max_length=200),
            words=SealedTextField(),
            language=SealedTextField(blank=True, max_length=200),
            communication=SealedTextField(blank=True, max_length=500),
            contact=SealedTextField(blank=True, max_length=500),
        ),
        SealColumns(
            "Notice",
            words=SealedTextField(),
            easy_words=SealedTextField(blank=True),
        ),
        migrations.RunSQL(
            (SQL / "decisions_are_sealed.sql").read_text(), (SQL / "decisions_are_sealed_undo.sql").read_text()
        ),
    ]
