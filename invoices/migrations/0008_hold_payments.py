"""A payment run goes its way in order, pays accepted lines once, and stays as agreed; psql included."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("invoices", "0007_pay_in_runs"), ("ledger", "0004_let_payments_net_streams")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "payments_are_held.sql").read_text(), reverse_sql=(SQL / "payments_are_held_undo.sql").read_text()
        )
    ]
