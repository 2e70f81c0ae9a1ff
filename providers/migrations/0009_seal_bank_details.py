"""Seal where providers are paid."""

from django.db import migrations, models

from sealing.actions import SealColumns
from sealing.models import SealedTextField


class Migration(migrations.Migration):
    """Seal where providers are paid."""

    dependencies = [("providers", "0008_let_systems_practise"), ("sealing", "0001_know_what_is_sealed")]
    operations = [
        # That they are six and eight digits is seen to before they are sealed (`providers.rules.payee`).
        migrations.RemoveConstraint("payeeaccount", "providers_payee_account_can_be_paid_into"),
        SealColumns(
            "PayeeAccount",
            account_name=SealedTextField(max_length=70),
            sort_code=SealedTextField(max_length=6),
            account_number=SealedTextField(max_length=8),
        ),
        migrations.AddConstraint(
            "payeeaccount",
            models.CheckConstraint(
                condition=~models.Q(sort_code="")
                & ~models.Q(account_number="")
                & ~models.Q(account_name=""),
                name="providers_payee_account_can_be_paid_into",
            ),
        ),
    ]
