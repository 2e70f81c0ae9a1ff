"""Assessments, what they come to, and challenges; written once. The SQL lies beside."""

from pathlib import Path
import django.db.models.deletion
import django.db.models.expressions
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0012_ask_carers_for_consent'),
        ('plans', '0006_keep_plans_as_they_were_agreed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('adult', 'An adult who needs care and support'), ('carer', 'A carer')], max_length=10)),
                ('state', models.CharField(choices=[('open', 'Being written'), ('finished', 'Finished'), ('reopened', 'Open again')], default='open', max_length=10)),
                ('what_matters', models.TextField(blank=True)),
                ('language', models.CharField(blank=True, max_length=200)),
                ('communication', models.CharField(blank=True, max_length=500)),
                ('contact', models.CharField(blank=True, max_length=500)),
                ('advocacy', models.CharField(blank=True, choices=[('speaks', 'They take part well by themselves'), ('somebody', 'Somebody they chose helps them take part'), ('advocate', 'An advocate helps them take part'), ('asked', 'An advocate is needed and has been asked for')], max_length=10)),
                ('capacity_doubt', models.TextField(blank=True)),
                ('started_date', models.DateField()),
                ('edits', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(null=True)),
                ('is_from_condition', models.BooleanField(null=True)),
                ('has_impact', models.BooleanField(null=True)),
                ('is_eligible', models.BooleanField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('reopened_at', models.DateTimeField(null=True)),
                ('reopen_reason', models.TextField(blank=True)),
                ('carer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carer_assessments', to=settings.AUTH_USER_MODEL)),
                ('finished_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='people.person')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='plans.rasversion')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('by_whom', models.CharField(choices=[('own', 'Their own answer'), ('professional', "The professional's answer")], max_length=15)),
                ('words', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.CharField(max_length=100)),
                ('option', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='plans.rasoption')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='plans.rasquestion')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='plans.assessment')),
            ],
        ),
        migrations.CreateModel(
            name='IndicativeBudget',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('why', models.CharField(choices=[('finished', 'The assessment was finished'), ('challenge', 'You did not agree, and an answer was changed'), ('consent', 'A carer took back what they had agreed to')], max_length=10)),
                ('points', models.PositiveIntegerField()),
                ('allocated_pence', models.PositiveIntegerField()),
                ('unpaid_hours', models.PositiveSmallIntegerField(default=0)),
                ('unpaid_care_pence', models.PositiveIntegerField(default=0)),
                ('moderation_pence', models.IntegerField(default=0)),
                ('moderation_reason', models.TextField(blank=True)),
                ('weekly_pence', models.PositiveIntegerField()),
                ('worked_out_date', models.DateField()),
                ('is_current', models.BooleanField(default=True)),
                ('shown_at', models.DateTimeField()),
                ('shown_by', models.CharField(max_length=100)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicatives', to='plans.assessment')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicatives', to='plans.rasversion')),
            ],
        ),
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=100)),
                ('due_date', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'You were right'), ('partly', 'You were partly right'), ('not_upheld', 'It stays as it was')], max_length=12)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('question', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='plans.rasquestion')),
                ('indicative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='plans.indicativebudget')),
                ('led_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='came_from', to='plans.indicativebudget')),
            ],
        ),
        migrations.CreateModel(
            name='IndicativeLine',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('points', models.PositiveIntegerField()),
                ('weekly_pence', models.IntegerField()),
                ('indicative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='plans.indicativebudget')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='plans.rasoption')),
                ('own_option', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='own_lines', to='plans.rasoption')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='plans.rasquestion')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='UnpaidCare',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('hours_weekly', models.PositiveSmallIntegerField()),
                ('consent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counted_in', to='people.carerconsent')),
                ('indicative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unpaid_care', to='plans.indicativebudget')),
            ],
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'finished', 'reopened'])), name='plans_assessment_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('carer__isnull', True), ('kind', 'adult')), models.Q(('carer__isnull', False), ('kind', 'carer')), _connector='OR'), name='plans_assessment_names_the_carer_it_is_of'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'finished'), _negated=True), models.Q(('finished_at__isnull', False), ('finished_by__isnull', False), ('is_eligible__isnull', False)), _connector='OR'), name='plans_assessment_says_who_finished_it'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'reopened'), _negated=True), models.Q(('reopened_at__isnull', False), models.Q(('reopen_reason', ''), _negated=True)), _connector='OR'), name='plans_assessment_says_why_it_is_open_again'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'finished'), _negated=True), fields=('person', 'kind', 'carer'), name='plans_assessment_is_written_one_at_a_time', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('assessment', 'question', 'by_whom'), name='plans_answer_is_one_of_each'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('by_whom__in', ['own', 'professional'])), name='plans_answer_is_somebodys'),
        ),
        migrations.AddConstraint(
            model_name='indicativebudget',
            constraint=models.UniqueConstraint(fields=('assessment', 'number'), name='plans_indicative_number_is_one'),
        ),
        migrations.AddConstraint(
            model_name='indicativebudget',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('assessment',), name='plans_indicative_is_current_once_an_assessment'),
        ),
        migrations.AddConstraint(
            model_name='indicativebudget',
            constraint=models.CheckConstraint(condition=models.Q(('weekly_pence', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('allocated_pence'), '-', models.F('unpaid_care_pence')), '+', models.F('moderation_pence')))), name='plans_indicative_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='indicativebudget',
            constraint=models.CheckConstraint(condition=models.Q(('moderation_pence', 0), models.Q(('moderation_reason', ''), _negated=True), _connector='OR'), name='plans_indicative_says_why_it_was_moved'),
        ),
        migrations.AddConstraint(
            model_name='indicativebudget',
            constraint=models.CheckConstraint(condition=models.Q(('unpaid_care_pence', 0), ('unpaid_hours__gt', 0), _connector='OR'), name='plans_indicative_takes_off_for_hours_only'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='plans_challenge_says_something'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True), ('outcome', '')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('outcome__in', ['upheld', 'partly', 'not_upheld']), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='plans_challenge_is_answered_whole'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(('led_to__isnull', True), ('outcome__in', ['upheld', 'partly']), _connector='OR'), name='plans_challenge_changes_only_when_upheld'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('indicative', 'question'), name='plans_challenge_waits_once_a_line', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='indicativeline',
            constraint=models.UniqueConstraint(fields=('indicative', 'question'), name='plans_indicativeline_is_one_a_question'),
        ),
        migrations.AddConstraint(
            model_name='unpaidcare',
            constraint=models.UniqueConstraint(fields=('indicative', 'consent'), name='plans_unpaidcare_counts_once'),
        ),
        migrations.AddConstraint(
            model_name='unpaidcare',
            constraint=models.CheckConstraint(condition=models.Q(('hours_weekly__gt', 0)), name='plans_unpaidcare_counts_something'),
        ),
        migrations.RunSQL(
            sql=(SQL / "allocations_stay.sql").read_text(),
            reverse_sql=(SQL / "allocations_stay_undo.sql").read_text(),
        ),
    ]
