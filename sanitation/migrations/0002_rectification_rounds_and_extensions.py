"""Rounds are about a community (no round was ever stored before this); extensions and working days of orders."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.constraints
import portal.days


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0014_serials_and_trainees"),
        ("sanitation", "0001_sanitation_work"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="rectificationorder",
            name="extended_for",
            field=models.CharField(blank=True, max_length=200, verbose_name="延期原因"),
        ),
        migrations.AddField(
            model_name="rectificationorder",
            name="first_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="原限期日期"),
        ),
        migrations.AddField(
            model_name="rectificationorder",
            name="worked_days",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="整改用时（工作日）"
            ),
        ),
        migrations.AddField(
            model_name="rectificationround",
            name="community",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="portal.unit",
                verbose_name="社区（村）",
            ),
        ),
        migrations.AlterField(
            model_name="rectificationround",
            name="opinion",
            field=models.CharField(blank=True, max_length=200, verbose_name="复查意见"),
        ),
        migrations.AlterField(
            model_name="rectificationround",
            name="passed",
            field=models.BooleanField(
                blank=True,
                choices=[(True, "通过"), (False, "未通过")],
                null=True,
                verbose_name="复查结果",
            ),
        ),
        migrations.AlterField(
            model_name="rectificationround",
            name="rechecked_on",
            field=models.DateField(
                blank=True, null=True, validators=[portal.days.not_future], verbose_name="复查日期"
            ),
        ),
        migrations.AlterField(
            model_name="rectificationround",
            name="rechecker",
            field=models.CharField(blank=True, max_length=50, verbose_name="复查人"),
        ),
        migrations.AddConstraint(
            model_name="rectificationorder",
            constraint=portal.constraints.InOrder(
                first="first_due_on",
                later="due_on",
                name="sanitation_rectificationorder_due_on_not_before_first_due_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectificationorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_due_on__isnull", True),
                    models.Q(("extended_for", ""), _negated=True),
                    _connector="OR",
                ),
                name="rectificationorder_extension_has_reason",
                violation_error_message="延期的整改单，请写明延期原因。",
            ),
        ),
        migrations.AlterConstraint(
            model_name="rectificationround",
            name="rectificationround_rechecked_has_result",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("passed__isnull", True), ("rechecked_on__isnull", True)),
                    models.Q(("passed__isnull", False), ("rechecked_on__isnull", False)),
                    _connector="OR",
                ),
                name="rectificationround_rechecked_has_result",
                violation_error_message="复查日期和复查结果要一起填写。",
            ),
        ),
    ]
