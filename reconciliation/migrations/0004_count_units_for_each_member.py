"""What was bought is compared with what each member would have bought alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0003_find_statements_by_month")]

    operations = [
        migrations.AddField(
            model_name="servicemonth",
            name="shared_units",
            field=models.DecimalField(decimal_places=4, default=0, max_digits=20),
            preserve_default=False,
        )
    ]
