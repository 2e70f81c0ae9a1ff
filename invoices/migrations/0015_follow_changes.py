"""Whatever a provider's system follows leaves a row behind when it changes; the SQL lies beside."""

from pathlib import Path

import django.db.models.functions.datetime
from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('invoices', '0014_let_members_dispute_what_they_paid'),
    ]

    operations = [
        migrations.CreateModel(
            name='SyncEpoch',
            fields=[
                ('number', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('server', models.BigIntegerField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('epoch', models.SmallIntegerField()),
                ('txid', models.BigIntegerField()),
                ('provider_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('contract', 'Contract'), ('invoice', 'Invoice or credit note'), ('hold', 'Hold'), ('payment', 'Payment'), ('visit', 'Visit')], max_length=10)),
                ('object_id', models.UUIDField()),
                ('noted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(fields=['provider_id', 'kind', 'epoch', 'txid', 'id'], name='invoices_change_in_order')],
                'constraints': [models.UniqueConstraint(fields=('object_id', 'kind', 'epoch', 'txid'), name='invoices_change_is_noted_once_a_transaction'), models.CheckConstraint(condition=models.Q(('kind__in', ['contract', 'invoice', 'hold', 'payment', 'visit'])), name='invoices_change_kind_is_known')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "changes_are_noted.sql").read_text(), reverse_sql=(SQL / "changes_are_noted_undo.sql").read_text()
        ),
    ]
