"""Pick-lists of the office's own facts."""

from django.db.models import TextChoices


class StationKind(TextChoices):
    STATION = "station", "站所"
    ROOM = "room", "科室"
    HALL = "hall", "服务大厅"
    GROUP = "group", "工作组"


class GroupRole(TextChoices):
    HEAD = "head", "组长"
    DEPUTY = "deputy", "副组长"
    MEMBER = "member", "成员"
    CONTACT = "contact", "联络员"


class EventKind(TextChoices):
    MEETING = "meeting", "工作例会"
    STUDY = "study", "学习会"
    PARTY = "party", "组织生活会"
    THEME = "theme", "主题活动"
    CHECK = "check", "检查"


class Grade(TextChoices):
    EXCELLENT = "excellent", "优秀"
    COMPETENT = "competent", "称职"
    BASIC = "basic", "基本称职"
    FAILED = "failed", "不称职"


class RuleKind(TextChoices):
    REGIME = "regime", "工作制度"
    DUTY = "duty", "岗位职责"
    PROCESS = "process", "办事流程"
    PROMISE = "promise", "公开承诺"
    PACT = "pact", "居民公约"


class DocumentKind(TextChoices):
    NOTICE = "notice", "通知"
    PLAN = "plan", "方案"
    OPINION = "opinion", "意见"
    REGULATION = "regulation", "办法"
    REPLY = "reply", "批复"
    LETTER = "letter", "函"
    MINUTES = "minutes", "纪要"
    OTHER = "other", "其他"


class Secrecy(TextChoices):
    """Classified papers must never be entered: the portal is not built for them."""

    OPEN = "open", "公开"
    INTERNAL = "internal", "内部"


class CertificateKind(TextChoices):
    RESIDENCE = "residence", "居住证明"
    INCOME = "income", "收入状况证明"
    KINSHIP = "kinship", "亲属关系证明"
    HARDSHIP = "hardship", "家庭困难证明"
    STUDY = "study", "社会实践证明"
    OTHER = "other", "其他证明"


class SealKind(TextChoices):
    OFFICE = "office", "居委会（办事处）公章"
    PARTY = "party", "党组织章"
    SERVICE = "service", "业务专用章"
    CONTRACT = "contract", "合同专用章"


class Shift(TextChoices):
    DAY = "day", "白班"
    NIGHT = "night", "夜班"
    WHOLE = "whole", "全天"


class Rank(TextChoices):
    """The level of the body that asks, grants or issues."""

    NATION = "nation", "国家级"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    DISTRICT = "district", "区县级"
    STREET = "street", "街道级"
    OTHER = "other", "本级和其他"


class FacilityKind(TextChoices):
    HALL = "hall", "服务大厅"
    HOME = "home", "残疾人之家"
    DAY_CARE = "day_care", "日间照料中心"
    READING = "reading", "阅览室"
    CULTURE = "culture", "文体活动室"
    SQUARE = "square", "广场和健身场地"
    HEALTH = "health", "卫生服务站"
    WASTE = "waste", "环卫设施"
    OFFICE = "office", "办公用房"
    OTHER = "other", "其他"


class HoldingKind(TextChoices):
    """What a reading room keeps."""

    BOOKS = "books", "图书"
    PERIODICALS = "periodicals", "期刊"
    NEWSPAPERS = "newspapers", "报纸"
    LARGE_PRINT = "large_print", "大字和盲文读物"
    AUDIO = "audio", "有声和电子读物"


class BoardKind(TextChoices):
    DISCLOSURE = "disclosure", "公开栏"
    PUBLICITY = "publicity", "宣传栏"
    SCREEN = "screen", "电子屏"
    NOTICE = "notice", "通知栏"


class SloganKind(TextChoices):
    BANNER = "banner", "横幅"
    WALL = "wall", "墙面标语"
    SIGN = "sign", "标牌"
    SCREEN = "screen", "电子屏"


class PartnerKind(TextChoices):
    OFFICE = "office", "机关"
    SCHOOL = "school", "学校"
    HOSPITAL = "hospital", "医疗机构"
    COMPANY = "company", "企业"
    SOCIETY = "society", "社会组织"
    OTHER = "other", "其他"


class ChannelKind(TextChoices):
    NEWSLETTER = "newsletter", "简报"
    BLOG = "blog", "博客"
    ACCOUNT = "account", "公众号"
    GROUP = "group", "居民群"
    SITE = "site", "网站"
    MEDIA = "media", "媒体报道"


class SurveyGroup(TextChoices):
    DISABLED = "disabled", "残疾人"
    FAMILIES = "families", "残疾人家属"
    RESIDENTS = "residents", "居民"
    APPLICANTS = "applicants", "办事群众"
    VOLUNTEERS = "volunteers", "志愿者"
