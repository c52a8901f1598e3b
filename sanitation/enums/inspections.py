"""How places are looked at, and what is found there."""

from django.db.models import TextChoices


class InspectionKind(TextChoices):
    """Domain §4.1."""

    ROUTINE = "routine", "常规巡查"
    QUARTER = "quarter", "季度检查"
    UNANNOUNCED = "unannounced", "暗访"
    SPECIAL = "special", "专项检查"
    SUPERIOR = "superior", "上级督查"


# Whole checks are marked by every item of a rubric; a patrol only takes note of what it finds.
MARKED = frozenset(
    {
        InspectionKind.QUARTER,
        InspectionKind.UNANNOUNCED,
        InspectionKind.SPECIAL,
        InspectionKind.SUPERIOR,
    }
)
# By the street alone: a community does not hold them over itself.
BY_STREET = frozenset({InspectionKind.QUARTER, InspectionKind.UNANNOUNCED, InspectionKind.SUPERIOR})


class SampleMethod(TextChoices):
    RECOMMENDED = "recommended", "村推荐"
    RANDOM = "random", "随机抽取"
    NAMED = "named", "检查组指定"


class ProblemType(TextChoices):
    """What is wrong, whatever rubric it was found by (S8-14)."""

    HEAP = "heap", "成堆垃圾"
    OLD = "old", "陈年垃圾"
    LITTER = "litter", "散落垃圾"
    BIN_BROKEN = "bin_broken", "垃圾池（桶）破损"
    BIN_FULL = "bin_full", "垃圾池（桶）满溢"
    NOT_EMPTIED = "not_emptied", "未及时清运"
    SEWAGE = "sewage", "污水直排"
    FLOATING = "floating", "水面漂浮物"
    TOILET = "toilet", "厕所不洁"
    STACKED = "stacked", "乱堆乱放"
    OCCUPIED = "occupied", "占道、店外经营"
    ADVERTISING = "advertising", "小广告、违章广告"
    BUILT = "built", "乱搭乱建"
    MIXED = "mixed", "混投、未分类"
    DUTY = "duty", "保洁员不在岗、责任未公示"
    PUBLICITY = "publicity", "宣传、公示不到位"
    OTHER = "other", "其他"


class Grade(TextChoices):
    """Told by score and rubric, never stored."""

    EXCELLENT = "excellent", "优"
    GOOD = "good", "良"
    PASS = "pass", "合格"
    FAIL = "fail", "不合格"


class InspectionState(TextChoices):
    """Told by the inspection and its reply, never stored."""

    BEGUN = "begun", "检查中"
    HELD = "held", "待公布"
    WAITING = "waiting", "待签认"
    SIGNED = "signed", "已签认"
    OBJECTED = "objected", "异议待答复"
    UPHELD = "upheld", "异议成立已更正"
    REFUSED = "refused", "异议不成立"
    DONE = "done", "已提交"
