"""One payment is for all that a provider is owed, whichever stream pays it. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_read_lists_of_kinds_once")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "payments_net_streams.sql").read_text(),
            reverse_sql=(SQL / "payments_net_streams_undo.sql").read_text(),
        )
    ]
