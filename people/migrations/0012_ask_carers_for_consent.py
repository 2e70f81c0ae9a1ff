"""Carers consent before the care they give is counted; a consent is only withdrawn. The SQL lies beside."""

from pathlib import Path
import django.db.models.deletion
import django.db.models.functions.datetime
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_keep_policy_of_the_past'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='moved_date',
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name='CarerConsent',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('hours_weekly', models.PositiveSmallIntegerField()),
                ('what', models.CharField(max_length=500)),
                ('start_date', models.DateField()),
                ('end_date', models.DateField(null=True)),
                ('evidence', models.TextField()),
                ('given_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('given_by', models.CharField(max_length=100)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, max_length=100)),
                ('carer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents_given', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carer_consents', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('hours_weekly__gte', 1), ('hours_weekly__lte', 168)), name='people_consent_is_for_hours_of_a_week'), models.CheckConstraint(condition=models.Q(('end_date__isnull', True), ('end_date__gt', models.F('start_date')), _connector='OR'), name='people_consent_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='people_consent_rests_on_something'), models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_by', ''), _negated=True), _connector='OR'), name='people_consent_says_who_withdrew_it'), models.UniqueConstraint(condition=models.Q(('end_date__isnull', True), ('withdrawn_at__isnull', True)), fields=('person', 'carer'), name='people_consent_stands_once_a_carer')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "consent_is_only_withdrawn.sql").read_text(),
            reverse_sql=(SQL / "consent_is_only_withdrawn_undo.sql").read_text(),
        ),
    ]
