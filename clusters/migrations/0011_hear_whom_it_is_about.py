"""Whoever the others decide about says their side, beside the question. The SQL lies beside."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import ledger.models.fields

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("clusters", "0010_leave_nothing_behind")]

    operations = [
        migrations.CreateModel(
            name="Hearing",
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
                ("words", models.TextField()),
                ("said_at", models.DateTimeField()),
                ("said_by", models.CharField(max_length=100)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="clusters.decision",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="clusters.membership",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="clusters_hearing_says_something",
                    )
                ]
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "whom_it_is_about_is_heard.sql").read_text(),
            reverse_sql=(SQL / "whom_it_is_about_is_heard_undo.sql").read_text(),
        ),
    ]
