"""Members say on which days they are away; what was said is kept. The rules are in the SQL file beside."""

from pathlib import Path

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

import budgets.models
import ledger.models.fields

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("clusters", "0011_hear_whom_it_is_about")]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("start_date", models.DateField()),
                ("end_date", models.DateField()),
                (
                    "cause",
                    models.CharField(
                        choices=[("holiday", "I am on holiday"), ("illness", "I am ill, or in hospital")], max_length=10
                    ),
                ),
                ("said_by", models.CharField(max_length=100)),
                ("said_at", models.DateTimeField(db_default=Now())),
                ("back_date", models.DateField(null=True)),
                ("cancelled_by", models.CharField(blank=True, max_length=100)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="absences", to="clusters.membership"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("end_date__gt", F("start_date"))), name="clusters_absence_is_a_day"
                    ),
                    models.CheckConstraint(
                        condition=Q(("cause__in", ["holiday", "illness"])), name="clusters_absence_cause_is_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("back_date__isnull", True), ("cancelled_at__isnull", True), ("cancelled_by", "")),
                            Q(
                                ("back_date__gte", F("start_date")),
                                ("back_date__lt", F("end_date")),
                                ("cancelled_at__isnull", False),
                                Q(("cancelled_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="clusters_absence_ends_sooner_in_words",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (budgets.models.DateRange("start_date", Coalesce("back_date", "end_date")), "&&"),
                            ("membership", "="),
                        ],
                        name="clusters_absence_never_overlaps_another",
                    ),
                ]
            },
        ),
        migrations.RunSQL(
            (SQL / "absences_are_kept.sql").read_text(),
            (SQL / "absences_are_kept_undo.sql").read_text(),
        ),
    ]
