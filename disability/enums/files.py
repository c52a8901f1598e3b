"""Pick-lists of files and certificates; digits as the certificate number carries them."""

from django.db.models import TextChoices


class Category(TextChoices):
    """GB/T 26341-2010; 多重 stands for two or more of the others."""

    VISION = "1", "视力"
    HEARING = "2", "听力"
    SPEECH = "3", "言语"
    PHYSICAL = "4", "肢体"
    INTELLECTUAL = "5", "智力"
    MENTAL = "6", "精神"
    MULTIPLE = "7", "多重"


class Level(TextChoices):
    """GB/T 26341-2010; the first level is the most severe."""

    FIRST = "1", "一级"
    SECOND = "2", "二级"
    THIRD = "3", "三级"
    FOURTH = "4", "四级"


# What a file lists one by one, also of a 多重 certificate: 42 is 肢体二级.
COMPONENTS = [
    (f"{category.value}{level.value}", f"{category.label}{level.label}")
    for category in Category
    if category is not Category.MULTIPLE
    for level in Level
]


class CertificateStatus(TextChoices):
    """到期未换 is none of them: it follows from the day on which the certificate runs out."""

    VALID = "valid", "有效"
    FROZEN = "frozen", "冻结"
    LOST = "lost", "挂失"
    REPLACED = "replaced", "已换新证"
    MOVED = "moved", "迁出"
    CANCELLED = "cancelled", "注销"


class SelfCare(TextChoices):
    FULL = "full", "完全自理"
    PARTIAL = "partial", "部分自理"
    NONE = "none", "不能自理"


class Communication(TextChoices):
    """How the person is best spoken with."""

    SIGN_LANGUAGE = "sign_language", "手语"
    LIP_READING = "lip_reading", "口型（唇读）"
    WRITING = "writing", "书写交谈"
    LARGE_PRINT = "large_print", "大字"
    BRAILLE = "braille", "盲文"
    READING_ALOUD = "reading_aloud", "口述、代读"
    PLAIN = "plain", "图片、简明语言"
    THROUGH_FAMILY = "through_family", "由家属转达"


class Insurance(TextChoices):
    """What the person is insured by; 未参保 stands alone."""

    RESIDENT_MEDICAL = "resident_medical", "城乡居民医保"
    EMPLOYEE_MEDICAL = "employee_medical", "职工医保"
    RESIDENT_PENSION = "resident_pension", "城乡居民养老保险"
    EMPLOYEE_PENSION = "employee_pension", "职工养老保险"
    WORK_INJURY = "work_injury", "工伤保险"
    COMMERCIAL = "commercial", "商业保险"
    NONE = "none", "未参保"


# Offered where the cause is asked for; any other may be typed.
CAUSES = (
    *("先天性", "遗传", "疾病", "药物中毒", "意外伤害", "工伤", "交通事故", "老年退行性"),
    *("孕产期损伤", "传染病", "原因不明"),
)
NEEDS_GUARDIAN = frozenset({Category.INTELLECTUAL, Category.MENTAL})
ADULT = 18  # who is younger has a guardian
