"""Households, who belongs to them and how, and the spells of residency."""

from django.db.models import TextChoices


class HouseholdKind(TextChoices):
    FAMILY = "family", "家庭户"
    COLLECTIVE = "collective", "集体户"


class DwellingUse(TextChoices):
    """What the owner says of it; whether somebody lives there, the memberships tell."""

    OWN = "own", "自住"
    RENTED = "rented", "出租"
    VACANT = "vacant", "空置"
    BUSINESS = "business", "经营"
    OTHER = "other", "其他"


class Relation(TextChoices):
    """GB/T 4761-2008, the short list that clerks use."""

    HEAD = "02", "户主"
    SPOUSE = "10", "配偶"
    SON = "20", "子"
    SON_IN_LAW = "28", "女婿"
    DAUGHTER = "30", "女"
    DAUGHTER_IN_LAW = "38", "儿媳"
    GRANDCHILD = "40", "孙辈"
    FATHER = "51", "父"
    MOTHER = "52", "母"
    GRANDPARENT = "60", "祖父母"
    SIBLING = "70", "兄弟姐妹"
    OTHER_KIN = "97", "其他亲属"
    NOT_KIN = "99", "非亲属"


class Bond(TextChoices):
    """How a person belongs to a household; told as one choice, kept as two columns."""

    BOTH = "both", "人户一致"
    REGISTERED = "registered", "仅户籍"
    LIVING = "living", "仅居住"

    @classmethod
    def of(cls, registered: bool, living: bool) -> "Bond":
        if registered and living:
            return cls.BOTH
        return cls.REGISTERED if registered else cls.LIVING

    @property
    def columns(self) -> dict[str, bool]:
        """The two columns of a membership."""
        return {"registered": self != Bond.LIVING, "living": self != Bond.REGISTERED}


class ActKind(TextChoices):
    """户变动: what is done to a household as one act, and can be undone as one."""

    SPLIT = "split", "分户"
    MERGE = "merge", "并户"
    MOVE = "move", "迁居"
    NEW_HEAD = "new_head", "变更户主"
    DEATH = "death", "成员去世"
    LEAVE = "leave", "成员迁出"
    JOIN = "join", "成员迁入"
    APART = "apart", "人户分离"
    REUNITE = "reunite", "人户合一"
    UNDO = "undo", "撤销"


class TakeOverOutcome(TextChoices):
    """What a look for a newcomer, or the taking over, came to."""

    MISSING = "missing", "没有找到"
    HERE = "here", "已在本单位"
    EARLY = "early", "日期太早"
    HEAD = "head", "是原单位的户主"
    FOUND = "found", "已找到"
    DONE = "done", "已接收"


class Residency(TextChoices):
    HERE = "here", "户在人在"
    AWAY = "away", "户在人不在"
    LODGING = "lodging", "人在户不在"
    FLOATING = "floating", "流动人口"
    FOREIGN = "foreign", "境外人员"


class SpellStart(TextChoices):
    """Why a spell began. ``CHANGED`` goes on with the spell before it: nobody came."""

    REGISTERED = "registered", "登记入册"
    BORN = "born", "出生"
    MOVED = "moved", "迁入"
    MARRIED = "married", "婚入"
    CHANGED = "changed", "状态变更"


class SpellEnd(TextChoices):
    """Why a spell ended. ``CHANGED`` goes on in the spell after it: nobody left."""

    MOVED = "moved", "迁出"
    DIED = "died", "死亡"
    MARRIED = "married", "婚出"
    CHANGED = "changed", "状态变更"
    OTHER = "other", "其他"
