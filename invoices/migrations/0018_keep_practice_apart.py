"""What is practised stays apart from what is real, whatever the app were to mix up (ADR 18)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("invoices", "0017_keep_visits_and_answers"),
        ("people", "0008_let_councils_be_made_up"),
        ("providers", "0008_let_systems_practise"),
    ]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "practice_stays_apart.sql").read_text(),
            reverse_sql=(SQL / "practice_stays_apart_undo.sql").read_text(),
        )
    ]
