"""The rules of the books that PostgreSQL holds against everybody, psql included. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


def from_file(name: str) -> migrations.RunSQL:
    """Run one SQL file, and its undoing on the way back."""
    return migrations.RunSQL(
        sql=(SQL / f"{name}.sql").read_text(), reverse_sql=(SQL / f"{name}_undo.sql").read_text()
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_open_the_books")]

    operations = [
        from_file("names_and_hashes"),
        from_file("books_stay_as_written"),
        from_file("entries_are_whole"),
        from_file("periods_close_in_order"),
    ]
