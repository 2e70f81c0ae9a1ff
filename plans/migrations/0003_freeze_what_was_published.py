"""A published version of a resource allocation system stays as it is. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_ask_what_the_law_asks")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "published_ras_stays.sql").read_text(),
            reverse_sql=(SQL / "published_ras_stays_undo.sql").read_text(),
        )
    ]
