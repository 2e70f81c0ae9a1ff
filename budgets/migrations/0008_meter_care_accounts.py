"""Care accounts are metered month by month, and every row of them is kept. The SQL lies beside."""

import budgets.models.direct
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import ledger.models.fields
from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0007_ask_money_back_with_notice'),
        ('people', '0014_write_down_who_looked'),
    ]

    operations = [
        migrations.CreateModel(
            name='CareAccountEntry',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('first_date', models.DateField()),
                ('last_date', models.DateField()),
                ('pence', models.BigIntegerField()),
                ('is_correction', models.BooleanField(default=False)),
                ('is_in_force', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=100)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='care_account', to='people.person')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('is_correction', False)), expressions=[(budgets.models.direct.WholeDays('first_date', 'last_date', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&'), ('person', '=')], name='budgets_care_account_counts_no_day_twice'), models.CheckConstraint(condition=models.Q(('last_date__gte', models.F('first_date'))), name='budgets_care_account_is_for_some_days'), models.CheckConstraint(condition=models.Q(models.Q(('is_correction', True), ('pence__lt', 0)), models.Q(('is_correction', True), ('pence__gt', 0)), models.Q(('is_correction', False), ('pence__gte', 0)), _connector='OR'), name='budgets_care_account_corrects_something')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "care_accounts_are_kept.sql").read_text(),
            reverse_sql=(SQL / "care_accounts_are_kept_undo.sql").read_text(),
        ),
    ]
