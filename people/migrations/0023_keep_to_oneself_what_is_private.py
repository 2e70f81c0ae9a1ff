"""What is most private is met in the web only by whom it is about, who acts for them, and staff (ADR 34)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0022_stand_behind_the_wall")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "only_ones_own.sql").read_text(), reverse_sql=(SQL / "only_ones_own_undo.sql").read_text()
        )
    ]
