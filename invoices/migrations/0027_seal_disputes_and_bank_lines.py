"""Seal what members say of bills, and whom the bank names."""

from django.db import migrations

from sealing.actions import SealColumns
from sealing.models import SealedTextField


class Migration(migrations.Migration):
    """Seal what members say of bills, and whom the bank names."""

    dependencies = [
        ("invoices", "0026_let_corrected_credits_fit_too"),
        ("sealing", "0001_know_what_is_sealed"),
    ]
    operations = [
        SealColumns(
            "Dispute",
            words=SealedTextField(blank=True),
            answer=SealedTextField(blank=True),
        ),
        SealColumns(
            "BankLine",
            reference=SealedTextField(blank=True, max_length=140),
            counterparty=SealedTextField(blank=True, max_length=140),
        ),
    ]
