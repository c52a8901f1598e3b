"""What is due in reception: consultations and questions without an answer, disputes that go on, agreements
that nobody asked after."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from portal.worklists import Group, Worklist, editing, register
from servicecenter.enums.reception import EchoState, MediationResult
from servicecenter.models import Echo, Mediation, Reception, ReceptionDay

# Local customs, in days: by when people are told something, and agreements asked after.
ANSWER_WITHIN, REPLY_WITHIN = timedelta(days=3), timedelta(days=5)
MEDIATE_WITHIN, SETTLE_WITHIN, ASK_AFTER = (
    timedelta(days=30),
    timedelta(days=15),
    timedelta(days=30),
)


def kept(model, units):
    return model.objects.kept().filter(unit__in=units)


def since(span) -> dict:
    return {"occurred_on__lte": timezone.localdate() - span}


def unanswered(units):
    rows = kept(Reception, units).filter(
        answered_on__isnull=True, case__isnull=True, **since(ANSWER_WITHIN)
    )
    return rows.select_related("resident").order_by("occurred_on", "pk")


def unsolved(units):
    rows = kept(ReceptionDay, units).filter(solved__lt=F("raised"), **since(SETTLE_WITHIN))
    return rows.order_by("occurred_on", "pk")


def running(units):
    rows = kept(Mediation, units).filter(result=MediationResult.RUNNING, **since(MEDIATE_WITHIN))
    return rows.order_by("occurred_on", "pk")


def not_asked_after(units):
    rows = kept(Mediation, units).filter(
        signed_on__lte=timezone.localdate() - ASK_AFTER, followed_up_on__isnull=True
    )
    return rows.order_by("signed_on", "pk")


def unreplied(units):
    rows = kept(Echo, units).filter(replied_on__isnull=True, **since(REPLY_WITHIN))
    return rows.order_by("occurred_on", "pk")


def unmoderated(units):
    """Replied to, agreed to be shown, and neither passed nor held; or passed and not yet published."""
    waiting = Q(state=EchoState.WAITING) | Q(state=EchoState.PASSED, published_on__isnull=True)
    rows = kept(Echo, units).filter(waiting, may_publish=True, replied_on__isnull=False)
    return rows.order_by("replied_on", "pk")


def listed(code, title, rows, ledger, text, due, act=None) -> Worklist:
    return Worklist(
        f"servicecenter.{code}",
        title,
        "servicecenter.view",
        rows,
        ledger=ledger,
        text=text,
        due=due,
        group=Group.MEND,
        act=act,
    )


register(
    listed(
        "receptions_unanswered",
        "来访咨询 3 天没有答复",
        unanswered,
        "receptions",
        lambda row: f"{row.who}：{row.content[:20]}",
        lambda row: f"{row.occurred_on} 咨询",
        editing("答复"),
    ),
    listed(
        "reception_days_unsolved",
        "接待日事项 15 天没有解决",
        unsolved,
        "reception-days",
        lambda row: f"{row.cadre}接待日还有 {row.pending} 件",
        lambda row: f"{row.occurred_on} 接待",
        editing("登记解决"),
    ),
    listed(
        "mediations_running",
        "矛盾调解 30 天没有结果",
        running,
        "mediations",
        lambda row: f"{row.get_kind_display()}：{row.parties}",
        lambda row: f"{row.occurred_on} 受理",
        editing("登记结果"),
    ),
    listed(
        "agreements_not_followed",
        "调解协议 30 天没有回访",
        not_asked_after,
        "mediations",
        lambda row: f"{row.get_kind_display()}：{row.parties}",
        lambda row: f"{row.signed_on} 签订",
        editing("登记回访"),
    ),
    listed(
        "echoes_unreplied",
        "回音壁问题 5 天没有回复",
        unreplied,
        "echoes",
        lambda row: row.question[:24],
        lambda row: f"{row.occurred_on} 提问",
        editing("回复"),
    ),
    listed(
        "echoes_to_publish",
        "回音壁待审核公开",
        unmoderated,
        "echoes",
        lambda row: row.shown[:24],
        lambda row: f"{row.replied_on} 回复",
        editing("审核公开"),
    ),
)
