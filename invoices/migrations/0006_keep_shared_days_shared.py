"""Nobody is away, or back, on a day after it was shared; psql included. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("invoices", "0005_look_up_what_lines_refer_to_at_once"),
        ("clusters", "0012_say_who_is_away"),
        ("commissioning", "0002_hold_what_was_approved"),
    ]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "shared_days_stay_shared.sql").read_text(),
            reverse_sql=(SQL / "shared_days_stay_shared_undo.sql").read_text(),
        )
    ]
