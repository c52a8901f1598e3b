"""Pick-lists of the network: who works for disabled persons, and what bodies offer."""

from django.db.models import TextChoices


class WorkerRole(TextChoices):
    DOCTOR = "doctor", "社区医生"
    THERAPIST = "therapist", "康复治疗师"
    COORDINATOR = "coordinator", "社区康复协调员"
    COMMISSIONER = "commissioner", "残疾人专职委员"
    HELPER = "helper", "助残员"
    VOLUNTEER = "volunteer", "助残志愿者"


class BodyService(TextChoices):
    """What a body offers to disabled persons (条例第二十条: 社区康复)."""

    MEDICAL = "medical", "康复医疗"
    TRAINING = "training", "功能训练"
    NURSING = "nursing", "康复护理"
    DEVICES = "devices", "辅助器具"
    COUNSELLING = "counselling", "心理疏导"
    EDUCATION = "education", "健康教育"
    ADVICE = "advice", "咨询转介"
    DOORSTEP = "doorstep", "上门服务"
    FAMILIES = "families", "家属培训"
    VOCATIONAL = "vocational", "职业培训"
    DAY_CARE = "day_care", "日间照料"
    BOARDING = "boarding", "寄宿托养"
