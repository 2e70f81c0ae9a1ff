"""An inbox for documents that come in bulk."""

import django.db.models.deletion
import ledger.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commissioning', '0001_begin_contracts'),
        ('invoices', '0003_keep_the_answer_with_its_request'),
        ('people', '0001_welcome_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='InboxDocument',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('batch', models.CharField(max_length=100)),
                ('place', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('invoice', 'Invoice'), ('credit_note', 'Credit note')], max_length=15)),
                ('number', models.CharField(max_length=60)),
                ('corrects', models.CharField(blank=True, max_length=60)),
                ('issue_date', models.DateField()),
                ('period_start_date', models.DateField()),
                ('period_end_date', models.DateField()),
                ('total_pence', models.BigIntegerField()),
                ('body_hash', models.BinaryField()),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commissioning.contract')),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.council')),
            ],
        ),
        migrations.CreateModel(
            name='InboxLine',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('line_number', models.PositiveIntegerField()),
                ('service_code', models.CharField(max_length=40)),
                ('service_date', models.DateField()),
                ('units', models.DecimalField(decimal_places=4, max_digits=14)),
                ('unit_rate_pence', models.BigIntegerField()),
                ('amount_pence', models.BigIntegerField()),
                ('member_ref', models.CharField(blank=True, max_length=40)),
                ('corrects_line', models.PositiveIntegerField(null=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='invoices.inboxdocument')),
            ],
        ),
        migrations.AddConstraint(
            model_name='inboxdocument',
            constraint=models.UniqueConstraint(fields=('council', 'batch', 'place'), name='invoices_inbox_document_has_its_place'),
        ),
    ]
