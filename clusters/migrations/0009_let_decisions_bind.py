"""Let a decision pass only by its method, a ballot say who cast it, and only a decision let somebody in."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    """The rules are in the SQL file; the tests of clusters go round Django to meet each of them."""

    dependencies = [
        ("clusters", "0008_decide_on_later_versions"),
        ("people", "0003_let_helpers_act_and_tell_people"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["admit", "remove", "change_agreement"]), _negated=True),
                    ("subject_id__isnull", False),
                    _connector="OR",
                ),
                name="clusters_decision_says_what_it_is_about",
            ),
        ),
        migrations.RunSQL(
            (SQL / "decisions_bind.sql").read_text(),
            (SQL / "decisions_bind_undo.sql").read_text(),
        ),
    ]
