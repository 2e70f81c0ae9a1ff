"""What systems were told and answered goes once it is old, by a policy that is dated; money and history stay."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("invoices", "0023_look_at_long_files_at_leisure"),
        ("people", "0013_say_how_long_messages_are_kept"),
    ]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "messages_are_tidied.sql").read_text(),
            reverse_sql=(SQL / "messages_are_tidied_undo.sql").read_text(),
        )
    ]
