"""What somebody pays can be challenged, and finance owes an answer. The SQL lies beside."""

import django.db.models.deletion
import ledger.models.fields
from django.conf import settings
from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0009_end_what_was_necessary_with_a_reason'),
        ('plans', '0011_answer_once_whatever_it_is_about'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContributionChallenge',
            fields=[
                ('words', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=100)),
                ('due_date', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'You were right'), ('partly', 'You were partly right'), ('not_upheld', 'It stays as it was')], max_length=12)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(blank=True, max_length=12)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='budgets.financialassessment')),
                ('led_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='came_from', to='budgets.financialassessment')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges_owned', to=settings.AUTH_USER_MODEL)),
                ('statement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='came_from', to='budgets.budgetstatement')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='budgets_contributionchallenge_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True), ('outcome', '')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('outcome__in', ['upheld', 'partly', 'not_upheld']), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='budgets_contributionchallenge_is_answered_whole'), models.CheckConstraint(condition=models.Q(('led_to__isnull', True), ('outcome__in', ['upheld', 'partly']), _connector='OR'), name='budgets_contributionchallenge_changes_only_when_upheld'), models.CheckConstraint(condition=models.Q(('step__in', ['', 'capital', 'income', 'tariff', 'disregards', 'dre', 'allowance', 'pays'])), name='budgets_contributionchallenge_names_a_known_line'), models.CheckConstraint(condition=models.Q(('led_to__isnull', False), models.Q(('outcome__in', ['upheld', 'partly']), _negated=True), _connector='OR'), name='budgets_contributionchallenge_upheld_is_assessed_anew'), models.CheckConstraint(condition=models.Q(('statement__isnull', True), ('led_to__isnull', False), _connector='OR'), name='budgets_contributionchallenge_agrees_anew_when_upheld'), models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('assessment', 'step'), name='budgets_contributionchallenge_waits_once_a_line')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "what_people_pay_is_challenged.sql").read_text(),
            reverse_sql=(SQL / "what_people_pay_is_challenged_undo.sql").read_text(),
        ),
    ]
