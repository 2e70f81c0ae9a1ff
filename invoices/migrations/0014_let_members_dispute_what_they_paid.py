"""Members say what did not happen; the council puts lines right by adjustments, with the reason."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0012_say_who_is_away'),
        ('commissioning', '0009_end_a_contract_before_it_begins'),
        ('invoices', '0013_keep_the_vat_of_e_invoices'),
        ('people', '0007_keep_brands_readable'),
        ('providers', '0007_let_keys_be_rotated'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Adjustment',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField()),
                ('terms', models.JSONField(null=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('made_by', models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField(blank=True)),
                ('said_at', models.DateTimeField()),
                ('said_by', models.CharField(max_length=100)),
                ('state', models.CharField(choices=[('open', 'Being looked at'), ('stands', 'It did happen'), ('upheld', 'It did not happen: taken back')], default='open', max_length=10)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='hold',
            name='invoices_hold_reason_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='hold',
            name='invoices_hold_state_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='invoice',
            name='invoices_invoice_kind_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='invoice',
            name='invoices_credit_note_says_what_it_corrects',
        ),
        migrations.AlterField(
            model_name='hold',
            name='reason',
            field=models.CharField(choices=[('unknown_service', 'The contract has no such service'), ('outside_contract', 'The date is outside the contract'), ('rate_mismatch', "The rate is not the contract's"), ('amount_mismatch', 'Units times rate is not the amount'), ('member_not_active', 'Nobody of that reference was a member that day'), ('duplicate_line', 'This visit has been billed already'), ('units_exceeded', 'The contract has no units left for this'), ('insufficient_funds', 'There is not enough left to pay for this'), ('corrected_line_not_accepted', 'The line it corrects was not accepted'), ('visit_disputed', 'A member says that this did not happen')], max_length=30),
        ),
        migrations.AlterField(
            model_name='hold',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('released', 'Released'), ('rejected', 'Rejected'), ('upheld', 'Taken back')], default='open', max_length=10),
        ),
        migrations.AlterField(
            model_name='inboxdocument',
            name='kind',
            field=models.CharField(choices=[('invoice', 'Invoice'), ('credit_note', 'Credit note'), ('adjustment', 'Adjustment')], max_length=15),
        ),
        migrations.AlterField(
            model_name='invoice',
            name='kind',
            field=models.CharField(choices=[('invoice', 'Invoice'), ('credit_note', 'Credit note'), ('adjustment', 'Adjustment')], max_length=15),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['unknown_service', 'outside_contract', 'rate_mismatch', 'amount_mismatch', 'member_not_active', 'duplicate_line', 'units_exceeded', 'insufficient_funds', 'corrected_line_not_accepted', 'visit_disputed'])), name='invoices_hold_reason_is_known'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'released', 'rejected', 'upheld'])), name='invoices_hold_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['invoice', 'credit_note', 'adjustment'])), name='invoices_invoice_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', False), ('kind__in', ['credit_note', 'adjustment'])), models.Q(('corrects__isnull', True), ('kind', 'invoice')), _connector='OR'), name='invoices_credit_note_says_what_it_corrects'),
        ),
        migrations.AddField(
            model_name='adjustment',
            name='invoice',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='adjustment', to='invoices.invoice'),
        ),
        migrations.AddField(
            model_name='adjustment',
            name='service',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='commissioning.contractservice'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='adjustment',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dispute', to='invoices.invoice'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dispute',
            name='hold',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dispute', to='invoices.hold'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='line',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='invoices.invoiceline'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='clusters.membership'),
        ),
        migrations.AddConstraint(
            model_name='adjustment',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='invoices_adjustment_says_why'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('line',), name='invoices_line_is_disputed_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'stands', 'upheld'])), name='invoices_dispute_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='invoices_dispute_says_who_answered_it'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('adjustment__isnull', False), ('state', 'upheld')), models.Q(models.Q(('state', 'upheld'), _negated=True), ('adjustment__isnull', True)), _connector='OR'), name='invoices_dispute_upheld_is_taken_back'),
        ),
        migrations.RunSQL(
            sql=(SQL / "disputes_hold_lines.sql").read_text(),
            reverse_sql=(SQL / "disputes_hold_lines_undo.sql").read_text(),
        ),
    ]
