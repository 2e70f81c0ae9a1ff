"""Keys say who made them and took them back; findings of places that are not rated come without a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("providers", "0001_begin")]

    operations = [
        migrations.AddField("systemkey", "made_by", models.CharField(max_length=100, default=""), preserve_default=False),
        migrations.AddField("systemkey", "revoked_by", models.CharField(blank=True, default="", max_length=100), preserve_default=False),
        migrations.AddConstraint(
            "systemkey",
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | ~models.Q(revoked_by=""),
                name="providers_key_says_who_took_it_back",
            ),
        ),
        migrations.AlterField("cqcrating", "publication_date", models.DateField(null=True)),
        migrations.RemoveConstraint("cqcrating", "providers_rating_is_given_once"),
        migrations.AddConstraint(
            "cqcrating",
            models.UniqueConstraint(
                fields=["location", "population_group", "domain", "publication_date", "report_type"],
                nulls_distinct=False,
                name="providers_rating_is_given_once",
            ),
        ),
    ]
