"""Paying close family is ended with who and why, and keeps what was paid. The SQL lies beside."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"

class Migration(migrations.Migration):

    dependencies = [
        ('budgets', '0008_meter_care_accounts'),
        ('people', '0014_write_down_who_looked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='familynecessity',
            name='end_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='familynecessity',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='familynecessity',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='familynecessity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('end_date__isnull', False), ('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='budgets_necessity_says_why_it_ended'),
        ),
        migrations.RunSQL(
            sql=(SQL / "necessity_ends_with_a_reason.sql").read_text(),
            reverse_sql=(SQL / "necessity_ends_with_a_reason_undo.sql").read_text(),
        ),
    ]
