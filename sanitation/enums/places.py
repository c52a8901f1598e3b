"""Where and by whom the village is kept clean."""

from django.db.models import TextChoices


class PointKind(TextChoices):
    """What is looked at, and what a clean-up covers (domain §4.2, S8-12)."""

    ROAD = "road", "主次干道、通村公路"
    MARKET = "market", "集镇、主街"
    WATER = "water", "水域"
    TOILET = "toilet", "公厕、户厕"
    BIN = "bin", "垃圾池、桶、收集点"
    YARD = "yard", "房前屋后、庭院"
    FIELD = "field", "田边菜地"
    HILL = "hill", "山边竹林"
    DITCH = "ditch", "水渠塘边"
    INSTITUTION = "institution", "机关事业单位"
    OTHER = "other", "其他"


class Employment(TextChoices):
    FULL = "full", "专职"
    PART = "part", "兼职"
    COOPERATIVE = "cooperative", "环保合作社"
    COMPANY = "company", "保洁公司"


class LeaveKind(TextChoices):
    SICK = "sick", "病假"
    PERSONAL = "personal", "事假"
    INJURY = "injury", "工伤"
    OTHER = "other", "其他"


class KeyUnitKind(TextChoices):
    """Whose waste and forecourt weigh most (S8-18)."""

    FACTORY = "factory", "工矿企业"
    MARKET = "market", "市场、商场"
    CATERING = "catering", "餐饮企业"
    FARM = "farm", "养殖场"
    SCHOOL = "school", "学校"
    HOSPITAL = "hospital", "医疗机构"
    SITE = "site", "建筑工地"
    OTHER = "other", "其他"


class RepresentativeKind(TextChoices):
    LEHE = "lehe", "乐和代表"
    GROUP = "group", "小组代表"
    MUTUAL = "mutual", "互助会成员"
