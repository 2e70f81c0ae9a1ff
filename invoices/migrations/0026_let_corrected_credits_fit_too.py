"""A credit line that is put right gives back no more than its invoice has, whatever the app were to let through."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("invoices", "0025_keep_practised_runs_apart")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "corrected_credits_fit.sql").read_text(),
            reverse_sql=(SQL / "corrected_credits_fit_undo.sql").read_text(),
        )
    ]
