"""What members said of providers, and what a call and an offer begin with, hold for psql too. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("commissioning", "0006_let_members_review_providers")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "reviews_stay_as_given.sql").read_text(),
            reverse_sql=(SQL / "reviews_stay_as_given_undo.sql").read_text(),
        )
    ]
