"""What the rows of a count refer to is looked up once a statement, not row by row. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0006_know_managers")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "counts_refer_to_what_is_there.sql").read_text(),
            reverse_sql=(SQL / "counts_refer_to_what_is_there_undo.sql").read_text(),
        ),
    ]
