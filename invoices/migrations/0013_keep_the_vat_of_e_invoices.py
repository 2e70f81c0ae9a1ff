"""What an e-invoice says of VAT is kept beside it, by category and rate, and adds up with it."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import ledger.models.fields

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("invoices", "0012_keep_uploads_until_they_are_sent")]

    operations = [
        migrations.CreateModel(
            name="InvoiceVat",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("category", models.CharField(max_length=1)),
                ("percent", models.DecimalField(decimal_places=4, max_digits=7)),
                ("net_pence", models.BigIntegerField()),
                ("vat_pence", models.BigIntegerField()),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="vat", to="invoices.invoice"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("invoice", "category", "percent"), name="invoices_vat_is_said_once_a_rate"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("category", "S"), ("percent__gt", 0))
                        | models.Q(("category__in", ["Z", "E", "O"]), ("percent", 0), ("vat_pence", 0)),
                        name="invoices_vat_is_of_a_known_category",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "vat_adds_up.sql").read_text(), reverse_sql=(SQL / "vat_adds_up_undo.sql").read_text()
        ),
    ]
