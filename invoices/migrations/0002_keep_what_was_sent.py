"""What a provider sent is kept as it came; the SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("invoices", "0001_begin_invoices")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "invoices_stay_as_sent.sql").read_text(),
            reverse_sql=(SQL / "invoices_stay_as_sent_undo.sql").read_text(),
        )
    ]
