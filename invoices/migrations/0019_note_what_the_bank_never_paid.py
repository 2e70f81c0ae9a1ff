"""It is noted which payments of a sent run the bank never made."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('invoices', '0018_keep_practice_apart'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='runevent',
            name='invoices_run_event_step_is_known',
        ),
        migrations.AlterField(
            model_name='runevent',
            name='step',
            field=models.CharField(choices=[('drafted', 'Drafted'), ('left_out', 'Left a payment out'), ('reviewed', 'Reviewed'), ('sent_back', 'Sent back'), ('approved', 'Approved'), ('fetched', 'Fetched the file for the bank'), ('sent', 'Sent to the bank'), ('cancelled', 'Cancelled'), ('given_up', 'The bank did not make a payment')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='runevent',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['drafted', 'left_out', 'reviewed', 'sent_back', 'approved', 'fetched', 'sent', 'cancelled', 'given_up'])), name='invoices_run_event_step_is_known'),
        ),
    ]
