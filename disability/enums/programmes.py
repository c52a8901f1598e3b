"""Pick-lists of programmes in facilities: kinds, leaving, groups, incidents, placements."""

from django.db.models import TextChoices


class ProgrammeKind(TextChoices):
    SUNSHINE = "sunshine", "阳光之家"
    HOME = "home", "残疾人之家"
    CARE = "care", "温馨护理站"
    NURSING = "nursing", "养护院"
    ROOM = "room", "活动室"
    OTHER = "other", "其他"


class Weekday(TextChoices):
    """As ISO counts them; several are kept as an array of these digits."""

    MONDAY = "1", "周一"
    TUESDAY = "2", "周二"
    WEDNESDAY = "3", "周三"
    THURSDAY = "4", "周四"
    FRIDAY = "5", "周五"
    SATURDAY = "6", "周六"
    SUNDAY = "7", "周日"


WORKING_WEEK = ["1", "2", "3", "4", "5"]


class EnrolmentEnd(TextChoices):
    """Why somebody left a programme."""

    FINISHED = "finished", "期满"
    EMPLOYED = "employed", "就业"
    OVER_AGE = "over_age", "超龄"
    PLACED = "placed", "转入机构"
    WITHDRAWN = "withdrawn", "本人或家属要求"
    HEALTH = "health", "健康原因"
    MOVED = "moved", "迁出"
    DIED = "died", "死亡"
    OTHER = "other", "其他"


class GroupActivity(TextChoices):
    """What an interest group does."""

    PERCUSSION = "percussion", "腰鼓打击乐"
    DANCE = "dance", "舞蹈"
    MUSIC = "music", "声乐器乐"
    PAINTING = "painting", "书画"
    CRAFT = "craft", "编织手工"
    LANGUAGE = "language", "语言学习"
    SPORT = "sport", "体育"
    READING = "reading", "阅读"
    OTHER = "other", "综合和其他"


class IncidentKind(TextChoices):
    LOST = "lost", "走失"
    FALL = "fall", "跌倒"
    CONFLICT = "conflict", "冲突"
    ATTACK = "attack", "发病"
    CHOKING = "choking", "噎食"
    SELF_HARM = "self_harm", "自伤"
    MEDICINE = "medicine", "用药差错"
    FIRE = "fire", "消防"
    OTHER = "other", "其他"


class IncidentSeverity(TextChoices):
    """From a matter without harm to one with death or lasting harm."""

    MINOR = "minor", "轻微"
    ORDINARY = "ordinary", "一般"
    SERIOUS = "serious", "较重"
    GRAVE = "grave", "重大"


class PlacementKind(TextChoices):
    NURSING = "nursing", "养护"
    BOARDING = "boarding", "全日托养"
    DAY = "day", "日间托养"
    TREATMENT = "treatment", "住院治疗"
    OTHER = "other", "其他"


class AttendanceMark(TextChoices):
    PRESENT = "P", "出勤"
    LEAVE = "L", "请假"
    ABSENT = "A", "缺勤"


class SessionKind(TextChoices):
    REHABILITATION = "rehab", "康复训练"
    STUDY = "study", "学习"
    CULTURE = "culture", "文体娱乐"
    OUTDOOR = "outdoor", "户外运动"
    WORK = "work", "手工劳动"
    LIFE = "life", "生活技能"
    OTHER = "other", "其他"


class DoseTime(TextChoices):
    """When of the day a medicine is taken."""

    MORNING = "1", "早"
    NOON = "2", "中"
    EVENING = "3", "晚"


class DoseResult(TextChoices):
    TAKEN = "taken", "已服"
    MISSED = "missed", "漏服"
    REFUSED = "refused", "拒服"


class ContactMode(TextChoices):
    """How the staff of a programme spoke with a family."""

    PHONE = "phone", "电话"
    FACE = "face", "当面"
    HOME = "home", "上门"
    ONLINE = "online", "网上"
    MEETING = "meeting", "家长会"
