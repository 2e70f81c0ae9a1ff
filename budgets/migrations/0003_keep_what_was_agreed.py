"""Streams get the kind their code tells; assessments and statements stay as they were agreed. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0002_work_out_and_state_budgets"),
        ("ledger", "0005_let_budgets_shrink"),
    ]

    operations = [
        migrations.RunSQL(sql=(SQL / "kinds_by_code.sql").read_text(), reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(
            sql=(SQL / "what_was_agreed_stays.sql").read_text(),
            reverse_sql=(SQL / "what_was_agreed_stays_undo.sql").read_text(),
        ),
    ]
