"""The care account of somebody who moved goes on where the first council's ended. The SQL lies beside."""

from pathlib import Path

import django.db.models.deletion
import ledger.models.fields
from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0010_let_people_challenge_what_they_pay'),
        ('people', '0018_be_the_same_person_in_two_councils'),
    ]

    operations = [
        migrations.AddField(
            model_name='careaccountentry',
            name='from_council',
            field=models.CharField(blank=True, db_default='', default='', max_length=200),
        ),
        migrations.CreateModel(
            name='CareAccountBasis',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('start_date', models.DateField()),
                ('weekly_pence', models.BigIntegerField()),
                ('from_council', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=100)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='care_account_basis', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('weekly_pence__gte', 0)), name='budgets_care_account_basis_is_not_below_zero'), models.CheckConstraint(condition=models.Q(('from_council', ''), _negated=True), name='budgets_care_account_basis_names_a_council')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "care_accounts_come_along.sql").read_text(),
            reverse_sql=(SQL / "care_accounts_come_along_undo.sql").read_text(),
        ),
    ]
