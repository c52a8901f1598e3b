"""Who a resident is, and what was said to them about their data; codes of national tables where one exists."""

from django.db.models import IntegerChoices, TextChoices


class Sex(IntegerChoices):
    """GB/T 2261.1-2003."""

    UNKNOWN = 0, "未知"
    MALE = 1, "男"
    FEMALE = 2, "女"
    UNSTATED = 9, "未说明"


class Education(TextChoices):
    """GB/T 4658-2006, the main groups."""

    GRADUATE = "10", "研究生教育"
    UNDERGRADUATE = "20", "大学本科"
    COLLEGE = "30", "专科"
    VOCATIONAL = "40", "中等职业"
    SENIOR = "60", "普通高级中学"
    JUNIOR = "70", "初级中学"
    PRIMARY = "80", "小学"
    OTHER = "90", "其他"


class MaritalStatus(TextChoices):
    """GB/T 2261.2-2003."""

    SINGLE = "10", "未婚"
    MARRIED = "20", "已婚"
    FIRST_MARRIED = "21", "初婚"
    MARRIED_AGAIN = "22", "再婚"
    REUNITED = "23", "复婚"
    WIDOWED = "30", "丧偶"
    DIVORCED = "40", "离婚"
    UNSTATED = "90", "未说明"


class Politics(TextChoices):
    """GB/T 4762-1984."""

    PARTY = "01", "中共党员"
    PARTY_PROBATIONARY = "02", "中共预备党员"
    YOUTH_LEAGUE = "03", "共青团员"
    RCCK = "04", "民革"
    CDL = "05", "民盟"
    CNDCA = "06", "民建"
    CAPD = "07", "民进"
    CPWDP = "08", "农工党"
    CZGP = "09", "致公党"
    JIUSAN = "10", "九三学社"
    TDSGL = "11", "台盟"
    INDEPENDENT = "12", "无党派民主人士"
    MASSES = "13", "群众"


class Employment(TextChoices):
    """Our own list: what offices ask for."""

    EMPLOYED = "employed", "在业"
    SELF_EMPLOYED = "self_employed", "灵活就业"
    FARMING = "farming", "务农"
    UNEMPLOYED = "unemployed", "失业"
    RETIRED = "retired", "离退休"
    STUDENT = "student", "在校学生"
    PRESCHOOL = "preschool", "学龄前"
    UNABLE = "unable", "无劳动能力"
    OTHER = "other", "其他"


class ConsentKind(TextChoices):
    """What was said under the 个人信息保护法: told (第十七条), agreed, agreed to by itself (第二十九条)."""

    NOTICE = "notice", "告知"
    CONSENT = "consent", "同意"
    SEPARATE = "separate", "单独同意"


class ConsentManner(TextChoices):
    WRITTEN = "written", "书面"
    ORAL = "oral", "口头"
    ONLINE = "online", "线上"
