"""Seal how it was worked out what somebody pays: it names what they spend because of an illness."""

from django.db import migrations

from sealing.actions import SealColumns
from sealing.models import SealedJSONField


class Migration(migrations.Migration):
    """Seal the lines of financial assessments."""

    dependencies = [("budgets", "0013_stand_behind_the_wall")]
    operations = [SealColumns("FinancialAssessment", lines=SealedJSONField(default=list))]
