import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0018_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfflineEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=20, verbose_name="种类")),
                ("subject", models.CharField(max_length=80, verbose_name="对象")),
                ("subject_id", models.BigIntegerField()),
                ("typed_at", models.DateTimeField(null=True, verbose_name="填写时间")),
                (
                    "received_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="送达时间"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.unit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "离线登记",
                "indexes": [
                    models.Index(fields=["subject", "subject_id"], name="offlineentry_subject")
                ],
            },
        ),
    ]
