"""Signs of something unusual, as data: what is counted, over which span, and from how many on it is shown."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractHour, TruncDay, TruncHour
from django.utils import timezone

from portal.models import AccessLog, SecurityEvent

A, K = AccessLog.Action, SecurityEvent.Kind
TAKEN_ALONG = [A.EXPORT, A.PDF, A.CLEAR]
NIGHT = Q(hour__gte=22) | Q(hour__lt=6)
MOST_SHOWN = 100


@dataclass(frozen=True)
class Sign:
    """``least`` within one ``span`` (an hour or a day) by one account, or from one address, is a sign."""

    name: str
    title: str
    help: str
    model: type
    condition: Q
    amount: object
    least: int
    measure: str
    span: type = TruncDay
    who: str = "user"

    @property
    def span_format(self) -> str:
        """Of the template filter ``date``: a span is told as what it is, not as its first minute."""
        return "Y-m-d" if self.span is TruncDay else "Y-m-d H 时"


SIGNS = (
    Sign(
        "unmasks", "一小时内大量查看完整号码", "同一账号一小时内查看 20 次以上。",
        AccessLog, Q(action=A.UNMASK), Count("pk"), 20, "次", TruncHour,
    ),
    Sign(
        "night", "夜间导出或打印", "22 时至次日 6 时导出、打印或取走完整号码。",
        AccessLog, NIGHT & Q(action__in=TAKEN_ALONG), Count("pk"), 1, "次",
    ),
    Sign(
        "bulk", "一天内大量导出", "同一账号一天内导出、打印合计 5000 行以上。",
        AccessLog, Q(action__in=TAKEN_ALONG), Sum("rows"), 5000, "行",
    ),
    Sign(
        "clear", "导出完整号码", "经批准导出未遮盖的号码，每次都列出。",
        AccessLog, Q(action=A.CLEAR), Sum("rows"), 1, "行",
    ),
    Sign(
        "files", "一小时内大量查看附件", "同一账号一小时内打开附件 30 份以上。",
        AccessLog, Q(action=A.FILE), Count("pk"), 30, "份", TruncHour,
    ),
    Sign(
        "failed", "同一账号多次登录失败", "一小时内失败 5 次以上，可能有人在试密码。",
        SecurityEvent, Q(kind=K.SIGN_IN_FAILED, user__isnull=False), Count("pk"), 5, "次", TruncHour,
    ),
    Sign(
        "guessing", "同一来源多次登录失败", "同一地址一小时内失败 20 次以上，可能在逐个试账号。",
        SecurityEvent, Q(kind=K.SIGN_IN_FAILED), Count("pk"), 20, "次", TruncHour, "address",
    ),
    Sign(
        "locked", "账号被暂停登录", "因多次失败而暂停，每次都列出。",
        SecurityEvent, Q(kind=K.LOCKED), Count("pk"), 1, "次",
    ),
    Sign(
        "night_sign_in", "夜间登录", "22 时至次日 6 时登录。",
        SecurityEvent, NIGHT & Q(kind=K.SIGNED_IN), Count("pk"), 1, "次",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    who: str
    when: object
    amount: int


def seen(sign: Sign, units: frozenset[int], days: int) -> list[Seen]:
    """Where the sign was seen in the last days, the latest first, within the auditor's units. Events of no
    unit (an unknown account) are everybody's."""
    since = timezone.now() - timedelta(days=days)
    within = Q(unit__in=units)
    if sign.model is SecurityEvent:
        within |= Q(unit__isnull=True)
    whom = ["user__name", "user__username"] if sign.who == "user" else [sign.who]
    rows = (
        sign.model.objects.annotate(hour=ExtractHour("at"))
        .filter(within, sign.condition, at__gte=since)
        .annotate(span=sign.span("at"))
        .values("span", *whom)
        .annotate(amount=sign.amount)
        .filter(amount__gte=sign.least)
        .order_by("-span")[:MOST_SHOWN]
    )
    return [
        Seen(
            "".join(f"（{row[w]}）" if n else str(row[w]) for n, w in enumerate(whom)),
            row["span"],
            row["amount"],
        )
        for row in rows
    ]
