"""Bank details are given once and checked once; psql included. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("providers", "0005_say_where_providers_are_paid")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "payees_stay_as_given.sql").read_text(),
            reverse_sql=(SQL / "payees_stay_as_given_undo.sql").read_text(),
        )
    ]
