"""What was spent of direct payments, what was asked first, and when family may be paid. The SQL lies beside."""

import django.db.models.deletion
import ledger.models.fields
from django.conf import settings
from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0005_end_before_their_time'),
        ('people', '0013_say_how_long_messages_are_kept'),
        ('plans', '0010_keep_plans_that_were_taken_away'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FamilyNecessity',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('payee', models.CharField(max_length=200)),
                ('relation', models.CharField(max_length=100)),
                ('reason', models.TextField()),
                ('start_date', models.DateField()),
                ('end_date', models.DateField(null=True)),
                ('decided_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='family_necessities', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Spend',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('spent_date', models.DateField()),
                ('amount_pence', models.BigIntegerField()),
                ('what', models.CharField(max_length=300)),
                ('paid_to', models.CharField(max_length=200)),
                ('is_family', models.BooleanField(default=False)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('media_type', models.CharField(blank=True, max_length=20)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('path', models.CharField(blank=True, max_length=200)),
                ('written_at', models.DateTimeField()),
                ('written_by', models.CharField(max_length=100)),
                ('seen_at', models.DateTimeField(null=True)),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('taken_back_by', models.CharField(blank=True, max_length=100)),
                ('family', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spends', to='budgets.familynecessity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spends', to='people.person')),
                ('seen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SpendQuestion',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(max_length=300)),
                ('amount_pence', models.BigIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=100)),
                ('answer', models.CharField(blank=True, choices=[('plan', 'Yes: the plan says so'), ('yes', 'Yes'), ('no', 'No')], max_length=5)),
                ('words', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('need', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spend_questions', to='plans.need')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spend_questions', to='people.person')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spend_questions', to='plans.plan')),
            ],
        ),
        migrations.AddConstraint(
            model_name='familynecessity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('payee', ''), _negated=True), models.Q(('relation', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='budgets_necessity_says_why'),
        ),
        migrations.AddConstraint(
            model_name='familynecessity',
            constraint=models.CheckConstraint(condition=models.Q(('end_date__isnull', True), ('end_date__gt', models.F('start_date')), _connector='OR'), name='budgets_necessity_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='spend',
            constraint=models.CheckConstraint(condition=models.Q(('amount_pence__gt', 0)), name='budgets_spend_is_something'),
        ),
        migrations.AddConstraint(
            model_name='spend',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('what', ''), _negated=True), models.Q(('paid_to', ''), _negated=True)), name='budgets_spend_says_for_what'),
        ),
        migrations.AddConstraint(
            model_name='spend',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('family__isnull', True), ('is_family', False)), models.Q(('family__isnull', False), ('is_family', True)), _connector='OR'), name='budgets_spend_on_family_was_found_necessary'),
        ),
        migrations.AddConstraint(
            model_name='spend',
            constraint=models.CheckConstraint(condition=models.Q(('path', ''), ('media_type__in', ('application/pdf', 'image/png', 'image/jpeg', 'text/csv', 'text/plain')), _connector='OR'), name='budgets_receipt_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='spend',
            constraint=models.CheckConstraint(condition=models.Q(('seen_at__isnull', True), ('seen_by__isnull', False), _connector='OR'), name='budgets_spend_says_who_saw_it'),
        ),
        migrations.AddConstraint(
            model_name='spendquestion',
            constraint=models.CheckConstraint(condition=models.Q(('amount_pence__gt', 0), models.Q(('what', ''), _negated=True)), name='budgets_question_asks_something'),
        ),
        migrations.AddConstraint(
            model_name='spendquestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(('answer', 'plan'), ('answered_at__isnull', False), ('need__isnull', False)), models.Q(('answer__in', ['yes', 'no']), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('words', ''), _negated=True)), _connector='OR'), name='budgets_answer_says_why_and_who'),
        ),
        migrations.RunSQL(
            sql=(SQL / "spends_are_kept.sql").read_text(),
            reverse_sql=(SQL / "spends_are_kept_undo.sql").read_text(),
        ),
    ]
