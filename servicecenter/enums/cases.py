"""Pick-lists of cases: where they come from, where they stand, how they end."""

from django.db.models import TextChoices


class CaseState(TextChoices):
    """Where a case stands (domain §2.2). 回复 is apart from 办结: a case is closed when it is replied."""

    REGISTERED = "registered", "待受理"
    SUPPLEMENT = "supplement", "待补正"
    REFUSED = "refused", "不予受理"
    CANCELLED = "cancelled", "已撤销"
    ACCEPTED = "accepted", "待派办"
    ASSIGNED = "assigned", "待接办"
    HANDLING = "handling", "办理中"
    SENT_UP = "sent_up", "待街道收件"
    AT_STREET = "at_street", "街道办理中"
    PAUSED = "paused", "已挂起"
    DECIDED = "decided", "已办结待回复"
    REPLIED = "replied", "已回复"
    ARCHIVED = "archived", "已归档"


class Outcome(TextChoices):
    GRANTED = "granted", "准予（办成）"
    DENIED = "denied", "不予（未批准）"
    ENDED = "ended", "终止"
    WITHDRAWN = "withdrawn", "申请人撤回"


class CaseChannel(TextChoices):
    WINDOW = "window", "窗口"
    PHONE = "phone", "电话"
    DOORSTEP = "doorstep", "上门"
    ONLINE = "online", "网上"
    VISIT = "visit", "民情走访"
    HOTLINE = "hotline", "12345 热线"


class ReplyMode(TextChoices):
    IN_PERSON = "in_person", "当面"
    PHONE = "phone", "电话"
    MESSAGE = "message", "短信或微信"
    DOORSTEP = "doorstep", "上门"
    PAPER = "paper", "书面送达"
    ONLINE = "online", "网上"


class PauseReason(TextChoices):
    """What stops the clock (行政许可法第四十五条 and by analogy)."""

    NOTICE = "notice", "公示"
    ASSESSMENT = "assessment", "残疾评定"
    EXPERTISE = "expertise", "检测鉴定"
    JOINT_REVIEW = "joint_review", "会审"
    MATERIALS = "materials", "等候补充材料"
    OTHER = "other", "其他"


class HandOverKind(TextChoices):
    ASSIGN = "assign", "派办"
    TRANSFER = "transfer", "转办"


class HandOverAnswer(TextChoices):
    WAITING = "waiting", "待接办"
    TAKEN = "taken", "已接办"
    RETURNED = "returned", "已退回"


class OutsiderKind(TextChoices):
    PERSON = "person", "个人"
    COMPANY = "company", "企业"
    BUSINESS = "business", "个体商户"
    SOCIETY = "society", "其他组织"


class Light(TextChoices):
    """How much of the promised time is left; told in words, never by colour alone."""

    GREEN = "green", "正常"
    YELLOW = "yellow", "临期"
    RED = "red", "超期"
    STOPPED = "stopped", "停钟"
