"""Every row of a count carries a checksum, so that a hand edit of it shows. The SQL lies beside."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql"
MARKED = (
    "certificateline",
    "clustermonth",
    "finding",
    "monthend",
    "monthendevent",
    "servicemonth",
    "statement",
)


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0004_count_units_for_each_member")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="checksum",
                field=models.BigIntegerField(db_default=0, editable=False),
            )
            for name in MARKED
        ),
        migrations.RunSQL(
            sql=(SQL / "rows_are_marked.sql").read_text(),
            reverse_sql=(SQL / "rows_are_marked_undo.sql").read_text(),
        ),
    ]
