"""What is due in the shared facts that count as residents' work."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from portal.figures.engine import evidence
from portal.ledgers.listing import all_dates
from portal.today.days import told_late
from portal.worklists import Act, Group, Worklist, editing, recorded, register, stepping
from residents.enums import ProblemState, PushResult
from residents.models import Assistance, DataRequest, JobPush, Problem
from residents.workflow import REPLIED, UNANSWERED

OURS = Q(domains__contains=["residents"])
PATIENCE = timedelta(days=30)
WEEK, QUARTER = timedelta(days=7), timedelta(days=90)


def long_pending(code: str, units):
    """Rows of the figure ``code`` that were applied for more than 30 days ago, the oldest first."""
    before = timezone.localdate() - PATIENCE
    rows = evidence(code, units, all_dates()).filter(occurred_on__lt=before)
    return rows.select_related("resident").order_by("occurred_on", "pk")


def days_waited(application) -> str:
    return f"已 {(timezone.localdate() - application.occurred_on).days} 天"


def applications(units):
    return long_pending("applications.pending", units).filter(OURS)


def without_amount(units):
    rows = Assistance.objects.kept().filter(OURS, unit__in=units, amount__isnull=True)
    return rows.select_related("resident").order_by("occurred_on", "pk")


def overdue_problems(units):
    """Not settled, and to be within a week or before; the longest overdue first."""
    rows = evidence("problems.pending", units, all_dates()).filter(
        OURS, due_on__lte=timezone.localdate() + WEEK
    )
    return rows.order_by("due_on", "pk")


def unassigned_problems(units):
    rows = Problem.objects.kept().filter(OURS, unit__in=units, state=ProblemState.OPEN, owner="")
    return rows.order_by("occurred_on", "pk")


def unanswered_pushes(units):
    """Told a week ago and nobody asked what came of it; older than a quarter nobody will ask."""
    today = timezone.localdate()
    rows = JobPush.objects.kept().filter(
        unit__in=units,
        info__domains__contains=["residents"],
        result=PushResult.WAITING,
        occurred_on__range=(today - QUARTER, today - WEEK),
    )
    return rows.select_related("resident", "info").order_by("occurred_on", "pk")


def unanswered_requests(units):
    """Requests about personal data that wait for an answer, the nearest term first."""
    rows = DataRequest.objects.kept().filter(unit__in=units, state__in=UNANSWERED)
    return rows.select_related("resident").order_by("due_on", "pk")


def requests_to_hand_over(units):
    rows = DataRequest.objects.kept().filter(unit__in=units, state__in=REPLIED)
    return rows.select_related("resident").order_by("answered_on", "pk")


def request_named(row) -> str:
    return f"{row.resident.name}：{row.get_kind_display()}（{row.number}）"


def days_overdue(problem) -> str:
    return told_late(problem.due_on, timezone.localdate()) or f"{problem.due_on} 到期"


def in_name(user) -> Q:
    """What one recorded, and what one's name stands at."""
    return recorded(user, "residents") | Q(owner=user.name)


register(
    Worklist(
        "residents.overdue_problems",
        "问题事项到期或超过办理期限",
        "residents.view",
        overdue_problems,
        ledger="problems",
        text=lambda row: f"{row.title}（{row.owner or '未定责任人'}）",
        due=days_overdue,
        day="due_on",
        act=editing("办结"),
        own=in_name,
    ),
    Worklist(
        "residents.unassigned_problems",
        "问题事项还没有责任人",
        "residents.view",
        unassigned_problems,
        ledger="problems",
        text=str,
        due=lambda row: f"{row.occurred_on}",
        group=Group.MEND,
        act=editing("定责任人"),
    ),
    Worklist(
        "residents.unanswered_pushes",
        "岗位推送一周以上未回访",
        "residents.view",
        unanswered_pushes,
        ledger="job-pushes",
        text=lambda row: f"{row.resident.name}：{row.info.post}",
        due=lambda row: f"{row.occurred_on}",
        group=Group.MEND,
        act=editing("登记结果"),
    ),
    Worklist(
        "residents.long_pending",
        "申请办理中超过 30 天",
        "residents.view",
        applications,
        ledger="applications",
        text=lambda row: f"{row.resident.name}：{row.what}",
        due=days_waited,
        group=Group.MEND,
        act=editing("登记结果"),
    ),
    Worklist(
        "residents.without_amount",
        "慰问救助金额未填",
        "residents.view",
        without_amount,
        ledger="assistance",
        text=lambda row: f"{row.resident.name}：{row.get_kind_display()}",
        due=lambda row: f"{row.occurred_on}",
        group=Group.MEND,
        act=editing("补填金额"),
    ),
    Worklist(
        "residents.data_requests",
        "个人信息请求待答复",
        "residents.view",
        unanswered_requests,
        ledger="data-requests",
        text=request_named,
        due=days_overdue,
        day="due_on",
        act=Act("办理", page="detail"),
    ),
    Worklist(
        "residents.data_replies",
        "个人信息请求的答复待送达",
        "residents.view",
        requests_to_hand_over,
        ledger="data-requests",
        text=request_named,
        due=lambda row: f"{row.answered_on} 答复",
        group=Group.MEND,
        act=stepping("送达办结", "data-request-step", "close"),
    ),
)
