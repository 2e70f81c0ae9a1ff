"""Keep what was put to the members, decide on later versions, and close no cluster that holds money."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """The rules are in the SQL file; the tests of clusters go round Django to meet each of them."""

    dependencies = [
        ("clusters", "0007_draft_agreements_and_ask_again"),
        ("ledger", "0002_hold_the_books"),
    ]

    operations = [
        migrations.RunSQL(
            (SQL / "versions_are_decided.sql").read_text(),
            (SQL / "versions_are_decided_undo.sql").read_text(),
        )
    ]
