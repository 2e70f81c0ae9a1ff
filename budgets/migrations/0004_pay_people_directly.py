"""Direct payments are arranged and paid by instalments; what was paid stays as it was. The SQL lies beside."""

import budgets.models.budget
import budgets.models.direct
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import ledger.models.fields
from django.conf import settings
from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0003_keep_what_was_agreed'),
        ('ledger', '0005_let_budgets_shrink'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaymentArrangement',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('rhythm', models.CharField(choices=[('four_weeks', 'Every four weeks'), ('monthly', 'Every month')], max_length=10)),
                ('weekly_pence', models.BigIntegerField(null=True)),
                ('contingency_pence', models.BigIntegerField(default=0)),
                ('start_date', models.DateField()),
                ('end_date', models.DateField(null=True)),
                ('arranged_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('allocation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrangements', to='budgets.allocation')),
                ('arranged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Instalment',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('regular', 'Instalment'), ('adjustment', 'More for days before')], max_length=10)),
                ('first_date', models.DateField()),
                ('last_date', models.DateField()),
                ('amount_pence', models.BigIntegerField()),
                ('paid_date', models.DateField()),
                ('paid_at', models.DateTimeField()),
                ('paid_by', models.CharField(max_length=100)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('arrangement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instalments', to='budgets.paymentarrangement')),
            ],
        ),
        migrations.AddConstraint(
            model_name='paymentarrangement',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(budgets.models.budget.DateRange('start_date', 'end_date'), '&&'), ('allocation', '=')], name='budgets_arrangement_never_overlaps_another'),
        ),
        migrations.AddConstraint(
            model_name='paymentarrangement',
            constraint=models.CheckConstraint(condition=models.Q(('rhythm__in', ['four_weeks', 'monthly'])), name='budgets_arrangement_has_a_known_rhythm'),
        ),
        migrations.AddConstraint(
            model_name='paymentarrangement',
            constraint=models.CheckConstraint(condition=models.Q(('weekly_pence__isnull', True), ('weekly_pence__gt', 0), _connector='OR'), name='budgets_arrangement_pays_something'),
        ),
        migrations.AddConstraint(
            model_name='paymentarrangement',
            constraint=models.CheckConstraint(condition=models.Q(('contingency_pence__gte', 0)), name='budgets_arrangement_sets_aside_no_less_than_none'),
        ),
        migrations.AddConstraint(
            model_name='paymentarrangement',
            constraint=models.CheckConstraint(condition=models.Q(('end_date__isnull', True), models.Q(('end_date__gt', models.F('start_date')), ('ended_by__isnull', False)), _connector='OR'), name='budgets_arrangement_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='instalment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('kind', 'regular')), expressions=[(budgets.models.direct.WholeDays('first_date', 'last_date', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True)), '&&'), ('arrangement', '=')], name='budgets_instalment_pays_no_day_twice'),
        ),
        migrations.AddConstraint(
            model_name='instalment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['regular', 'adjustment'])), name='budgets_instalment_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='instalment',
            constraint=models.CheckConstraint(condition=models.Q(('amount_pence__gt', 0)), name='budgets_instalment_pays_something'),
        ),
        migrations.AddConstraint(
            model_name='instalment',
            constraint=models.CheckConstraint(condition=models.Q(('last_date__gte', models.F('first_date'))), name='budgets_instalment_is_for_some_days'),
        ),
        migrations.RunSQL(
            sql=(SQL / "direct_payments_are_in_the_books.sql").read_text(),
            reverse_sql=(SQL / "direct_payments_are_in_the_books_undo.sql").read_text(),
        ),
    ]
