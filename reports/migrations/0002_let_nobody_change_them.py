"""A report that was handed out is kept as it was made; the SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_keep_reports_as_made")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "reports_stay_as_made.sql").read_text(),
            reverse_sql=(SQL / "reports_stay_as_made_undo.sql").read_text(),
        )
    ]
