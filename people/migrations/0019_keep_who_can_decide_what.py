"""Whether somebody can decide something is kept, and authority for who cannot rests on it. The SQL lies beside."""

from pathlib import Path
import django.contrib.postgres.fields
import django.db.models.deletion
import ledger.models.fields
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0018_be_the_same_person_in_two_councils'),
    ]

    operations = [
        migrations.CreateModel(
            name='CapacityRecord',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('matter', models.CharField(choices=[('direct_payment', 'Asking for a direct payment, and looking after it'), ('plan', 'What is in the care and support plan'), ('pool', 'Joining others in a cluster, and leaving it'), ('other', 'Another decision')], max_length=15)),
                ('decision', models.CharField(max_length=500)),
                ('outcome', models.CharField(choices=[('has', 'They can decide this themselves'), ('lacks', 'They cannot decide this themselves now')], max_length=5)),
                ('support', models.TextField()),
                ('impairment', models.TextField(blank=True)),
                ('cannot', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('understand', 'understand what the decision is about'), ('retain', 'keep it in mind for long enough'), ('weigh', 'think it through and choose'), ('communicate', 'say or show what they want')], max_length=12), default=list, size=None)),
                ('because', models.TextField(blank=True)),
                ('is_more_than_unwise', models.BooleanField(default=False)),
                ('reasons', models.TextField()),
                ('assessed_date', models.DateField()),
                ('look_again_date', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='capacity_records', to='people.person')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supersedes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='people.capacityrecord')),
            ],
        ),
        migrations.AddField(
            model_name='authority',
            name='capacity',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='authorities', to='people.capacityrecord'),
        ),
        migrations.AddConstraint(
            model_name='capacityrecord',
            constraint=models.CheckConstraint(condition=models.Q(('matter__in', ['direct_payment', 'plan', 'pool', 'other'])), name='people_capacity_is_of_a_known_matter'),
        ),
        migrations.AddConstraint(
            model_name='capacityrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', ''), _negated=True), models.Q(('support', ''), _negated=True), models.Q(('reasons', ''), _negated=True)), name='people_capacity_says_for_what_and_why'),
        ),
        migrations.AddConstraint(
            model_name='capacityrecord',
            constraint=models.CheckConstraint(condition=models.Q(('cannot__contained_by', ['understand', 'retain', 'weigh', 'communicate'])), name='people_capacity_names_known_abilities'),
        ),
        migrations.AddConstraint(
            model_name='capacityrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('outcome', 'has')), models.Q(('cannot__len__gt', 0), ('is_more_than_unwise', True), ('outcome', 'lacks'), ('look_again_date__isnull', False), models.Q(('impairment', ''), _negated=True), models.Q(('because', ''), _negated=True)), _connector='OR'), name='people_capacity_lack_has_its_causes'),
        ),
        migrations.AddConstraint(
            model_name='capacityrecord',
            constraint=models.CheckConstraint(condition=models.Q(('look_again_date__isnull', True), ('look_again_date__gt', models.F('assessed_date')), _connector='OR'), name='people_capacity_is_looked_at_again_later'),
        ),
        migrations.AddConstraint(
            model_name='capacityrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('supersedes__isnull', True), models.Q(('matter', 'other'), _negated=True)), fields=('person', 'matter'), name='people_capacity_of_a_matter_begins_once'),
        ),
        migrations.RunSQL(
            sql=(SQL / "capacity_is_kept.sql").read_text(),
            reverse_sql=(SQL / "capacity_is_kept_undo.sql").read_text(),
        ),
    ]
