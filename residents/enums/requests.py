"""个人信息请求: what a person may ask for, who asks for them, and why one may be refused."""

from django.db.models import TextChoices


class RequestKind(TextChoices):
    SEE = "see", "查阅、复制"
    CORRECT = "correct", "更正、补充"
    DELETE = "delete", "删除"
    CARRY = "carry", "转移"


class RequestAsker(TextChoices):
    SELF = "self", "本人"
    GUARDIAN = "guardian", "监护人"
    AGENT = "agent", "委托代理人"
    RELATIVE = "relative", "近亲属（本人已去世）"


class RequestState(TextChoices):
    REGISTERED = "registered", "待核验"
    VERIFIED = "verified", "待答复"
    ANSWERED = "answered", "已答复"
    REFUSED = "refused", "不予办理"
    WITHDRAWN = "withdrawn", "已撤回"
    CLOSED = "closed", "已办结"


class RefusalGround(TextChoices):
    """Articles of the 个人信息保护法 (PIPL), but for the first."""

    IDENTITY = "identity", "申请人身份或代理权未能核实"
    SECRECY = (
        "secrecy",
        "法律、行政法规规定应当保密或不需要告知（第十八条第一款、第四十五条第一款）",
    )
    DUTY = "duty", "告知将妨碍国家机关履行法定职责（第三十五条、第四十五条第一款）"
    PERIOD = "period", "法律、行政法规规定的保存期限未届满（第四十七条第二款）"
    TECHNICAL = (
        "technical",
        "删除在技术上难以实现，已停止除存储和保护以外的处理（第四十七条第二款）",
    )
    CORRECT_AS_IS = "correct_as_is", "经核实，登记的内容准确、完整（第四十六条）"
    CONDITIONS = "conditions", "不符合国家网信部门规定的转移条件（第四十五条第三款）"
