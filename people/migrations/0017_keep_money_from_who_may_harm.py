"""Money is kept from whoever may be harming a person; a mark is only ended. The SQL lies beside."""

from pathlib import Path
import django.db.models.deletion
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0016_say_how_soon_to_look_again'),
    ]

    operations = [
        migrations.CreateModel(
            name='SafeguardingMark',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('reason', models.TextField()),
                ('start_date', models.DateField()),
                ('review_date', models.DateField()),
                ('is_safe_to_tell', models.BooleanField(default=False)),
                ('marked_at', models.DateTimeField()),
                ('end_reason', models.TextField(blank=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kept_from', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('marked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='people_mark_says_why'), models.CheckConstraint(condition=models.Q(('review_date__gt', models.F('start_date'))), name='people_mark_is_looked_at_again'), models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='people_mark_says_why_it_ended'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person', 'kept_from'), name='people_mark_stands_once_a_user')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "marks_stay.sql").read_text(),
            reverse_sql=(SQL / "marks_stay_undo.sql").read_text(),
        ),
    ]
