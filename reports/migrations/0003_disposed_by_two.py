"""What is destroyed by law is destroyed by two accounts, which the tombstone names."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_review_and_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="tombstone",
            name="approved_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="批准人",
            ),
        ),
        migrations.AddConstraint(
            model_name="tombstone",
            constraint=models.CheckConstraint(
                condition=~models.Q(kind="disposed")
                | models.Q(buried_by__isnull=False, approved_by__isnull=False)
                & ~models.Q(buried_by=models.F("approved_by")),
                name="disposed_by_two",
            ),
        ),
    ]
