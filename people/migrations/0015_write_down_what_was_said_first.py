"""The first conversation with somebody is written down, and kept as it was written. The SQL lies beside."""

from pathlib import Path

import django.db.models.deletion
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0014_write_down_who_looked'),
    ]

    operations = [
        migrations.CreateModel(
            name='FirstContact',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('contacted_date', models.DateField()),
                ('by_whom', models.CharField(blank=True, max_length=200)),
                ('words', models.TextField()),
                ('language', models.CharField(blank=True, max_length=200)),
                ('communication', models.CharField(blank=True, max_length=500)),
                ('contact', models.CharField(blank=True, max_length=500)),
                ('recorded_at', models.DateTimeField()),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='first_contact', to='people.person')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='people_firstcontact_says_something')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "first_contacts_are_kept.sql").read_text(),
            reverse_sql=(SQL / "first_contacts_are_kept_undo.sql").read_text(),
        ),
    ]
