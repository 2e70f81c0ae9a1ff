from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("invoices", "0002_keep_what_was_sent"),
    ]

    operations = [
        migrations.AddField(
            model_name="idempotentrequest",
            name="answer",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
    ]
