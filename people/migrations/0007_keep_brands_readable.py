"""A council's colours can be read: a contrast of 4.5 to 1, held by the database too."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0006_begin_with_known_policy")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "brands_can_be_read.sql").read_text(),
            reverse_sql=(SQL / "brands_can_be_read_undo.sql").read_text(),
        )
    ]
