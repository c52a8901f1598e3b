"""What is wrong or missing in inspections and rubrics."""

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import ExtractQuarter, ExtractYear

from portal.quality import Severity, register
from portal.quality.family import kept
from sanitation.enums.inspections import InspectionKind as K
from sanitation.models import Inspection, Rubric, RubricItem, SampledGroup
from sanitation.quality.base import rule

SEVERAL_NAMES = r"[、，,；;/\s]"
FULL = 100


def held_by_one(units):
    """Those of superiors name whom they wish."""
    rows = kept(Inspection, units).filter(handed_in_on__isnull=False)
    return rows.exclude(Q(kind=K.SUPERIOR) | Q(inspectors__regex=SEVERAL_NAMES))


def quarter_checks(units):
    return kept(Inspection, units).filter(kind=K.QUARTER)


def without_sample(units):
    sampled = SampledGroup.objects.kept().filter(inspection=OuterRef("pk"))
    return quarter_checks(units).filter(~Exists(sampled), handed_in_on__isnull=False)


def twice_in_a_quarter(units):
    quarter = {"year": ExtractYear("occurred_on"), "quarter": ExtractQuarter("occurred_on")}
    others = Inspection.objects.kept().annotate(**quarter)
    others = others.filter(
        kind=K.QUARTER,
        unit=OuterRef("unit"),
        community=OuterRef("community"),
        year=OuterRef("year"),
        quarter=OuterRef("quarter"),
    )
    rows = quarter_checks(units).annotate(**quarter)
    return rows.filter(Exists(others.exclude(pk=OuterRef("pk"))))


def without_score(units):
    return quarter_checks(units).filter(handed_in_on__isnull=False, score__isnull=True)


def not_a_hundred(units):
    items = RubricItem.objects.kept().filter(rubric=OuterRef("pk")).order_by()
    full = items.values("rubric").annotate(full=Sum("maximum")).values("full")
    rows = kept(Rubric, units).annotate(full=Subquery(full))
    return rows.filter(Q(full__isnull=True) | ~Q(full=FULL))


def begun_after(units):
    """Typed by a rubric that was not in force on the day."""
    rows = kept(Inspection, units)
    early, late = Q(rubric__starts_on__gt=F("occurred_on")), Q(rubric__ends_on__lt=F("occurred_on"))
    return rows.filter(early | late)


register(
    rule(
        "inspection_by_one", "检查人不足两人", "检查应当两人以上，否则结果容易被质疑；请补登检查人。",
        "inspections", held_by_one, Severity.MIDDLE,
    ),
    rule(
        "quarter_check_no_sample", "季度检查没有抽查小组", "抽查小组不足的社区（村）不参加排名。",
        "inspections", without_sample, Severity.MIDDLE,
    ),
    rule(
        "quarter_check_twice", "同一季度有两次季度检查", "季度得分只取一次，请核对是否重复登记。",
        "inspections", twice_in_a_quarter, Severity.HIGH,
    ),
    rule(
        "quarter_check_no_score", "季度检查没有得分", "没有适用的项目或没有评分表，季度得分算不出来。",
        "inspections", without_score, Severity.HIGH,
    ),
    rule(
        "rubric_not_in_force", "评分表在检查当天没有启用", "得分会被质疑，请核对检查日期和版次。",
        "inspections", begun_after, Severity.HIGH,
    ),
    rule(
        "rubric_not_hundred", "评分表合计不是 100 分", "各次检查的得分不好比较，请核对各项分值。",
        "rubrics", not_a_hundred, Severity.MIDDLE,
    ),
)  # fmt: skip
