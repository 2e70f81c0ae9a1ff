"""Financial assessments, statements of budgets, and what kind of money each stream is."""

import budgets.models.budget
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0001_begin_budgets'),
        ('ledger', '0004_let_payments_net_streams'),
        ('people', '0009_let_managers_agree_plans'),
        ('plans', '0001_begin_plans'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BudgetChange',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('change_pence', models.BigIntegerField()),
                ('effective_date', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='BudgetStatement',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('agreed', 'Agreed'), ('withdrawn', 'Taken back')], default='proposed', max_length=10)),
                ('start_date', models.DateField()),
                ('end_date', models.DateField()),
                ('plan_weekly_pence', models.BigIntegerField()),
                ('plan_one_off_pence', models.BigIntegerField(default=0)),
                ('cost_weekly_pence', models.BigIntegerField()),
                ('adult_weekly_pence', models.BigIntegerField()),
                ('council_weekly_pence', models.BigIntegerField()),
                ('daily_living_weekly_pence', models.BigIntegerField(default=0)),
                ('indicative_weekly_pence', models.BigIntegerField(null=True)),
                ('chosen_by', models.CharField(choices=[('person', 'The person themselves'), ('helper', 'Somebody with authority to choose for them'), ('best_interest', 'Decided in their best interest')], max_length=15)),
                ('chosen_date', models.DateField()),
                ('chosen_words', models.CharField(blank=True, max_length=1000)),
                ('proposed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agreed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='FinancialAssessment',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('start_date', models.DateField()),
                ('end_date', models.DateField(null=True)),
                ('basis', models.CharField(choices=[('full', 'All figures'), ('light_touch', 'Light touch'), ('refused', 'No figures given'), ('exempt', 'Care that is free of charge')], max_length=12)),
                ('allowance', models.CharField(choices=[('mig', 'Minimum income guarantee'), ('pea', 'Personal expenses allowance')], max_length=5)),
                ('capital_pence', models.BigIntegerField(default=0)),
                ('tariff_pence', models.BigIntegerField(default=0)),
                ('income_pence', models.BigIntegerField(default=0)),
                ('disregards_pence', models.BigIntegerField(default=0)),
                ('dre_pence', models.BigIntegerField(default=0)),
                ('allowance_pence', models.BigIntegerField(default=0)),
                ('pays_in_full', models.BooleanField()),
                ('weekly_contribution_pence', models.BigIntegerField(null=True)),
                ('lines', models.JSONField(default=list)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('assessed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='StatementPart',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('weekly_pence', models.BigIntegerField(default=0)),
                ('one_off_pence', models.BigIntegerField(default=0)),
                ('delivery', models.CharField(choices=[('council_managed', 'Council-managed'), ('direct_payment', 'Direct payment'), ('isf', 'Individual service fund'), ('mixed', 'Mixed')], max_length=20)),
                ('holder', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name='fundingstream',
            name='kind',
            field=models.CharField(choices=[('social_care', 'Adult social care'), ('health', 'Personal health budget'), ('housing', 'Housing or equipment grant'), ('own', 'Own contribution'), ('top_up', 'Third-party top-up')], db_default='social_care', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='fundingstream',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['social_care', 'health', 'housing', 'own', 'top_up'])), name='budgets_stream_is_of_a_known_kind'),
        ),
        migrations.AddField(
            model_name='budgetchange',
            name='allocation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='budgets.allocation'),
        ),
        migrations.AddField(
            model_name='budgetchange',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry'),
        ),
        migrations.AddField(
            model_name='budgetstatement',
            name='agreed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='budgetstatement',
            name='budget',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='budgets.budget'),
        ),
        migrations.AddField(
            model_name='budgetstatement',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='budget_statements', to='plans.plan'),
        ),
        migrations.AddField(
            model_name='budgetstatement',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='budgetchange',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='budgets.budgetstatement'),
        ),
        migrations.AddField(
            model_name='financialassessment',
            name='assessed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='financialassessment',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='financial_assessments', to='people.person'),
        ),
        migrations.AddField(
            model_name='budgetstatement',
            name='financial',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='budgets.financialassessment'),
        ),
        migrations.AddField(
            model_name='statementpart',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='budgets.budgetstatement'),
        ),
        migrations.AddField(
            model_name='statementpart',
            name='stream',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='budgets.fundingstream'),
        ),
        migrations.AddConstraint(
            model_name='budgetchange',
            constraint=models.UniqueConstraint(fields=('allocation', 'statement'), name='budgets_change_is_one_a_statement'),
        ),
        migrations.AddConstraint(
            model_name='budgetchange',
            constraint=models.CheckConstraint(condition=models.Q(('change_pence', 0), _negated=True), name='budgets_change_is_something'),
        ),
        migrations.AddConstraint(
            model_name='financialassessment',
            constraint=models.CheckConstraint(condition=models.Q(('end_date__isnull', True), ('end_date__gte', models.F('start_date')), _connector='OR'), name='budgets_financial_does_not_end_before_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='financialassessment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(budgets.models.budget.DateRange('start_date', 'end_date'), '&&'), ('person', '=')], name='budgets_financial_never_overlaps_another'),
        ),
        migrations.AddConstraint(
            model_name='financialassessment',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['full', 'light_touch', 'refused', 'exempt'])), name='budgets_financial_basis_is_known'),
        ),
        migrations.AddConstraint(
            model_name='financialassessment',
            constraint=models.CheckConstraint(condition=models.Q(('allowance__in', ['mig', 'pea'])), name='budgets_financial_allowance_is_known'),
        ),
        migrations.AddConstraint(
            model_name='financialassessment',
            constraint=models.CheckConstraint(condition=models.Q(('allowance_pence__gte', 0), ('capital_pence__gte', 0), ('disregards_pence__gte', 0), ('dre_pence__gte', 0), ('income_pence__gte', 0), ('tariff_pence__gte', 0)), name='budgets_financial_has_no_figure_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='financialassessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('pays_in_full', True), ('weekly_contribution_pence__isnull', True)), models.Q(('pays_in_full', False), ('weekly_contribution_pence__gte', 0)), _connector='OR'), name='budgets_financial_says_what_they_pay'),
        ),
        migrations.AddConstraint(
            model_name='financialassessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'full'), _negated=True), ('pays_in_full', True), ('weekly_contribution_pence', django.db.models.functions.comparison.Greatest(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('income_pence'), '+', models.F('tariff_pence')), '-', models.F('disregards_pence')), '-', models.F('dre_pence')), '-', models.F('allowance_pence')), 0)), _connector='OR'), name='budgets_financial_adds_up'),
        ),
        migrations.AddConstraint(
            model_name='financialassessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'refused'), _negated=True), ('pays_in_full', True), _connector='OR'), name='budgets_financial_without_figures_pays_in_full'),
        ),
        migrations.AddConstraint(
            model_name='financialassessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'exempt'), _negated=True), ('weekly_contribution_pence', 0), _connector='OR'), name='budgets_financial_exempt_pays_nothing'),
        ),
        migrations.AddConstraint(
            model_name='financialassessment',
            constraint=models.CheckConstraint(condition=models.Q(('basis', 'full'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='budgets_financial_says_why_not_all_figures'),
        ),
        migrations.AddConstraint(
            model_name='budgetstatement',
            constraint=models.CheckConstraint(condition=models.Q(('cost_weekly_pence', django.db.models.expressions.CombinedExpression(models.F('adult_weekly_pence'), '+', models.F('council_weekly_pence')))), name='budgets_statement_cost_is_shared_out'),
        ),
        migrations.AddConstraint(
            model_name='budgetstatement',
            constraint=models.CheckConstraint(condition=models.Q(('adult_weekly_pence__gte', 0), ('council_weekly_pence__gte', 0), ('plan_one_off_pence__gte', 0)), name='budgets_statement_has_no_figure_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='budgetstatement',
            constraint=models.CheckConstraint(condition=models.Q(('plan_weekly_pence__gte', models.F('cost_weekly_pence'))), name='budgets_statement_costs_no_more_than_its_plan'),
        ),
        migrations.AddConstraint(
            model_name='budgetstatement',
            constraint=models.CheckConstraint(condition=models.Q(('daily_living_weekly_pence__gte', 0), ('daily_living_weekly_pence__lte', models.F('cost_weekly_pence'))), name='budgets_statement_daily_living_is_part_of_cost'),
        ),
        migrations.AddConstraint(
            model_name='budgetstatement',
            constraint=models.CheckConstraint(condition=models.Q(('end_date__gt', models.F('start_date'))), name='budgets_statement_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='budgetstatement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'agreed', 'withdrawn'])), name='budgets_statement_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='budgetstatement',
            constraint=models.CheckConstraint(condition=models.Q(('chosen_by__in', ['person', 'helper', 'best_interest'])), name='budgets_statement_says_who_chose'),
        ),
        migrations.AddConstraint(
            model_name='budgetstatement',
            constraint=models.CheckConstraint(condition=models.Q(('chosen_by', 'person'), models.Q(('chosen_words', ''), _negated=True), _connector='OR'), name='budgets_statement_says_why_another_chose'),
        ),
        migrations.AddConstraint(
            model_name='budgetstatement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'agreed'), _negated=True), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False), ('budget__isnull', False)), _connector='OR'), name='budgets_statement_says_who_agreed_it'),
        ),
        migrations.AddConstraint(
            model_name='budgetstatement',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('plan',), name='budgets_statement_is_proposed_once'),
        ),
        migrations.AddConstraint(
            model_name='statementpart',
            constraint=models.UniqueConstraint(fields=('statement', 'stream'), name='budgets_statement_part_is_one_a_stream'),
        ),
        migrations.AddConstraint(
            model_name='statementpart',
            constraint=models.CheckConstraint(condition=models.Q(('one_off_pence__gte', 0), ('weekly_pence__gte', 0)), name='budgets_statement_part_is_not_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='statementpart',
            constraint=models.CheckConstraint(condition=models.Q(('delivery__in', ['council_managed', 'direct_payment', 'isf', 'mixed'])), name='budgets_statement_part_is_held_in_a_known_way'),
        ),
        migrations.AddConstraint(
            model_name='statementpart',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('delivery', 'isf'), _negated=True), models.Q(('holder', ''), _negated=True), _connector='OR'), name='budgets_statement_part_says_who_holds_a_fund'),
        ),
    ]
