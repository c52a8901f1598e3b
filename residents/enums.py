"""Pick-lists of the register and of the shared facts; codes of national tables where one exists."""

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


class ApplicationKind(TextChoices):
    """What people apply for through the community (domain §4); one that is missing is 其他, with its
    name."""

    MEDICAL_INSURANCE = "medical_insurance", "医保资助参保"
    DISABILITY_CERTIFICATE = "disability_certificate", "残疾人证"
    LIVING_ALLOWANCE = "living_allowance", "困难残疾人生活补贴"
    NURSING_ALLOWANCE = "nursing_allowance", "重度残疾人护理补贴"
    ASSISTIVE_DEVICE = "assistive_device", "辅助器具"
    OLD_AGE_ALLOWANCE = "old_age_allowance", "高龄津贴"
    ELDER_CARD = "elder_card", "老年证"
    MINIMUM_LIVING = "minimum_living", "低保初审"
    MINIMUM_LIVING_REVIEW = "minimum_living_review", "低保复核"
    MARGINAL = "marginal", "低保边缘认定"
    EXTREME_POVERTY = "extreme_poverty", "特困供养"
    TEMPORARY_RELIEF = "temporary_relief", "临时救助"
    MEDICAL_RELIEF = "medical_relief", "医疗救助"
    PUBLIC_HOUSING = "public_housing", "廉租房、公租房"
    BIRTH_REGISTRATION = "birth_registration", "生育登记"
    JOB_DIFFICULTY = "job_difficulty", "就业困难认定"
    FUNERAL_SUBSIDY = "funeral_subsidy", "殡葬惠民"
    OTHER = "other", "其他"


class ApplicationChannel(TextChoices):
    WINDOW = "window", "窗口"
    AGENT = "agent", "代办"
    HOME = "home", "上门"
    PHONE = "phone", "电话"
    ONLINE = "online", "网上"


class ApplicationState(TextChoices):
    PENDING = "pending", "办理中"
    ACCEPTED = "accepted", "已受理"
    REVIEWING = "reviewing", "审核中"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    WITHDRAWN = "withdrawn", "已撤回"


class Poverty(TextChoices):
    """Low-income categories of domain §1.4 that a medical-insurance subsidy names."""

    NONE = "none", "非困难"
    MINIMUM_LIVING = "minimum_living", "低保"
    EXTREME = "extreme", "特困"
    MARGINAL = "marginal", "低保边缘"
    OTHER = "other", "其他困难"


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


class ProblemKind(TextChoices):
    LIVELIHOOD = "livelihood", "生活困难"
    HEALTH = "health", "就医康复"
    WORK = "work", "就业"
    HOUSING = "housing", "住房物业"
    ENVIRONMENT = "environment", "环境卫生"
    FACILITIES = "facilities", "公共设施"
    SAFETY = "safety", "安全隐患"
    DISPUTE = "dispute", "矛盾纠纷"
    POLICY = "policy", "政策咨询"
    OTHER = "other", "其他"


class ProblemSource(TextChoices):
    VISIT = "visit", "走访"
    DIARY = "diary", "民情日记"
    CONSULTATION = "consultation", "健康咨询"
    WALK_IN = "walk_in", "来访"
    PHONE = "phone", "来电"
    INSPECTION = "inspection", "巡查"
    MEETING = "meeting", "会议"
    OTHER = "other", "其他"


class ProblemState(TextChoices):
    OPEN = "open", "待办"
    WORKING = "working", "办理中"
    HANDED_UP = "handed_up", "已上报"
    SOLVED = "solved", "已解决"
    UNSOLVABLE = "unsolvable", "无法解决"
