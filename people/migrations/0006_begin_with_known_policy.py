"""The values of policy that hold everywhere until a council says otherwise, each with its source (care rules 2)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0005_keep_what_was_told_and_agreed")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "known_policy.sql").read_text(), reverse_sql=(SQL / "known_policy_undo.sql").read_text()
        )
    ]
