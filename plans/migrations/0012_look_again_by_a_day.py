"""Whatever is open again is looked at by a day; what is open already within four weeks of when it was opened."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0016_say_how_soon_to_look_again'),
        ('plans', '0011_answer_once_whatever_it_is_about'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='assessment',
            name='plans_assessment_says_why_it_is_open_again',
        ),
        migrations.AddField(
            model_name='assessment',
            name='again_by_date',
            field=models.DateField(null=True),
        ),
        migrations.RunSQL(
            sql="""
            UPDATE plans_assessment SET again_by_date = (reopened_at AT TIME ZONE 'Europe/London')::date + 28
            WHERE state = 'reopened'
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'reopened'), _negated=True), models.Q(('again_by_date__isnull', False), ('reopened_at__isnull', False), models.Q(('reopen_reason', ''), _negated=True)), _connector='OR'), name='plans_assessment_says_why_it_is_open_again'),
        ),
    ]
