"""One posting takes fewer steps in PostgreSQL; what is refused stays the same. The SQL lies beside."""

from pathlib import Path

import django.db.models.lookups
from django.db import migrations, models

import ledger.models.entry

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_let_budgets_shrink")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "fewer_steps_for_one.sql").read_text(),
            reverse_sql=(SQL / "fewer_steps_for_one_undo.sql").read_text(),
        ),
        migrations.RemoveConstraint(model_name="entry", name="ledger_entry_says_why_it_reverses"),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=ledger.models.entry.SaysWhyItReverses(
                    django.db.models.lookups.IsNull(models.F("reverses"), rhs=False), models.F("reversal_reason")
                ),
                name="ledger_entry_says_why_it_reverses",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="account", name="ledger_account_earmarks_what_is_committed"
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    django.db.models.lookups.Exact(models.F("kind"), models.Value("committed")),
                    django.db.models.lookups.IsNull(models.F("earmark_id"), rhs=False),
                ),
                name="ledger_account_earmarks_what_is_committed",
            ),
        ),
    ]
