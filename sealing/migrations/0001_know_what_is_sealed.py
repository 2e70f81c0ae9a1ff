"""A kind of text that holds nothing, or something sealed."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """The domain `sealed_text`."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL((SQL / "sealed_text.sql").read_text(), (SQL / "sealed_text_undo.sql").read_text())
    ]
