"""The scales by which the effect of rehabilitation is measured: range and direction, as data."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices


class Scale(TextChoices):
    BARTHEL = "barthel", "Barthel 指数"
    ADL = "adl", "日常生活活动（ADL）量表"
    BERG = "berg", "Berg 平衡量表"
    MMSE = "mmse", "简易精神状态检查（MMSE）"
    VAS = "vas", "疼痛视觉模拟评分（VAS）"
    CONFIDENCE = "confidence", "自信心自评"


@dataclass(frozen=True)
class Bounds:
    """``low`` and ``high`` belong to the range; ``step`` is the smallest difference."""

    low: int
    high: int
    lower_is_better: bool = False
    step: Decimal = Decimal(1)


BOUNDS = {
    Scale.BARTHEL: Bounds(0, 100, step=Decimal(5)),
    Scale.ADL: Bounds(14, 56, lower_is_better=True),  # Lawton and Brody, 14 items of 1 to 4
    Scale.BERG: Bounds(0, 56),
    Scale.MMSE: Bounds(0, 30),
    Scale.VAS: Bounds(0, 10, lower_is_better=True, step=Decimal("0.1")),
    Scale.CONFIDENCE: Bounds(1, 5),
}
LOWER_IS_BETTER = [scale.value for scale, bounds in BOUNDS.items() if bounds.lower_is_better]
