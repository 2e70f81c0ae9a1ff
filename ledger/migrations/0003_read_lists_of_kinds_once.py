"""A list of kinds in a CHECK is read anew by every statement that writes; in a function it is read once."""

from pathlib import Path

import django.db.models.lookups
from django.db import migrations, models

import ledger.models.account

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_hold_the_books")]

    operations = [
        migrations.RunSQL(
            sql=(SQL / "kinds_are_known.sql").read_text(), reverse_sql=(SQL / "kinds_are_known_undo.sql").read_text()
        ),
        migrations.RemoveConstraint(model_name="account", name="ledger_account_is_of_a_known_kind"),
        migrations.RemoveConstraint(model_name="account", name="ledger_account_is_guarded_by_kind"),
        migrations.RemoveConstraint(model_name="entry", name="ledger_entry_is_of_a_known_kind"),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=ledger.models.account.IsOfItsKind(
                    models.F("kind"), django.db.models.lookups.IsNull(models.F("balance_pence"), rhs=False)
                ),
                name="ledger_account_is_guarded_by_kind",
            ),
        ),
    ]
