"""What is decided for who cannot decide it is kept, and not agreeing is answered. The SQL lies beside."""

from pathlib import Path
import django.db.models.deletion
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0019_keep_who_can_decide_what'),
        ('plans', '0012_look_again_by_a_day'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BestInterest',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('wishes', models.TextField()),
                ('consulted', models.TextField(blank=True)),
                ('not_consulted', models.TextField(blank=True)),
                ('advocate', models.TextField(blank=True)),
                ('options', models.TextField()),
                ('decision', models.TextField()),
                ('reason', models.TextField()),
                ('decided_date', models.DateField()),
                ('decided_at', models.DateTimeField()),
                ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='best_interests', to='people.capacityrecord')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('wishes', ''), _negated=True), models.Q(('options', ''), _negated=True), models.Q(('decision', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='plans_bestinterest_says_what_and_why'), models.CheckConstraint(condition=models.Q(models.Q(('consulted', ''), _negated=True), models.Q(('advocate', ''), _negated=True), _connector='OR'), name='plans_bestinterest_asks_somebody')],
            },
        ),
        migrations.CreateModel(
            name='CapacityChallenge',
            fields=[
                ('words', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=100)),
                ('due_date', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'You were right'), ('partly', 'You were partly right'), ('not_upheld', 'It stays as it was')], max_length=12)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='people.capacityrecord')),
                ('led_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='came_from', to='people.capacityrecord')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='plans_capacitychallenge_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True), ('outcome', '')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('outcome__in', ['upheld', 'partly', 'not_upheld']), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='plans_capacitychallenge_is_answered_whole'), models.CheckConstraint(condition=models.Q(('led_to__isnull', True), ('outcome__in', ['upheld', 'partly']), _connector='OR'), name='plans_capacitychallenge_changes_only_when_upheld'), models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('capacity', 'made_by'), name='plans_capacitychallenge_waits_once')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "best_interests_stay.sql").read_text(),
            reverse_sql=(SQL / "best_interests_stay_undo.sql").read_text(),
        ),
    ]
