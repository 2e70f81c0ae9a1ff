"""The minimum income guarantee is known by age. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0019_keep_who_can_decide_what")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "guarantees_by_age.sql").read_text(),
            reverse_sql=(SQL / "guarantees_by_age_undo.sql").read_text(),
        ),
    ]
