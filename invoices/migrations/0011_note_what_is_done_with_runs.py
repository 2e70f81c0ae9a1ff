"""Who did what with a payment run, and when, is kept beside it."""

from pathlib import Path

import django.db.models.deletion
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ("invoices", "0010_hold_bank_statements"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RunEvent',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(choices=[('drafted', 'Drafted'), ('left_out', 'Left a payment out'), ('reviewed', 'Reviewed'), ('sent_back', 'Sent back'), ('approved', 'Approved'), ('fetched', 'Fetched the file for the bank'), ('sent', 'Sent to the bank'), ('cancelled', 'Cancelled')], max_length=10)),
                ('detail', models.TextField(blank=True)),
                ('happened_at', models.DateTimeField()),
                ('acted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='invoices.paymentrun')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('step__in', ['drafted', 'left_out', 'reviewed', 'sent_back', 'approved', 'fetched', 'sent', 'cancelled'])), name='invoices_run_event_step_is_known')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "run_events_stay.sql").read_text(), reverse_sql=(SQL / "run_events_stay_undo.sql").read_text()
        ),
    ]
