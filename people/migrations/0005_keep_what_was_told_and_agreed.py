"""What was told, who may act, policy and a death stay as they were written. The SQL lies beside."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_tell_each_notice_once")]

    operations = [
        migrations.AddField(
            model_name="notice", name="sent_by", field=models.CharField(blank=True, max_length=100)
        ),
        migrations.RunSQL(
            sql=(SQL / "what_was_told_and_agreed_stays.sql").read_text(),
            reverse_sql=(SQL / "what_was_told_and_agreed_stays_undo.sql").read_text(),
        ),
    ]
