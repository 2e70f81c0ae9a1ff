"""Seal what members have in common, and why they vote as they do."""

from django.db import migrations

from sealing.actions import SealColumns
from sealing.models import SealedTextField


class Migration(migrations.Migration):
    """Seal what members have in common, and why they vote as they do."""

    dependencies = [("clusters", "0012_say_who_is_away"), ("sealing", "0001_know_what_is_sealed")]
    operations = [
        SealColumns(
            "Ballot",
            support=SealedTextField(blank=True),
        ),
        SealColumns(
            "PaperBallot",
            support=SealedTextField(blank=True),
        ),
        SealColumns(
            "Cluster",
            in_common=SealedTextField(blank=True, max_length=200),
        ),
        SealColumns(
            "Hearing",
            words=SealedTextField(),
        ),
    ]
