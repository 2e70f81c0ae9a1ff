"""No value of policy changes what held before, and the policy of care rules 1 and 2 is whole. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0010_let_policy_overlap_nowhere")]

    operations = [
        migrations.RunSQL(
            # Councils that are here already did not begin today.
            sql="UPDATE people_council SET registered_at = year_start_date",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            sql=(SQL / "policy_keeps_the_past.sql").read_text(),
            reverse_sql=(SQL / "policy_keeps_the_past_undo.sql").read_text(),
        ),
        migrations.RunSQL(
            sql=(SQL / "whole_policy.sql").read_text(), reverse_sql=(SQL / "whole_policy_undo.sql").read_text()
        ),
    ]
