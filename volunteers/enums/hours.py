from django.db.models import IntegerChoices, TextChoices


class HoursState(TextChoices):
    """The way of a record of service: see ``workflow.HOURS``."""

    OPEN = "open", "服务中"
    RECORDED = "recorded", "已记录"
    CONFIRMED = "confirmed", "已确认"
    POSTED = "posted", "公示中"
    COUNTED = "counted", "已计入"
    REFUSED = "refused", "不予认定"
    REVOKED = "revoked", "已撤销"


class RecordManner(TextChoices):
    QR = "qr", "扫码签到"
    LEADER = "leader", "现场名单"
    LATER = "later", "事后补记"
    PLACEMENT = "placement", "实践日志"


class CorrectionState(TextChoices):
    OPEN = "open", "待处理"
    ACCEPTED = "accepted", "已更正"
    REFUSED = "refused", "未更正"


class Star(IntegerChoices):
    ONE = 1, "一星级"
    TWO = 2, "二星级"
    THREE = 3, "三星级"
    FOUR = 4, "四星级"
    FIVE = 5, "五星级"
