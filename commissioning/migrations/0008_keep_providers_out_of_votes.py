"""Let nobody vote for somebody else about the provider they work for."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """The rule is in the SQL file; it stands here because clusters know no providers."""

    dependencies = [
        ("commissioning", "0007_hold_what_members_said"),
        ("clusters", "0009_let_decisions_bind"),
        ("providers", "0001_begin"),
    ]

    operations = [
        migrations.RunSQL(
            (SQL / "providers_keep_out_of_votes.sql").read_text(),
            (SQL / "providers_keep_out_of_votes_undo.sql").read_text(),
        )
    ]
