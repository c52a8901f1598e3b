"""Pick-lists of rehabilitation services and of the agreements for them."""

from django.db.models import TextChoices


class ServiceKind(TextChoices):
    THERAPY = "therapy", "康复治疗"
    FUNCTION = "function", "功能训练"
    ORIENTATION = "orientation", "定向行走训练"
    DAILY_LIVING = "daily_living", "生活能力训练"
    HEARING_SPEECH = "hearing_speech", "听力言语训练"
    DEVICE_USE = "device_use", "辅具使用指导"
    NURSING = "nursing", "护理指导"
    DIET = "diet", "饮食卫生指导"
    CHRONIC = "chronic", "慢性病康复指导"
    MEDICATION = "medication", "用药指导"
    COUNSELLING = "counselling", "心理疏导"
    KNOWLEDGE = "knowledge", "康复知识讲解"
    ASSESSMENT = "assessment", "检查评估"
    RECORD = "record", "健康档案随访"
    OTHER = "other", "其他"


class ServiceMode(TextChoices):
    HOME = "home", "入户"
    PLACE = "place", "机构"
    GROUP = "group", "集体"


class Effect(TextChoices):
    MARKED = "marked", "明显好转"
    SOME = "some", "有所好转"
    NONE = "none", "没有变化"
    WORSE = "worse", "退步"


class Every(TextChoices):
    """The span that an agreed number of services is for."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    YEAR = "year", "每年"


class AgreementState(TextChoices):
    IN_FORCE = "in_force", "履行中"
    ENDED = "ended", "已终止"
