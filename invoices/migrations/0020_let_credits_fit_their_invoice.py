"""Credit notes never give back more than the invoice they correct, whatever the app were to let through."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("invoices", "0019_note_what_the_bank_never_paid")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "credits_fit.sql").read_text(), reverse_sql=(SQL / "credits_fit_undo.sql").read_text()
        )
    ]
