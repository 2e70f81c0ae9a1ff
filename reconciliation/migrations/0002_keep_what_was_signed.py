"""What was signed stays as it was signed, and only what agrees can be signed. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0001_count_the_month"), ("ledger", "0002_hold_the_books")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "signed_months_stay.sql").read_text(),
            reverse_sql=(SQL / "signed_months_stay_undo.sql").read_text(),
        )
    ]
