"""Payments that are practised stay apart from real ones (ADR 18)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("invoices", "0024_tidy_what_systems_were_told")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "practised_runs_stay_apart.sql").read_text(),
            reverse_sql=(SQL / "practised_runs_stay_apart_undo.sql").read_text(),
        )
    ]
