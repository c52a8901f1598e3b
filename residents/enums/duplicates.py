"""Two records that may be of one person."""

from django.db.models import TextChoices


class DuplicateReason(TextChoices):
    """Why two records may be of one person."""

    NUMBER = "number", "证件号码实为同一个"
    NAME = "name", "姓名相同"
    PINYIN = "pinyin", "姓名读音相同"
    BIRTH = "birth", "出生日期相同"
    PHONE = "phone", "联系电话相同"
    ADDRESS = "address", "现居住地址相同"
    ONE_WITHOUT_ID = "one_without_id", "一方没有证件号码"
    MANUAL = "manual", "由工作人员提出"


class DuplicateDecision(TextChoices):
    OPEN = "open", "待核对"
    LATER = "later", "以后再说"
    DIFFERENT = "different", "不同人"
    SAME = "same", "同一人"
