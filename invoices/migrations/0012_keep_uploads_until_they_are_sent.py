"""A file that somebody of a provider uploads is kept until they send it, or a day later."""

import django.db.models.deletion
import django.db.models.functions.datetime
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('invoices', '0011_note_what_is_done_with_runs'),
        ('people', '0007_keep_brands_readable'),
        ('providers', '0006_keep_payees_as_given'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('ready', 'Looked at, not sent yet'), ('refused', 'Has to be put right'), ('taken', 'Sent'), ('forgotten', 'Not sent')], max_length=10)),
                ('outcome', models.JSONField(default=list)),
                ('faults', models.JSONField(default=list)),
                ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_at', models.DateTimeField(null=True)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='people.council')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to='providers.provider')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'ready')), fields=['uploaded_at'], name='invoices_upload_by_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['ready', 'refused', 'taken', 'forgotten'])), name='invoices_upload_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'ready'), models.Q(('content', b''), _negated=True)), models.Q(models.Q(('state', 'ready'), _negated=True), ('content', b''), ('ended_at__isnull', False)), _connector='OR'), name='invoices_upload_is_kept_while_ready'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['ready', 'taken']), _negated=True), ('faults', []), _connector='OR'), name='invoices_upload_with_faults_is_not_taken')],
            },
        ),
    ]
