"""What people apply for through the community."""

from django.db.models import TextChoices


class ApplicationKind(TextChoices):
    """What people apply for through the community (domain §4); one that is missing is 其他, with its
    name."""

    MEDICAL_INSURANCE = "medical_insurance", "医保资助参保"
    DISABILITY_CERTIFICATE = "disability_certificate", "残疾人证"
    LIVING_ALLOWANCE = "living_allowance", "困难残疾人生活补贴"
    NURSING_ALLOWANCE = "nursing_allowance", "重度残疾人护理补贴"
    ASSISTIVE_DEVICE = "assistive_device", "辅助器具"
    OLD_AGE_ALLOWANCE = "old_age_allowance", "高龄津贴"
    ELDER_CARD = "elder_card", "老年证"
    MINIMUM_LIVING = "minimum_living", "低保初审"
    MINIMUM_LIVING_REVIEW = "minimum_living_review", "低保复核"
    MARGINAL = "marginal", "低保边缘认定"
    EXTREME_POVERTY = "extreme_poverty", "特困供养"
    TEMPORARY_RELIEF = "temporary_relief", "临时救助"
    MEDICAL_RELIEF = "medical_relief", "医疗救助"
    PUBLIC_HOUSING = "public_housing", "廉租房、公租房"
    BIRTH_REGISTRATION = "birth_registration", "生育登记"
    JOB_DIFFICULTY = "job_difficulty", "就业困难认定"
    FUNERAL_SUBSIDY = "funeral_subsidy", "殡葬惠民"
    OTHER = "other", "其他"


class ApplicationChannel(TextChoices):
    WINDOW = "window", "窗口"
    AGENT = "agent", "代办"
    HOME = "home", "上门"
    PHONE = "phone", "电话"
    ONLINE = "online", "网上"


class ApplicationState(TextChoices):
    PENDING = "pending", "办理中"
    ACCEPTED = "accepted", "已受理"
    REVIEWING = "reviewing", "审核中"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    WITHDRAWN = "withdrawn", "已撤回"


class Poverty(TextChoices):
    """Low-income categories of domain §1.4 that a medical-insurance subsidy names."""

    NONE = "none", "非困难"
    MINIMUM_LIVING = "minimum_living", "低保"
    EXTREME = "extreme", "特困"
    MARGINAL = "marginal", "低保边缘"
    OTHER = "other", "其他困难"
