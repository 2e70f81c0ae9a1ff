"""Records of visits, answers about held lines, and every write under its Idempotency-Key; the guards lie beside."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
import ledger.models.fields
from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0012_say_who_is_away'),
        ('commissioning', '0009_end_a_contract_before_it_begins'),
        ('invoices', '0016_tell_systems_what_happened'),
        ('people', '0008_let_councils_be_made_up'),
        ('providers', '0008_let_systems_practise'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('media_type', models.CharField(choices=[('application/pdf', 'PDF'), ('image/png', 'PNG picture'), ('image/jpeg', 'JPEG picture'), ('text/csv', 'Table (CSV)'), ('text/plain', 'Plain text')], max_length=20)),
                ('size_bytes', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('path', models.CharField(max_length=200)),
                ('put_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('put_by', models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='HoldReply',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('words', models.TextField()),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('written_by', models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('ref', models.CharField(max_length=60)),
                ('service_date', models.DateField()),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('units', models.DecimalField(decimal_places=4, max_digits=14)),
                ('body_hash', models.BinaryField()),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('received_by', models.CharField(max_length=100)),
            ],
        ),
        migrations.AddField(
            model_name='idempotentrequest',
            name='operation',
            field=models.CharField(choices=[('send_invoice', 'Send an invoice'), ('send_batch', 'Send invoices together'), ('send_visits', 'Send records of visits'), ('put_attachment', 'Send a file about a held line'), ('answer_hold', 'Answer about a held line')], default='send_invoice', max_length=20),
        ),
        migrations.AlterField(
            model_name='idempotentrequest',
            name='invoice',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='invoices.invoice'),
        ),
        migrations.AddConstraint(
            model_name='idempotentrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invoice__isnull', False), ('operation', 'send_invoice')), models.Q(('invoice__isnull', True), ('operation__in', ['send_invoice', 'send_batch', 'send_visits', 'put_attachment', 'answer_hold']), models.Q(('operation', 'send_invoice'), _negated=True)), _connector='OR'), name='invoices_request_says_what_it_wrote'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='hold',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='invoices.hold'),
        ),
        migrations.AddField(
            model_name='holdreply',
            name='attachment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='invoices.attachment'),
        ),
        migrations.AddField(
            model_name='holdreply',
            name='hold',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='invoices.hold'),
        ),
        migrations.AddField(
            model_name='visit',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='commissioning.contract'),
        ),
        migrations.AddField(
            model_name='visit',
            name='council',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.council'),
        ),
        migrations.AddField(
            model_name='visit',
            name='membership',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='clusters.membership'),
        ),
        migrations.AddField(
            model_name='visit',
            name='provider',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='providers.provider'),
        ),
        migrations.AddField(
            model_name='visit',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='commissioning.contractservice'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('media_type__in', ['application/pdf', 'image/png', 'image/jpeg', 'text/csv', 'text/plain']), ('size_bytes__gt', 0), ('size_bytes__lte', 5000000), models.Q(('name', ''), _negated=True)), name='invoices_attachment_is_of_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='holdreply',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='invoices_reply_says_something'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['provider', 'service_date'], name='invoices_visit_by_day'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('provider', 'ref'), name='invoices_visit_ref_is_used_once'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('service', 'membership', 'started_at', 'ended_at'), name='invoices_visit_is_recorded_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__gt', models.F('started_at'))), name='invoices_visit_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('units__gt', 0)), name='invoices_visit_is_of_something'),
        ),
        migrations.RunSQL(
            sql=(SQL / "visits_and_answers_stay.sql").read_text(),
            reverse_sql=(SQL / "visits_and_answers_stay_undo.sql").read_text(),
        ),
    ]
