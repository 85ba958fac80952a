"""The newest unread notices are found in their order, without reading the rest."""

from django.db import migrations, models
from django.db.models import Q

UNREAD = Q(channel="desk", state="queued")


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices")]

    operations = [
        migrations.AddIndex("notice", models.Index(fields=["organ", "id"], name="notice_news_organ", condition=UNREAD)),
        migrations.AddIndex("notice", models.Index(fields=["user", "id"], name="notice_news_user", condition=UNREAD)),
        migrations.RemoveIndex("notice", "notice_unread_organ"),
        migrations.RemoveIndex("notice", "notice_unread_user"),
    ]
