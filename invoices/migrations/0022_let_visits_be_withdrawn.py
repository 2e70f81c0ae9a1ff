"""Records of visits can be withdrawn by who sent them: as history, once, and never from under what is billed."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0012_say_who_is_away'),
        ('commissioning', '0009_end_a_contract_before_it_begins'),
        ('invoices', '0021_know_managers'),
        ('people', '0009_let_managers_agree_plans'),
        ('providers', '0008_let_systems_practise'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='idempotentrequest',
            name='invoices_request_says_what_it_wrote',
        ),
        migrations.RemoveConstraint(
            model_name='visit',
            name='invoices_visit_is_recorded_once',
        ),
        migrations.AddField(
            model_name='visit',
            name='withdrawn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='visit',
            name='withdrawn_by',
            field=models.CharField(blank=True, db_default='', max_length=100),
        ),
        migrations.AddField(
            model_name='visit',
            name='withdrawn_reason',
            field=models.CharField(blank=True, db_default='', max_length=500),
        ),
        migrations.AlterField(
            model_name='idempotentrequest',
            name='operation',
            field=models.CharField(choices=[('send_invoice', 'Send an invoice'), ('send_batch', 'Send invoices together'), ('send_visits', 'Send records of visits'), ('withdraw_visit', 'Withdraw the record of a visit'), ('put_attachment', 'Send a file about a held line'), ('answer_hold', 'Answer about a held line')], default='send_invoice', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='idempotentrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invoice__isnull', False), ('operation', 'send_invoice')), models.Q(('invoice__isnull', True), ('operation__in', ['send_invoice', 'send_batch', 'send_visits', 'withdraw_visit', 'put_attachment', 'answer_hold']), models.Q(('operation', 'send_invoice'), _negated=True)), _connector='OR'), name='invoices_request_says_what_it_wrote'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('service', 'membership', 'started_at', 'ended_at'), name='invoices_visit_is_recorded_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by', ''), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_by', ''), _negated=True), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='invoices_visit_says_who_withdrew_it_and_why'),
        ),
        migrations.RunSQL(
            sql=(SQL / "visits_can_be_withdrawn.sql").read_text(),
            reverse_sql=(SQL / "visits_can_be_withdrawn_undo.sql").read_text(),
        ),
    ]
