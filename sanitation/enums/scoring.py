"""How a quarter's score comes about."""

from django.db.models import IntegerChoices, TextChoices


class Quarter(IntegerChoices):
    Q1 = 1, "一季度"
    Q2 = 2, "二季度"
    Q3 = 3, "三季度"
    Q4 = 4, "四季度"


class RunState(TextChoices):
    """公布之后可提异议；定稿后只读；冻结后永远不变。"""

    DRAFT = "draft", "编制中"
    PUBLISHED = "published", "已公布（异议期）"
    FINAL = "final", "已定稿"
    FROZEN = "frozen", "已冻结"


class TieRule(TextChoices):
    """Which of the penalties those bear who share a place among the last."""

    LIGHTER = "lighter", "取较轻的一档"
    AVERAGE = "average", "取各档平均"
    HEAVIER = "heavier", "取较重的一档"


class VisitBase(TextChoices):
    HOUSEHOLDS = "households", "走访到的户数占总户数的比例"
    VISITS = "visits", "走访次数"


class LineKind(TextChoices):
    """The parts of a quarter's score; their points add up to it exactly."""

    CHECK = "check", "季度检查得分"
    PATROL = "patrol", "巡查扣分"
    PATROL_CAP = "patrol_cap", "巡查扣分封顶"
    RESTORED = "restored", "整改返还"
    SPECIAL = "special", "专项考核"
    FEE = "fee", "收费加分"
    RANKING = "ranking", "入户排名扣分"
    WARNING = "warning", "警告扣分"
    OBJECTION = "objection", "异议调整"
    BOUND = "bound", "上下限调整"


class AssessmentKind(TextChoices):
    """What special checks give points for (S8-20, S8-21)."""

    POSTERS = "posters", "画报粘贴"
    SORTING = "sorting", "分类减量"
    OTHER = "other", "其他专项"
