"""One rule for everything somebody may not agree with: said once, answered once. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0010_keep_plans_that_were_taken_away'),
    ]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "answers_are_given_once.sql").read_text(),
            reverse_sql=(SQL / "answers_are_given_once_undo.sql").read_text(),
        ),
    ]
