"""Pick-lists of what the office makes public, promises and keeps."""

from django.db.models import TextChoices


class DisclosureKind(TextChoices):
    GUIDE = "guide", "办事指南"
    FEE = "fee", "收费标准"
    REGIME = "regime", "工作制度"
    PROMISE = "promise", "服务承诺"
    PEOPLE = "people", "人员与职责"
    RESULT = "result", "办理结果"
    POLICY = "policy", "惠民政策"
    PHONE = "phone", "咨询监督电话"
    OTHER = "other", "其他"


class DisclosurePlace(TextChoices):
    BOARD = "board", "公开栏"
    HALL = "hall", "大厅"
    SCREEN = "screen", "电子屏"
    WEB = "web", "公开网页"
    GROUP = "group", "居民群"


class CommitmentAspect(TextChoices):
    """What the office promises about (domain §2.4: five are named in the source; two are usual besides)."""

    TIME = "time", "办结时限"
    FEE = "fee", "收费标准"
    MANNER = "manner", "服务态度"
    QUALITY = "quality", "服务质量"
    CONTENT = "content", "承办内容"
    OPENNESS = "openness", "公开监督"
    LIABILITY = "liability", "责任追究"


class CheckResult(TextChoices):
    KEPT = "kept", "已兑现"
    BROKEN = "broken", "未兑现"


class CheckWay(TextChoices):
    SELF = "self", "自查"
    SPOT = "spot", "上级抽查"
    LEDGER = "ledger", "台账核对"
    CALL = "call", "电话回访"
    PUBLIC = "public", "群众反映"
