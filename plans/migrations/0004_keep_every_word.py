"""Every edit of a document is kept. The SQL lies beside."""

from pathlib import Path
import django.db.models.deletion
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('plans', "0003_freeze_what_was_published"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Edit',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('document', models.UUIDField()),
                ('number', models.PositiveIntegerField()),
                ('field', models.CharField(max_length=100)),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('is_beside', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField()),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['document', 'number'], name='plans_edit_of_a_document')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_beside', False)), fields=('document', 'number', 'field'), name='plans_edit_changes_a_field_once')],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "words_are_kept.sql").read_text(),
            reverse_sql=(SQL / "words_are_kept_undo.sql").read_text(),
        ),
    ]
