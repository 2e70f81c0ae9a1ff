"""What lines refer to is looked up once a statement, not row by row at COMMIT; the SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("invoices", "0004_receive_in_bulk"),
        ("clusters", "0004_hold_what_was_agreed"),
        ("commissioning", "0002_hold_what_was_approved"),
        ("ledger", "0002_hold_the_books"),
    ]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "lines_refer_to_what_is_there.sql").read_text(),
            reverse_sql=(SQL / "lines_refer_to_what_is_there_undo.sql").read_text(),
        )
    ]
