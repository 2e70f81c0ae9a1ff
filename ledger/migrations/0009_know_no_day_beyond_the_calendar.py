"""PostgreSQL knows days that no calendar has, such as infinity; no entry and no period is of one."""

from datetime import date

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0008_find_by_what_is_asked"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effective_date__range", (date(1900, 1, 1), date(2199, 12, 31))),
                    models.Q(
                        ("concerned_date__isnull", True),
                        ("concerned_date__range", (date(1900, 1, 1), date(2199, 12, 31))),
                        _connector="OR",
                    ),
                ),
                name="ledger_entry_is_of_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_date__lte", date(2199, 12, 31)), ("start_date__gte", date(1900, 1, 1))
                ),
                name="ledger_period_is_of_days",
            ),
        ),
    ]
