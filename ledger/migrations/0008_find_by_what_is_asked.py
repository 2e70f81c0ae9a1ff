"""The wall looks at the rows that were found, and does not say how they are found (ADR 34). The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_stand_behind_the_wall")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "found_by_what_is_asked.sql").read_text(),
            reverse_sql=(SQL / "found_by_what_is_asked_undo.sql").read_text(),
        )
    ]
