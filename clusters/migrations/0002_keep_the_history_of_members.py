"""Each change in a membership is kept; a council says how large its clusters are."""

import django.db.models.deletion
import django.db.models.functions.datetime
import ledger.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0001_begin'),
        ('people', '0001_welcome_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('from_state', models.CharField(blank=True, max_length=20)),
                ('to_state', models.CharField(choices=[('invited', 'Invited'), ('asked', 'Asked to join'), ('members_agreed', 'Members have agreed'), ('plan_agreed', 'Professional has agreed'), ('active', 'Member'), ('on_notice', 'Leaving'), ('left', 'Left'), ('declined', 'Not agreed')], max_length=20)),
                ('happened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('acted_by', models.CharField(max_length=100)),
                ('reason', models.CharField(max_length=500)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='clusters.membership')),
            ],
        ),
        migrations.CreateModel(
            name='ClusterPolicy',
            fields=[
                ('id', models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ('effective_date', models.DateField()),
                ('least_members', models.PositiveIntegerField()),
                ('most_members', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=300)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cluster_policies', to='people.council')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('council', 'effective_date'), name='clusters_policy_is_one_from_a_day'), models.CheckConstraint(condition=models.Q(('least_members__gte', 2), ('most_members__gte', models.F('least_members'))), name='clusters_policy_leaves_room_for_a_cluster')],
            },
        ),
    ]
