"""A council remembers the folder it was loaded from."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import ledger.models.fields


class Migration(migrations.Migration):
    dependencies = [("people", "0001_welcome_people")]

    operations = [
        migrations.CreateModel(
            name="LoadedFolder",
            fields=[
                ("id", models.UUIDField(db_default=ledger.models.fields.UuidV7(), editable=False, primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                ("loaded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("loaded_by", models.CharField(max_length=100)),
                ("council", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="loaded_folder", to="people.council")),
            ],
        ),
    ]
