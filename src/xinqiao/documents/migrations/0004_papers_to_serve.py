"""Papers that wait to be served are asked for organ by organ."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_templates_stay")]
    operations = [
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                fields=["organ", "service_due_on"],
                name="paper_to_serve",
                condition=models.Q(must_be_served=True, state__in=["issued", "failed"]),
            ),
        ),
    ]
