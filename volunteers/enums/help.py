from django.db.models import IntegerChoices, TextChoices


class HelpState(TextChoices):
    OPEN = "open", "待安排"
    ARRANGED = "arranged", "已安排"
    DONE = "done", "已服务"
    DECLINED = "declined", "不能安排"


class ServiceKind(TextChoices):
    """What is done for a household (domain §3.4, S4-10)."""

    CLEANING = "cleaning", "打扫卫生"
    ERRANDS = "errands", "代购代办"
    COMPANY = "company", "陪伴聊天"
    MEDICAL = "medical", "医疗服务"
    LEGAL = "legal", "法律服务"
    REPAIR = "repair", "维修"
    HAIRCUT = "haircut", "理发"
    ESCORT = "escort", "陪同就医"
    TUTORING = "tutoring", "学习辅导"
    OTHER = "other", "其他"


class Satisfaction(IntegerChoices):
    VERY_SATISFIED = 5, "非常满意"
    SATISFIED = 4, "满意"
    FAIR = 3, "基本满意"
    UNSATISFIED = 2, "不满意"
    VERY_UNSATISFIED = 1, "非常不满意"


class RecognitionKind(TextChoices):
    LETTER = "letter", "感谢信"
    BANNER = "banner", "锦旗"
    PRAISE = "praise", "口头表扬"
    MEDIA = "media", "媒体表扬"
