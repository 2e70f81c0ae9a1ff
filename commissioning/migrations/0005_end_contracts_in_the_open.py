"""An early end, a decision behind each contract, and a market that stays as it was made. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("commissioning", "0004_say_where_a_notice_was_published"),
        ("clusters", "0006_hold_what_was_decided"),
        ("providers", "0003_answer_the_ethical_test"),
    ]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "contracts_end_early_in_the_open.sql").read_text(),
            reverse_sql=(SQL / "contracts_end_early_in_the_open_undo.sql").read_text(),
        )
    ]
