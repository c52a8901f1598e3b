"""The work calendar as tables, with the notices of 2004 to 2026 as the package chinesecalendar has them.

The package is asked here and never again: what a later version of it says comes in as a notice does.
"""

from datetime import date

import chinese_calendar.constants as package
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

YEARS = range(2004, 2027)
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
PAPERS = {
    2023: ("国办发明电〔2022〕16号", date(2022, 12, 8)),
    2024: ("国办发明电〔2023〕7号", date(2023, 10, 25)),
    2025: ("国办发明电〔2024〕12号", date(2024, 11, 12)),
    2026: ("国办发明电〔2025〕7号", date(2025, 11, 4)),
}


def year_of(day, name):
    """The year whose notice speaks of the day: New Year's Day may take days of the December before."""
    return day.year + (name == "New Year's Day" and day.month == 12)


def fill(apps, schema_editor):
    notice_model = apps.get_model("portal", "WorkNotice")
    day_model = apps.get_model("portal", "WorkNoticeDay")
    using = schema_editor.connection.alias
    notices = {}
    for year in YEARS:
        number, published = PAPERS.get(year, ("", None))
        notices[year] = notice_model.objects.using(using).create(
            source="national",
            year=year,
            edition=1,
            title=f"国务院办公厅关于{year}年部分节假日安排的通知",
            document_number=number,
            published_on=published,
        )
    days = [
        (notices[year_of(day, name)], day, works, NAMES[name])
        for known, works in ((package.holidays, False), (package.workdays, True))
        for day, name in known.items()
        if year_of(day, name) in notices
    ]
    day_model.objects.using(using).bulk_create(
        day_model(notice=notice, day=day, works=works, name=name)
        for notice, day, works, name in sorted(days, key=lambda each: each[1])
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0011_attachments_read_below"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("national", "国务院办公厅"), ("local", "本地")],
                        max_length=10,
                        verbose_name="发布单位",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2004),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="年度",
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("title", models.CharField(max_length=100, verbose_name="通知名称")),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=50, verbose_name="文号"),
                ),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="发布日期")),
                ("text", models.TextField(blank=True, max_length=8000, verbose_name="通知原文")),
                (
                    "imported_by",
                    models.CharField(blank=True, max_length=100, verbose_name="导入人"),
                ),
                ("imported_at", models.DateTimeField(auto_now_add=True, verbose_name="导入时间")),
            ],
            options={
                "verbose_name": "放假通知",
                "ordering": ["-year", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "year", "edition"),
                        name="worknotice_edition_once",
                        violation_error_message="这一年已有这个版次。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkNoticeDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="日期")),
                ("works", models.BooleanField(verbose_name="上班")),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="名称")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="portal.worknotice",
                        verbose_name="放假通知",
                    ),
                ),
            ],
            options={
                "verbose_name": "通知中的一天",
                "ordering": ["day", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "day"), name="worknoticeday_once")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
