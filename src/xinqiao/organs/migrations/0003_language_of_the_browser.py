"""Whoever never chose a language reads the one of the browser."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organs", "0002_classes_and_places")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="language",
            field=models.CharField(blank=True, default="", max_length=8),
        ),
    ]
