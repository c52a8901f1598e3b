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
    VALID = "valid", "有效"
    FROZEN = "frozen", "冻结"
    EXPIRED = "expired", "到期未换"
    LOST = "lost", "挂失"
    REPLACED = "replaced", "已换新证"
    MOVED = "moved", "迁出"
    CANCELLED = "cancelled", "注销"


class SelfCare(TextChoices):
    FULL = "full", "完全自理"
    PARTIAL = "partial", "部分自理"
    NONE = "none", "不能自理"
