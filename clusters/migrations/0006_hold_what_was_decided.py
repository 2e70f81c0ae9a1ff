"""Freeze rolls and options, keep ballots, and let a decision pass only with its votes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """The rules are in the SQL file; the tests of clusters go round Django to meet each of them."""

    dependencies = [
        ("clusters", "0005_decide_agree_and_invite"),
        ("people", "0003_let_helpers_act_and_tell_people"),
    ]

    operations = [
        migrations.RunSQL(
            (SQL / "decisions_stay_as_counted.sql").read_text(),
            (SQL / "decisions_stay_as_counted_undo.sql").read_text(),
        )
    ]
