"""入会申请: what comes in from a page without sign-in, and what such a page may read of it.

Reviewed as part of the wall (ADR 21): ``volunteers_public_application`` tells an application by the
keyed hash of its code, always in one row, without a word that was typed, and the number given on
approval.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import portal.fields
from portal.wall.public_role import add_function

APPLICATION = """
CREATE FUNCTION volunteers_public_application(code text)
RETURNS TABLE (
  state text, occurred_on date, answered_on date, answer text, number text, unit text, phone text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.state, a.occurred_on, a.answered_on, a.answer, v.serial_number,
    coalesce(o.name, u.name), o.phone
  FROM (SELECT code) AS asked
  LEFT JOIN public.volunteers_volunteerapplication AS a
    ON a.code_hash = code AND a.deleted_at IS NULL
  LEFT JOIN public.volunteers_volunteer AS v ON v.id = a.became_key AND v.deleted_at IS NULL
  LEFT JOIN public.portal_unit AS u ON u.id = a.unit_id
  LEFT JOIN LATERAL (
    SELECT s.name, s.phone FROM public.volunteers_volunteerorg AS s
    WHERE s.unit_id = u.id AND s.deleted_at IS NULL AND s.kind IN ('head', 'station')
      AND s.founded_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date
      AND coalesce(s.ended_on, 'infinity') >= (now() AT TIME ZONE 'Asia/Shanghai')::date
    ORDER BY s.kind, s.id LIMIT 1
  ) AS o ON true
$$
"""
SIGNATURE = "volunteers_public_application(text)"


def create(apps, schema_editor):
    add_function(schema_editor, SIGNATURE, APPLICATION)


def drop(apps, schema_editor):
    schema_editor.execute(f"DROP FUNCTION {SIGNATURE}")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0014_serials_and_trainees"),
        ("volunteers", "0003_certificates_and_their_verification"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="volunteer",
            name="serial_number",
            field=models.CharField(
                blank=True,
                help_text="一般留空，由系统编号；纸质登记册上已有编号的填在这里。",
                max_length=24,
                verbose_name="志愿者编号",
            ),
        ),
        migrations.CreateModel(
            name="VolunteerApplication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="登记时间"
                    ),
                ),
                ("deleted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "highlight",
                    models.BooleanField(
                        default=False,
                        help_text="勾选后，总结中可单独成一句。",
                        verbose_name="写入总结",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("sent", "待处理"), ("taken", "已接收"), ("declined", "已退回")],
                        default="sent",
                        editable=False,
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                (
                    "consented",
                    models.BooleanField(default=False, verbose_name="已同意个人信息处理告知"),
                ),
                ("form_key", models.UUIDField(editable=False, unique=True)),
                ("code_hash", models.CharField(editable=False, max_length=32, unique=True)),
                ("became_key", models.BigIntegerField(editable=False, null=True)),
                (
                    "answered_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="处理日期"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="退回原因"
                    ),
                ),
                ("occurred_on", models.DateField(verbose_name="收到日期")),
                (
                    "name",
                    portal.fields.EncryptedTextField(
                        max_length=50, purpose="letter", verbose_name="姓名"
                    ),
                ),
                (
                    "id_kind",
                    models.CharField(
                        choices=[
                            ("citizen", "居民身份证"),
                            ("household_book", "户口簿"),
                            ("hk_macao_residence", "港澳居民居住证"),
                            ("taiwan_residence", "台湾居民居住证"),
                            ("hk_macao_permit", "港澳居民来往内地通行证"),
                            ("taiwan_permit", "台湾居民来往大陆通行证"),
                            ("foreign_resident", "外国人永久居留身份证"),
                            ("passport", "护照"),
                            ("none", "暂无"),
                        ],
                        max_length=24,
                        verbose_name="证件类型",
                    ),
                ),
                (
                    "id_number",
                    portal.fields.EncryptedTextField(
                        max_length=500, purpose="id", verbose_name="证件号码"
                    ),
                ),
                ("id_hash", models.CharField(editable=False, max_length=32)),
                (
                    "sex",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "未知"), (1, "男"), (2, "女"), (9, "未说明")],
                        verbose_name="性别",
                    ),
                ),
                ("born_on", models.DateField(verbose_name="出生日期")),
                (
                    "phone",
                    portal.fields.EncryptedTextField(
                        max_length=500, purpose="phone", verbose_name="联系电话"
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=80, verbose_name="居住区域")),
                (
                    "skills",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("medical", "医疗护理"),
                                ("law", "法律"),
                                ("teaching", "教育辅导"),
                                ("repair", "水电维修"),
                                ("hairdressing", "理发"),
                                ("psychology", "心理疏导"),
                                ("arts", "文艺"),
                                ("sports", "体育健身"),
                                ("computers", "电脑手机"),
                                ("sign_language", "手语"),
                                ("languages", "外语"),
                                ("driving", "驾驶"),
                                ("rescue", "应急救护"),
                                ("cooking", "烹饪"),
                                ("writing", "写作摄影"),
                                ("other", "其他"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="服务技能",
                    ),
                ),
                (
                    "intentions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("elders", "助老"),
                                ("disabled", "助残"),
                                ("children", "关爱儿童"),
                                ("cleaning", "环境卫生"),
                                ("patrol", "义务巡逻"),
                                ("medical", "义诊健康"),
                                ("law", "法律服务"),
                                ("publicity", "政策宣传"),
                                ("culture", "文体活动"),
                                ("emergency", "应急救援"),
                                ("handy", "便民维修"),
                                ("other", "其他"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="服务意向",
                    ),
                ),
                (
                    "free_times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("weekday_morning", "工作日上午"),
                                ("weekday_afternoon", "工作日下午"),
                                ("weekday_evening", "工作日晚上"),
                                ("weekend_morning", "周末上午"),
                                ("weekend_afternoon", "周末下午"),
                                ("weekend_evening", "周末晚上"),
                                ("holidays", "节假日"),
                            ],
                            max_length=24,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="服务时间",
                    ),
                ),
                (
                    "profession",
                    models.CharField(blank=True, max_length=60, verbose_name="职业和资格"),
                ),
                ("may_publish", models.BooleanField(default=False, verbose_name="同意公开姓名")),
                (
                    "guardian_name",
                    portal.fields.EncryptedTextField(
                        blank=True, max_length=50, purpose="letter", verbose_name="监护人姓名"
                    ),
                ),
                (
                    "guardian_phone",
                    portal.fields.EncryptedTextField(
                        blank=True, max_length=500, purpose="phone", verbose_name="监护人电话"
                    ),
                ),
                ("guardian_agrees", models.BooleanField(default=False, verbose_name="监护人同意")),
                (
                    "deleted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "grid"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.unit",
                        verbose_name="网格",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "志愿者申请",
                "ordering": ["-occurred_on", "-pk"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["unit", "state"], name="volunteerapplication_state")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""), ("answered_on__isnull", True), ("state", "sent")
                            ),
                            models.Q(
                                ("answer", ""), ("answered_on__isnull", False), ("state", "taken")
                            ),
                            models.Q(
                                ("answered_on__isnull", False),
                                ("state", "declined"),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="volunteerapplication_answered",
                        violation_error_message="处理过的有日期，退回的还有原因。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("id_kind", "none"), _negated=True),
                        name="volunteerapplication_has_id",
                        violation_error_message="网上申请须有证件号码；没有证件的请到社区办理。",
                    ),
                ],
            },
        ),
        migrations.RunPython(create, drop, elidable=False),
    ]
