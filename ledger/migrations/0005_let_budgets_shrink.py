"""A budget that is agreed at less gives back what it has too much. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_let_payments_net_streams")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "budgets_shrink.sql").read_text(),
            reverse_sql=(SQL / "budgets_shrink_undo.sql").read_text(),
        )
    ]
