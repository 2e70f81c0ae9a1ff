"""Whoever has left has none of their money in the pool any more; psql included. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("clusters", "0009_let_decisions_bind")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "leave_nothing_behind.sql").read_text(),
            reverse_sql=(SQL / "leave_nothing_behind_undo.sql").read_text(),
        )
    ]
