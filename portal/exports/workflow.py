"""The life of a request for full numbers: which act leads where, and whose act it is."""

from django.db.models import TextChoices

from portal.workflow import Step, Workflow


class RequestState(TextChoices):
    REQUESTED = "requested", "待批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未批准"
    WITHDRAWN = "withdrawn", "已撤回"
    REVOKED = "revoked", "已收回"


class RequestAction(TextChoices):
    APPROVE = "approve", "批准"
    REFUSE = "refuse", "不批准"
    WITHDRAW = "withdraw", "撤回申请"
    REVOKE = "revoke", "收回批准"
    DOWNLOAD = "download", "下载"


class RequestPurpose(TextChoices):
    REPORT = "report", "上级部门要求报送"
    BENEFIT = "benefit", "核对待遇发放名单"
    SERVICE = "service", "为居民集中办理业务"
    EMERGENCY = "emergency", "应急排查联系"
    OTHER = "other", "其他（在说明中写明）"


A, S = RequestAction, RequestState
REQUESTER, APPROVER = "requester", "approver"
_OPEN, _GRANTED = frozenset({S.REQUESTED}), frozenset({S.APPROVED})

REQUEST = Workflow(
    {
        A.APPROVE: Step(A.APPROVE.label, _OPEN, S.APPROVED, who=APPROVER),
        A.REFUSE: Step(A.REFUSE.label, _OPEN, S.REFUSED, needs=("note",), who=APPROVER),
        A.WITHDRAW: Step(A.WITHDRAW.label, _OPEN, S.WITHDRAWN, who=REQUESTER),
        A.REVOKE: Step(A.REVOKE.label, _GRANTED, S.REVOKED, needs=("note",), who=APPROVER),
        A.DOWNLOAD: Step(A.DOWNLOAD.label, _GRANTED, S.APPROVED, who=REQUESTER),
    }
)
