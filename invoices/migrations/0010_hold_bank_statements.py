"""A bank statement adds up, follows the one before, and is settled line by line, once; psql included."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("invoices", "0009_read_bank_statements")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "statements_stay_as_they_came.sql").read_text(),
            reverse_sql=(SQL / "statements_stay_as_they_came_undo.sql").read_text(),
        )
    ]
