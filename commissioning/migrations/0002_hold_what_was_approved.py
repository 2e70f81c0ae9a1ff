"""What was approved holds against everybody, psql included. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


def from_file(name: str) -> migrations.RunSQL:
    """Run one SQL file, and its undoing on the way back."""
    return migrations.RunSQL(
        sql=(SQL / f"{name}.sql").read_text(), reverse_sql=(SQL / f"{name}_undo.sql").read_text()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("commissioning", "0001_begin_contracts"),
        ("clusters", "0004_hold_what_was_agreed"),
    ]

    operations = [from_file("contracts_stay_as_approved")]
