"""What demonstration sites keep account of."""

from django.db.models import TextChoices


class Direction(TextChoices):
    INCOME = "in", "收入"
    SPENDING = "out", "支出"


class FundSource(TextChoices):
    VILLAGERS = "villagers", "村民自筹"
    DONATION = "donation", "社会捐赠"
    GRANT = "grant", "上级补助"
    COLLECTIVE = "collective", "集体资金"
    OTHER = "other", "其他"


class PlantKind(TextChoices):
    TREE = "tree", "树木"
    FLOWER = "flower", "花卉"
    SHRUB = "shrub", "灌木、草皮"


class HouseholdGrade(TextChoices):
    CLEANEST = "cleanest", "最清洁"
    CLEAN = "clean", "清洁"
    UNCLEAN = "unclean", "不清洁"
