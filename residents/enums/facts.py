"""Visits, activities, hand-outs and the other facts that departments share."""

from django.db.models import TextChoices


class VisitMode(TextChoices):
    HOME = "home", "入户"
    PHONE = "phone", "电话"
    OFFICE = "office", "来访"
    ONLINE = "online", "网上"


class VisitPurpose(TextChoices):
    GREETING = "greeting", "了解近况"
    DISABILITY_NEEDS = "disability_needs", "残疾人需求"
    POLICY = "policy", "政策宣传"
    CARE = "care", "关爱帮扶"
    HEALTH = "health", "健康康复"
    WASTE_SORTING = "waste_sorting", "垃圾分类"
    SAFETY = "safety", "安全提醒"
    ENQUIRY = "enquiry", "咨询答复"
    REVIEW = "review", "低保复核"
    FOLK = "folk", "民情走访"
    OTHER = "other", "其他"


class ActivityKind(TextChoices):
    PUBLICITY = "publicity", "宣传"
    TRAINING = "training", "培训"
    MEETING = "meeting", "会议学习"
    CULTURE = "culture", "文体联欢"
    VOLUNTEERING = "volunteering", "志愿服务"
    CLEANUP = "cleanup", "卫生清理"
    TECHNIQUE = "technique", "实用技术"
    LECTURE = "lecture", "讲座"
    CONTEST = "contest", "竞赛"
    STUDY_TOUR = "study_tour", "外出学习考察"
    OTHER = "other", "其他"


class Hosting(TextChoices):
    """Whose event it is; an empty one is the unit's own."""

    OWN = "own", "本单位举办"
    JOINED = "joined", "参加其他单位活动"
    GUESTS = "guests", "接待来访"


class TrainingTopic(TextChoices):
    """What a training teaches; that of rehabilitation workers first."""

    SERVICE = "service", "康复服务"
    ASSESSMENT = "assessment", "功能评定"
    PLANNING = "planning", "训练计划"
    COMMUNICATION = "communication", "心理沟通"
    SPEECH = "speech", "言语训练"
    DOORSTEP = "doorstep", "上门调查"
    NEEDS_SURVEY = "needs_survey", "需求调查"
    CARE_DATABASE = "care_database", "养护数据库管理"
    ORIENTATION = "orientation", "盲人定向行走"
    NURSING = "nursing", "家庭护理"
    PARENTS = "parents", "家长课堂"
    EMPLOYMENT = "employment", "就业创业"
    LAW = "law", "政策法规"
    SAFETY = "safety", "安全知识"
    OTHER = "other", "其他"


class HandoutMethod(TextChoices):
    HOME = "home", "入户发放"
    EVENT = "event", "现场发放"
    POINT = "point", "定点取阅"
    MAIL = "mail", "邮寄"


class GoodsKind(TextChoices):
    BOOKS = "books", "图书"
    FOOD = "food", "食品"
    CLOTHES = "clothes", "衣被"
    HOUSEHOLD = "household", "生活用品"
    DEVICES = "devices", "辅助器具"
    STATIONERY = "stationery", "学习用品"
    OTHER = "other", "其他"


class Attendee(TextChoices):
    SELF = "self", "本人"
    FAMILY = "family", "家属"


class AssistanceKind(TextChoices):
    CONDOLENCE = "condolence", "慰问"
    DONATION = "donation", "捐赠"
    RELIEF = "relief", "救助"


class PushMode(TextChoices):
    PHONE = "phone", "电话"
    WECHAT = "wechat", "微信"
    HOME = "home", "上门"
    OFFICE = "office", "来访时告知"


class PushResult(TextChoices):
    WAITING = "waiting", "待回复"
    INTERVIEW = "interview", "已面试"
    HIRED = "hired", "已入职"
    UNWILLING = "unwilling", "无意向"
    UNREACHED = "unreached", "未联系上"


class ConsultationTopic(TextChoices):
    BLOOD_PRESSURE = "blood_pressure", "高血压"
    DIABETES = "diabetes", "糖尿病"
    MEDICINE = "medicine", "用药指导"
    REHABILITATION = "rehabilitation", "康复指导"
    MENTAL = "mental", "心理健康"
    MOTHER_CHILD = "mother_child", "妇幼保健"
    EYES_TEETH = "eyes_teeth", "眼科口腔"
    CHECKUP = "checkup", "体检咨询"
    OTHER = "other", "其他"
