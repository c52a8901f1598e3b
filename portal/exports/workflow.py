"""The life of a request for full numbers: which act leads where, and whose act it is."""

from django.db.models import TextChoices


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


MOVES = {
    (RequestState.REQUESTED, RequestAction.APPROVE): RequestState.APPROVED,
    (RequestState.REQUESTED, RequestAction.REFUSE): RequestState.REFUSED,
    (RequestState.REQUESTED, RequestAction.WITHDRAW): RequestState.WITHDRAWN,
    (RequestState.APPROVED, RequestAction.REVOKE): RequestState.REVOKED,
    (RequestState.APPROVED, RequestAction.DOWNLOAD): RequestState.APPROVED,
}
APPROVERS = frozenset({RequestAction.APPROVE, RequestAction.REFUSE, RequestAction.REVOKE})
WITH_REASON = frozenset({RequestAction.REFUSE, RequestAction.REVOKE})
