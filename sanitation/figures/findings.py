"""Figures of what inspections find: by type, fault and serious ones, with photos; the same problem once.

Only what is open counts, as with inspections; a problem found again counts with its first finding.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from portal.figures import Category, Total, register
from portal.figures.categories import GridCategory
from portal.models import Attachment
from sanitation.enums.inspections import InspectionKind, ProblemType
from sanitation.figures.base import flow, ratio
from sanitation.models import Finding


@dataclass(frozen=True)
class FaultCategory(Category):
    """By the fault as rubrics word it, whatever the edition; last what lies outside the rubric."""

    label: str = "扣分情形"
    path: str = "fault__title"
    choices: dict = field(default_factory=dict)
    unstated: str = "评分表以外"

    def labels(self, units):
        rows = Finding.objects.kept().filter(OPEN, community__in=units, fault__isnull=False)
        titles = rows.order_by("fault__title").values_list("fault__title", flat=True)
        return {title: title for title in titles.distinct()} | {self.UNSTATED: self.unstated}

    def narrowed(self, rows, value, period):
        if value == self.UNSTATED:
            return rows.filter(fault__isnull=True)
        return rows.filter(**{self.path: value})

    def spread(self, rows, period):
        return rows.annotate(_fault=Coalesce(self.path, Value(self.UNSTATED))), "_fault"


OPEN = Q(is_open=True)
ONCE = OPEN & Q(same_as__isnull=True)
WITH_PHOTO = Q(
    Exists(
        Attachment.objects.filter(
            subject=Finding._meta.label_lower,
            subject_id=OuterRef("pk"),
            deleted_at__isnull=True,
        )
    )
)
BY = {
    "problem": Category("问题类型", "problem", dict(ProblemType.choices)),
    "kind": Category("检查方式", "inspection__kind", dict(InspectionKind.choices)),
    "fault": FaultCategory(),
    "grid": GridCategory(),
}
SAID = "在期内、检查结果已公开的问题"
SAME = "；注明与其他检查发现的为同一问题的只计一次"

register(
    flow(
        "findings",
        "检查发现问题",
        "个",
        f"发现日期{SAID}条数{SAME}。",
        ("检查发现", "发现问题"),
        model=Finding,
        where=ONCE,
        categories=BY,
    ),
    flow(
        "finding_spots",
        "检查发现问题处数",
        "处",
        f"发现日期{SAID}所登记的处数之和{SAME}。",
        ("问题处数",),
        model=Finding,
        where=ONCE,
        value=Total("occurrences"),
        categories=BY,
    ),
    flow(
        "serious_findings",
        "检查发现严重问题",
        "个",
        f"发现日期{SAID}中标为严重的条数{SAME}。",
        ("严重问题",),
        model=Finding,
        where=ONCE & Q(is_serious=True),
        categories=BY,
    ),
    flow(
        "repeated_findings",
        "检查重复发现问题",
        "个",
        f"发现日期{SAID}中，注明与其他检查发现的为同一问题、因而不另计的条数。",
        ("重复发现",),
        model=Finding,
        where=OPEN & Q(same_as__isnull=False),
        categories=BY,
    ),
    flow(
        "findings_with_photo",
        "检查有照片的问题",
        "个",
        f"发现日期{SAID}中附有照片的条数{SAME}。",
        ("有照片的问题",),
        model=Finding,
        where=ONCE & WITH_PHOTO,
        categories=BY,
    ),
    ratio(
        "finding_photo_rate",
        "检查问题附照片率",
        "检查有照片的问题除以检查发现问题。",
        ("附照片率",),
        of="findings_with_photo",
        among="findings",
        categories=BY,
    ),
)
