"""Direct payments come back only after notice, with no dispute open. The SQL lies beside."""

import django.db.models.deletion
import ledger.models.fields
from django.conf import settings
from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0006_write_down_what_was_spent'),
        ('ledger', '0006_post_one_in_fewer_steps'),
        ('people', '0013_say_how_long_messages_are_kept'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Recovery',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('amount_pence', models.BigIntegerField()),
                ('reason', models.TextField()),
                ('state', models.CharField(choices=[('noticed', 'You have been told'), ('disputed', 'You disagree: nothing is taken back until this is answered'), ('withdrawn', 'Nothing is taken back'), ('taken', 'Taken back')], default='noticed', max_length=10)),
                ('noticed_date', models.DateField()),
                ('earliest_date', models.DateField()),
                ('afford', models.CharField(blank=True, choices=[('yes', 'Yes, I can'), ('parts', 'Only in parts, or only some of it'), ('no', 'No, I would go short')], max_length=5)),
                ('afford_words', models.TextField(blank=True)),
                ('dispute_words', models.TextField(blank=True)),
                ('answer_words', models.TextField(blank=True)),
                ('considered', models.TextField(blank=True)),
                ('taken_pence', models.BigIntegerField(null=True)),
                ('taken_date', models.DateField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recoveries', to='budgets.budget')),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('noticed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recoveries', to='people.person')),
                ('stream', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.fundingstream')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_pence__gt', 0), models.Q(('reason', ''), _negated=True)), name='budgets_recovery_says_how_much_and_why'), models.CheckConstraint(condition=models.Q(('state__in', ['noticed', 'disputed', 'withdrawn', 'taken'])), name='budgets_recovery_state_is_known'), models.CheckConstraint(condition=models.Q(('afford__in', ['', 'yes', 'parts', 'no'])), name='budgets_recovery_afford_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'disputed'), _negated=True), models.Q(('dispute_words', ''), _negated=True), _connector='OR'), name='budgets_recovery_dispute_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'taken'), _negated=True), models.Q(('taken_date__gte', models.F('earliest_date')), ('taken_pence__gt', 0), ('taken_pence__lte', models.F('amount_pence')), ('entry__isnull', False), ('taken_by__isnull', False), models.Q(('considered', ''), _negated=True)), _connector='OR'), name='budgets_recovery_is_taken_after_its_notice'), models.UniqueConstraint(condition=models.Q(('state__in', ['noticed', 'disputed'])), fields=('person', 'stream'), name='budgets_recovery_is_open_once')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "recovery_waits_for_its_notice.sql").read_text(),
            reverse_sql=(SQL / "recovery_waits_for_its_notice_undo.sql").read_text(),
        ),
    ]
