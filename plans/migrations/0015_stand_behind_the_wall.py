"""What is a council's is met in the web only by who has to do with that council (ADR 34). The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


def from_file(name: str) -> migrations.RunSQL:
    """Run one SQL file, and its undoing on the way back."""
    return migrations.RunSQL(
        sql=(SQL / f"{name}.sql").read_text(), reverse_sql=(SQL / f"{name}_undo.sql").read_text()
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0014_seal_what_is_written"), ("people", "0022_stand_behind_the_wall")]

    operations = [from_file("behind_the_wall")]
