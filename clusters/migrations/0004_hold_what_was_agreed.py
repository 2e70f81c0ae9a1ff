"""What members agreed and pledged holds against everybody, psql included. The SQL lies beside."""

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
        ("clusters", "0003_share_by_contract_where_it_differs"),
        ("ledger", "0002_hold_the_books"),
    ]

    operations = [
        from_file("what_is_signed_stays"),
        from_file("states_move_forward"),
        from_file("pledges_are_in_the_books"),
    ]
