"""An agreement may share a service in another way under one of its contracts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clusters", "0002_keep_the_history_of_members")]

    operations = [
        migrations.AddField(
            "sharingterm", "contract_ref", models.CharField(blank=True, default="", max_length=40), preserve_default=False
        ),
        migrations.RemoveConstraint("sharingterm", "clusters_sharing_term_is_one_a_service"),
        migrations.AddConstraint(
            "sharingterm",
            models.UniqueConstraint(
                fields=["agreement", "service_code", "contract_ref"], name="clusters_sharing_term_is_one_a_service"
            ),
        ),
    ]
