from django.db.models import TextChoices


class Skill(TextChoices):
    MEDICAL = "medical", "医疗护理"
    LAW = "law", "法律"
    TEACHING = "teaching", "教育辅导"
    REPAIR = "repair", "水电维修"
    HAIRDRESSING = "hairdressing", "理发"
    PSYCHOLOGY = "psychology", "心理疏导"
    ARTS = "arts", "文艺"
    SPORTS = "sports", "体育健身"
    COMPUTERS = "computers", "电脑手机"
    SIGN_LANGUAGE = "sign_language", "手语"
    LANGUAGES = "languages", "外语"
    DRIVING = "driving", "驾驶"
    RESCUE = "rescue", "应急救护"
    COOKING = "cooking", "烹饪"
    WRITING = "writing", "写作摄影"
    OTHER = "other", "其他"


class Intention(TextChoices):
    ELDERS = "elders", "助老"
    DISABLED = "disabled", "助残"
    CHILDREN = "children", "关爱儿童"
    CLEANING = "cleaning", "环境卫生"
    PATROL = "patrol", "义务巡逻"
    MEDICAL = "medical", "义诊健康"
    LAW = "law", "法律服务"
    PUBLICITY = "publicity", "政策宣传"
    CULTURE = "culture", "文体活动"
    EMERGENCY = "emergency", "应急救援"
    HANDY = "handy", "便民维修"
    OTHER = "other", "其他"


class FreeTime(TextChoices):
    WEEKDAY_MORNING = "weekday_morning", "工作日上午"
    WEEKDAY_AFTERNOON = "weekday_afternoon", "工作日下午"
    WEEKDAY_EVENING = "weekday_evening", "工作日晚上"
    WEEKEND_MORNING = "weekend_morning", "周末上午"
    WEEKEND_AFTERNOON = "weekend_afternoon", "周末下午"
    WEEKEND_EVENING = "weekend_evening", "周末晚上"
    HOLIDAYS = "holidays", "节假日"


class JoiningManner(TextChoices):
    """How a volunteer said so; nobody is volunteered (志愿服务条例 第二十五条)."""

    ONLINE = "online", "本人网上申请"
    PAPER = "paper", "本人书面申请"
    ORAL = "oral", "本人口头同意"


class AwardKind(TextChoices):
    MODEL = "model", "先进典型"
    HONOUR = "honour", "表彰"
    REWARD = "reward", "奖励"


class EvaluationSource(TextChoices):
    SERVED = "served", "服务对象评价"
    ORGANISATION = "organisation", "组织评价"
    COMPLAINT = "complaint", "投诉"
