"""The codes a council's finance system knows the money by; only added to, never for days that are closed."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import ledger.models.fields

SQL = Path(__file__).parent / "sql"
SORTS = [("cost_centre", "Cost centre"), ("subjective", "Subjective code"), ("vat", "VAT code")]
KINDS = [
    ("funding", "Council funding"),
    ("budget", "Personal budget"),
    ("pool_share", "Share of a pool"),
    ("committed", "Committed to a contract"),
    ("payable", "Owed to a provider"),
    ("bank", "Bank"),
    ("direct_payment", "Direct-payment account"),
    ("savings", "Savings"),
    ("community_fund", "Community fund"),
    ("project_payable", "Owed to a project"),
    ("enterprise_fund", "Enterprise fund"),
    ("advance", "Start-up advance"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0004_let_payments_net_streams"),
        ("people", "0007_keep_brands_readable"),
        ("reports", "0002_let_nobody_change_them"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerCode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=ledger.models.fields.UuidV7(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("sort", models.CharField(choices=SORTS, max_length=20)),
                ("account_kind", models.CharField(blank=True, choices=KINDS, max_length=20)),
                ("stream_code", models.CharField(blank=True, max_length=30)),
                ("service_code", models.CharField(blank=True, max_length=40)),
                ("code", models.CharField(max_length=30)),
                ("effective_date", models.DateField()),
                ("set_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("set_by", models.CharField(max_length=100)),
                (
                    "council",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_codes",
                        to="people.council",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sort__in", [sort for sort, _ in SORTS])),
                        name="reports_code_is_of_a_known_sort",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("account_kind__in", ["", *(kind for kind, _ in KINDS)])),
                        name="reports_code_is_for_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Za-z0-9][A-Za-z0-9./-]*$")),
                        name="reports_code_can_be_written_anywhere",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "codes_stay_as_set.sql").read_text(),
            reverse_sql=(SQL / "codes_stay_as_set_undo.sql").read_text(),
        ),
    ]
