"""By when an allocation that is open again is looked at is policy, with its source."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0015_write_down_what_was_said_first")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "how_soon_to_look_again.sql").read_text(),
            reverse_sql=(SQL / "how_soon_to_look_again_undo.sql").read_text(),
        )
    ]
