"""How long what is said to providers' systems is kept is policy, with its source."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0012_ask_carers_for_consent")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "how_long_messages_are_kept.sql").read_text(),
            reverse_sql=(SQL / "how_long_messages_are_kept_undo.sql").read_text(),
        )
    ]
