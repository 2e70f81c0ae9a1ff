"""Who looks at somebody's record is written down, and kept as it was written. The SQL lies beside."""

from pathlib import Path
import django.db.models.deletion
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0013_say_how_long_messages_are_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('part', models.CharField(choices=[('money', 'your money'), ('budget', 'how your budget is made up'), ('plan', 'your plan'), ('assessment', 'your assessment'), ('reviews', 'when your plan is looked at again'), ('clusters', 'what you do in your clusters'), ('letters', 'your letters'), ('helpers', 'who can act for you'), ('details', 'your details and settings')], max_length=10)),
                ('footing', models.CharField(choices=[('lead', 'Your social worker'), ('helper', 'Your helper'), ('carer', 'Your carer'), ('social_worker', 'A social worker of your council'), ('manager', 'A team manager of your council'), ('commissioner', 'A commissioner of your council'), ('finance_officer', 'A finance officer of your council'), ('enterprise_officer', 'An enterprise officer of your council'), ('auditor', 'An auditor of your council'), ('administrator', 'An administrator of your council')], max_length=20)),
                ('on_date', models.DateField()),
                ('read_at', models.DateTimeField()),
                ('authority', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='people.authority')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='people.person')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'on_date', 'reader', 'part'), name='people_reading_is_written_once_a_day'), models.CheckConstraint(condition=models.Q(('part__in', ['money', 'budget', 'plan', 'assessment', 'reviews', 'clusters', 'letters', 'helpers', 'details'])), name='people_reading_is_of_a_known_part'), models.CheckConstraint(condition=models.Q(('footing__in', ['lead', 'helper', 'carer', 'social_worker', 'manager', 'commissioner', 'finance_officer', 'enterprise_officer', 'auditor', 'administrator'])), name='people_reading_is_on_a_known_footing'), models.CheckConstraint(condition=models.Q(models.Q(('authority__isnull', False), ('footing', 'helper')), models.Q(models.Q(('footing', 'helper'), _negated=True), ('authority__isnull', True)), _connector='OR'), name='people_reading_of_a_helper_names_their_authority')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "readings_are_kept.sql").read_text(),
            reverse_sql=(SQL / "readings_are_kept_undo.sql").read_text(),
        ),
    ]
