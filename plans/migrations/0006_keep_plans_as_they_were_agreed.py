"""What was agreed in a plan stays as it was agreed, psql included. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_let_plans_say_who_helps_how_and_when")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "agreed_plans_stay.sql").read_text(),
            reverse_sql=(SQL / "agreed_plans_stay_undo.sql").read_text(),
        )
    ]
