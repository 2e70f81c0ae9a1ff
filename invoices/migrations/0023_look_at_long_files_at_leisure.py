"""Long files of invoices are looked at and sent by a worker, and kept until then."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('invoices', '0022_let_visits_be_withdrawn'),
        ('people', '0009_let_managers_agree_plans'),
        ('providers', '0008_let_systems_practise'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='upload',
            name='invoices_upload_state_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='upload',
            name='invoices_upload_is_kept_while_ready',
        ),
        migrations.RemoveConstraint(
            model_name='upload',
            name='invoices_upload_with_faults_is_not_taken',
        ),
        migrations.RemoveIndex(
            model_name='upload',
            name='invoices_upload_by_age',
        ),
        migrations.AlterField(
            model_name='upload',
            name='state',
            field=models.CharField(choices=[('looking', 'Being looked at'), ('ready', 'Looked at, not sent yet'), ('refused', 'Has to be put right'), ('sending', 'Being sent'), ('taken', 'Sent'), ('forgotten', 'Not sent')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='upload',
            index=models.Index(condition=models.Q(('state__in', ['looking', 'ready', 'sending'])), fields=['uploaded_at'], name='invoices_upload_by_age'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['looking', 'ready', 'refused', 'sending', 'taken', 'forgotten'])), name='invoices_upload_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['looking', 'ready', 'sending']), models.Q(('content', b''), _negated=True)), models.Q(models.Q(('state__in', ['looking', 'ready', 'sending']), _negated=True), ('content', b''), ('ended_at__isnull', False)), _connector='OR'), name='invoices_upload_is_kept_until_it_is_sent'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['looking', 'ready', 'sending', 'taken']), _negated=True), ('faults', []), _connector='OR'), name='invoices_upload_with_faults_is_not_taken'),
        ),
    ]
