"""Pick-lists of 办证申请: the six kinds of business, the steps and the stages between them (domain §1.5.3)."""

from django.db.models import TextChoices


class Business(TextChoices):
    NEW = "new", "新办"
    RENEW = "renew", "换领"
    MOVE = "move", "迁移"
    REISSUE = "reissue", "挂失补办"
    CANCEL = "cancel", "注销"
    CHANGE = "change", "类别等级变更"


class Applicant(TextChoices):
    SELF = "self", "本人"
    GUARDIAN = "guardian", "监护人"


class Stage(TextChoices):
    """Where an application stands; from 已办结 on it is over."""

    APPLIED = "applied", "已申请"
    RETURNED = "returned", "退回补正"
    ACCEPTED = "accepted", "已受理"
    ASSESSED = "assessed", "已评定"
    PUBLISHED = "published", "公示中"
    APPROVED = "approved", "已审批"
    MADE = "made", "已制证"
    DONE = "done", "已办结"
    NOT_ASSESSED = "not_assessed", "拒绝评定"
    DISAPPROVED = "disapproved", "不予批准"
    WITHDRAWN = "withdrawn", "已撤回"


class StepKind(TextChoices):
    """What was done with an application on a day."""

    APPLY = "apply", "申请"
    ACCEPT = "accept", "受理"
    RETURN = "return", "退回补正"
    ASSESS = "assess", "评定"
    REFUSE = "refuse", "拒绝评定"
    PUBLISH = "publish", "公示"
    APPROVE = "approve", "审批"
    DISAPPROVE = "disapprove", "不予批准"
    MAKE = "make", "制证"
    ISSUE = "issue", "发放"
    FINISH = "finish", "办结"
    WITHDRAW = "withdraw", "撤回"
