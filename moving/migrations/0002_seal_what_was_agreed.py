"""Seal the words with which somebody agrees to move."""

from django.db import migrations

from sealing.actions import SealColumns
from sealing.models import SealedTextField


class Migration(migrations.Migration):
    """Seal the words with which somebody agrees to move."""

    dependencies = [("moving", "0001_move_between_councils"), ("sealing", "0001_know_what_is_sealed")]
    operations = [
        SealColumns(
            "Move",
            agreed_words=SealedTextField(blank=True, max_length=1000),
        ),
    ]
