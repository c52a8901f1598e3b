"""Letters of residents, published months, and what a page without sign-in may read of them.

Reviewed as part of the wall (ADR 21), as those of 0005: a letter is told by the keyed hash of its
code, always in one row, without a word that was typed; of the echo wall what was answered, passed
and published, in the words that everybody may read; of what is made public that whose place is
this page; the promises in force.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import portal.fields
import portal.months
from portal.wall.public_role import add_function

LETTER = """
CREATE FUNCTION servicecenter_public_letter(code text)
RETURNS TABLE (
  state text, kind text, occurred_on date, answered_on date, answer text, number text,
  unit text, phone text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT l.state, l.kind, l.occurred_on, l.answered_on, l.answer, c.number,
    coalesce(h.name, u.name), h.phone
  FROM (SELECT code) AS asked
  LEFT JOIN public.servicecenter_letter AS l ON l.code_hash = code AND l.deleted_at IS NULL
  LEFT JOIN public.servicecenter_case AS c ON c.id = l.became_key AND l.kind = 'application'
    AND c.deleted_at IS NULL
  LEFT JOIN public.portal_unit AS u ON u.id = l.unit_id
  LEFT JOIN public.servicecenter_hall AS h ON h.unit_id = l.unit_id AND h.deleted_at IS NULL
$$
"""
MONTHS = """
CREATE FUNCTION servicecenter_public_months(at_unit bigint)
RETURNS TABLE (month date, published_on date, rows jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT m.month, m.published_on, m.rows
  FROM public.servicecenter_publishedmonth AS m
  WHERE m.unit_id = at_unit AND m.deleted_at IS NULL
  ORDER BY m.month DESC LIMIT 12
$$
"""
ECHOES = """
CREATE FUNCTION servicecenter_public_echoes(at_unit bigint)
RETURNS TABLE (asked_on date, topic text, question text, reply text, replied_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT e.occurred_on, e.topic, coalesce(nullif(e.wording, ''), e.question), e.reply, e.replied_on
  FROM public.servicecenter_echo AS e
  WHERE e.unit_id = at_unit AND e.deleted_at IS NULL AND e.state = 'passed' AND e.may_publish
    AND e.replied_on IS NOT NULL
    AND e.published_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date
  ORDER BY e.published_on DESC, e.id DESC LIMIT 100
$$
"""
DISCLOSED = """
CREATE FUNCTION servicecenter_public_disclosed(at_unit bigint)
RETURNS TABLE (kind text, title text, content text, since date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT d.kind, d.title, d.content, d.occurred_on
  FROM public.servicecenter_disclosure AS d
  WHERE d.unit_id = at_unit AND d.deleted_at IS NULL AND 'web' = ANY (d.places)
    AND d.occurred_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date
    AND coalesce(d.ends_on, 'infinity') >= (now() AT TIME ZONE 'Asia/Shanghai')::date
  ORDER BY d.kind, d.occurred_on DESC, d.id
$$
"""
PROMISED = """
CREATE FUNCTION servicecenter_public_promised(at_unit bigint)
RETURNS TABLE (aspect text, words text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.aspect, c.text
  FROM public.servicecenter_commitment AS c
  WHERE c.unit_id = at_unit AND c.deleted_at IS NULL
    AND c.starts_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date
    AND coalesce(c.ends_on, 'infinity') >= (now() AT TIME ZONE 'Asia/Shanghai')::date
  ORDER BY c.id
$$
"""
FUNCTIONS = {
    "servicecenter_public_letter(text)": LETTER,
    "servicecenter_public_months(bigint)": MONTHS,
    "servicecenter_public_echoes(bigint)": ECHOES,
    "servicecenter_public_disclosed(bigint)": DISCLOSED,
    "servicecenter_public_promised(bigint)": PROMISED,
}


def create(apps, schema_editor):
    for signature, sql in FUNCTIONS.items():
        add_function(schema_editor, signature, sql)


def drop(apps, schema_editor):
    for signature in FUNCTIONS:
        schema_editor.execute(f"DROP FUNCTION {signature}")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0013_public_tries"),
        ("servicecenter", "0007_supervision_and_ratings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
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
                ("occurred_on", models.DateField(verbose_name="收到日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("application", "网上申请"), ("question", "网上提问")],
                        max_length=12,
                        verbose_name="类别",
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
                ("item_key", models.BigIntegerField(editable=False, null=True)),
                ("item_name", models.CharField(blank=True, max_length=60, verbose_name="事项")),
                (
                    "name",
                    portal.fields.EncryptedTextField(
                        blank=True, max_length=50, purpose="letter", verbose_name="姓名"
                    ),
                ),
                (
                    "id_kind",
                    models.CharField(
                        blank=True,
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
                        blank=True, max_length=500, purpose="id", verbose_name="证件号码"
                    ),
                ),
                ("id_hash", models.CharField(editable=False, max_length=32, null=True)),
                (
                    "phone",
                    portal.fields.EncryptedTextField(
                        blank=True, max_length=500, purpose="phone", verbose_name="联系电话"
                    ),
                ),
                (
                    "content",
                    portal.fields.EncryptedTextField(
                        max_length=1000, purpose="letter", verbose_name="内容"
                    ),
                ),
                ("may_publish", models.BooleanField(default=False, verbose_name="同意公开")),
                (
                    "consented",
                    models.BooleanField(default=False, verbose_name="已同意个人信息处理告知"),
                ),
                ("files", models.BinaryField(null=True)),
                (
                    "files_count",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="附件（个）"
                    ),
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
                "verbose_name": "网上来件",
                "ordering": ["-occurred_on", "-pk"],
                "abstract": False,
                "indexes": [
                    models.Index(fields=["unit", "kind", "state"], name="letter_unit_kind_state")
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
                        name="letter_answered_has_day",
                        violation_error_message="处理过的有日期，退回的还有原因。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "question"), ("item_key__isnull", False), _connector="OR"
                        ),
                        name="letter_application_has_item",
                        violation_error_message="网上申请有事项。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedMonth",
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
                ("month", portal.months.MonthField(verbose_name="月份")),
                ("published_on", models.DateField(editable=False, verbose_name="公开日期")),
                ("rows", models.JSONField(editable=False, verbose_name="数据")),
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
                "verbose_name": "公开月报",
                "ordering": ["-month"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=("unit", "month"),
                        name="publishedmonth_once",
                        violation_error_message="这个月的数据已经公开。",
                    )
                ],
            },
        ),
        migrations.RunPython(create, drop),
    ]
