"""Pick-lists of reception and of the wider services."""

from django.db.models import TextChoices


class ReceptionTopic(TextChoices):
    """What people come to ask; a question on the echo wall is sorted by the same list."""

    RELIEF = "relief", "社会救助"
    DISABLED = "disabled", "残疾人事务"
    INSURANCE = "insurance", "医保社保"
    WORK = "work", "就业创业"
    FAMILY = "family", "生育婚姻"
    HOUSING = "housing", "住房房屋"
    PAPERS = "papers", "户籍证明"
    VETERANS = "veterans", "退役军人"
    ELDERLY = "elderly", "养老服务"
    EDUCATION = "education", "教育入学"
    ESTATE = "estate", "物业环境"
    NEIGHBOURS = "neighbours", "邻里纠纷"
    POLICY = "policy", "政策法规"
    ADVICE = "advice", "意见建议"
    OTHER = "other", "其他"


class ReceptionChannel(TextChoices):
    IN_PERSON = "in_person", "来访"
    PHONE = "phone", "来电"
    DOORSTEP = "doorstep", "上门时询问"
    ONLINE = "online", "网上"
    LETTER = "letter", "来信"
    HOTLINE = "hotline", "12345 热线"


class DisputeKind(TextChoices):
    NEIGHBOURS = "neighbours", "邻里"
    FAMILY = "family", "婚姻家庭"
    ESTATE = "estate", "物业"
    HOUSING = "housing", "房屋宅基地"
    CONTRACT = "contract", "合同债务"
    INJURY = "injury", "损害赔偿"
    LABOUR = "labour", "劳动报酬"
    LAND = "land", "征地拆迁"
    CONSUMER = "consumer", "消费经营"
    OTHER = "other", "其他"


class MediationResult(TextChoices):
    RUNNING = "running", "进行中"
    SUCCEEDED = "succeeded", "调解成功"
    FAILED = "failed", "调解未成功"
    JUDICIAL = "judicial", "转司法途径"


class AgreementKept(TextChoices):
    """What came of a signed agreement; an empty one has not been asked after yet."""

    KEPT = "kept", "已履行"
    PARTLY = "partly", "部分履行"
    BROKEN = "broken", "未履行"


class EchoState(TextChoices):
    """Whether a question of the echo wall may be shown to everybody."""

    WAITING = "waiting", "待审核"
    PASSED = "passed", "可以公开"
    HELD = "held", "不公开"
