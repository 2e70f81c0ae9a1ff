"""Views without names, for the role that makes reports of its own. The SQL lies beside."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """Spend by service, cluster and month, and statements by reference."""

    dependencies = [
        ("reports", "0003_code_what_is_handed_over"),
        ("reconciliation", "0007_look_references_of_counts_up_at_once"),
        ("commissioning", "0009_end_a_contract_before_it_begins"),
    ]
    operations = [
        migrations.RunSQL(
            (SQL / "views_for_reports.sql").read_text(), (SQL / "views_for_reports_undo.sql").read_text()
        )
    ]
