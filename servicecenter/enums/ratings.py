"""Pick-lists of ratings (好差评) and of what a bad one sets going (domain §2.6)."""

from django.db.models import IntegerChoices, TextChoices


class RatingLevel(IntegerChoices):
    """The five levels of 国办发〔2019〕51号; the last two are bad (差评)."""

    VERY_SATISFIED = 5, "非常满意"
    SATISFIED = 4, "满意"
    FAIRLY_SATISFIED = 3, "基本满意"
    DISSATISFIED = 2, "不满意"
    VERY_DISSATISFIED = 1, "非常不满意"


WORST_GOOD = RatingLevel.FAIRLY_SATISFIED


class RatingChannel(TextChoices):
    """How the rating came; what comes by link, nobody of the staff has typed."""

    WINDOW = "window", "窗口评价"
    LINK = "link", "链接或二维码"
    CALL_BACK = "call_back", "电话回访"
    PAPER = "paper", "纸质评价表"


class VoidReason(TextChoices):
    MISTAKEN = "mistaken", "误评"
    MALICIOUS = "malicious", "恶意差评"


class RedressState(TextChoices):
    """回访核实 → 整改 → 反馈 → 复核; an appeal that is upheld ends it without remedy."""

    CALLING = "calling", "待回访"
    REMEDY = "remedy", "待整改"
    FEEDBACK = "feedback", "待反馈"
    REVIEW = "review", "待复核"
    APPEALED = "appealed", "申诉待复核"
    DONE = "done", "已办结"
    VOIDED = "voided", "评价不计入"
