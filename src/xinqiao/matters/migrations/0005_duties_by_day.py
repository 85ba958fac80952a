"""Whoever looks at the duties of all organs asks for those due first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0004_sight")]
    operations = [
        migrations.AddIndex(
            model_name="clockrow",
            index=models.Index(
                fields=["root_organ_id", "legal_due"],
                condition=models.Q(state__in=["running", "missed"]),
                name="clock_due",
            ),
        ),
        migrations.AddIndex(
            model_name="clockrow",
            index=models.Index(
                fields=["root_organ_id", "organ"], condition=models.Q(state="paused"), name="clock_paused"
            ),
        ),
    ]
