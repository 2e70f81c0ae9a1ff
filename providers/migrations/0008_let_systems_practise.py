"""A provider's systems practise on a copy of its contracts, in a council that is made up (ADR 18)."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import ledger.models.fields

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_let_councils_be_made_up"),
        ("providers", "0007_let_keys_be_rotated"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sandbox",
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
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("made_by", models.CharField(max_length=100)),
                (
                    "practice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="practises_for",
                        to="providers.provider",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sandboxes",
                        to="providers.provider",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("practice", models.F("provider")), _negated=True),
                        name="providers_sandbox_is_not_the_real_thing",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "sandboxes_are_apart.sql").read_text(),
            reverse_sql=(SQL / "sandboxes_are_apart_undo.sql").read_text(),
        ),
    ]
