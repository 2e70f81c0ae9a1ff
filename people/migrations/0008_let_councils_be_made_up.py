"""A council may be made up, for providers' systems to practise on: for good, and nobody works for it."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0007_keep_brands_readable")]

    operations = [
        migrations.AddField(
            model_name="council", name="is_practice", field=models.BooleanField(default=False)
        ),
        migrations.RunSQL(
            sql=(SQL / "practice_stays_practice.sql").read_text(),
            reverse_sql=(SQL / "practice_stays_practice_undo.sql").read_text(),
        ),
    ]
