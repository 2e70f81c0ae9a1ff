"""What a provider answered, and who checked it, holds against everybody, psql included. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("providers", "0003_answer_the_ethical_test")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "answers_stay_as_given.sql").read_text(),
            reverse_sql=(SQL / "answers_stay_as_given_undo.sql").read_text(),
        )
    ]
