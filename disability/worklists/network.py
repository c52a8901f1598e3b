"""What is due in the network and in publicity: tasks, papers, certificates of workers, consents."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from disability.models import CaseStory, RehabWorker
from disability.models.stories import CONSENTED
from portal.figures.engine import evidence
from portal.ledgers.listing import all_dates
from portal.office.models import IncomingDocument, WorkTask
from portal.worklists import Worklist, register
from residents.enums import PushResult
from residents.models import JobPush

SOON, BEFORE_END, ANSWER_DUE = timedelta(days=7), timedelta(days=60), timedelta(days=30)


def tasks(units):
    rows = WorkTask.objects.kept().filter(
        unit__in=units,
        plan__domains__contains=["disability"],
        done_on__isnull=True,
        cancelled_on__isnull=True,
        due_on__lte=timezone.localdate() + SOON,
    )
    return rows.order_by("due_on", "pk")


def papers(units):
    rows = IncomingDocument.objects.kept().filter(
        unit__in=units,
        domains__contains=["disability"],
        done_on__isnull=True,
        due_on__lte=timezone.localdate() + SOON,
    )
    return rows.order_by("due_on", "pk")


def certificates(units):
    """Of those in office: run out, or about to within 60 days."""
    today = timezone.localdate()
    in_office = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    rows = RehabWorker.objects.kept().filter(in_office, unit__in=units)
    return rows.filter(certified_until__lte=today + BEFORE_END).order_by("certified_until", "pk")


def without_consent(units):
    rows = CaseStory.objects.kept().filter(~CONSENTED, unit__in=units)
    return rows.order_by("occurred_on", "pk")


def uncounted_gifts(units):
    rows = evidence("disability.donations_uncounted", units, all_dates())
    return rows.select_related("resident").order_by("occurred_on", "pk")


def unanswered(units):
    """Told of a post more than 30 days ago, and no answer noted."""
    rows = JobPush.objects.kept().filter(
        unit__in=units,
        info__domains__contains=["disability"],
        result=PushResult.WAITING,
        occurred_on__lt=timezone.localdate() - ANSWER_DUE,
    )
    return rows.select_related("resident", "info").order_by("occurred_on", "pk")


def due(row) -> str:
    return f"{row.due_on} 到期"


def listed(code, title, rows, ledger, text, when) -> Worklist:
    return Worklist(
        f"disability.{code}", title, "disability.view", rows, ledger=ledger, text=text, due=when
    )


register(
    listed(
        "tasks_due",
        "残疾人工作任务到期",
        tasks,
        "disability-tasks",
        lambda row: f"{row.title}（{row.owner}）",
        due,
    ),
    listed(
        "papers_due", "助残收文即将到期", papers, "disability-incoming", lambda row: row.title, due
    ),
    listed(
        "worker_certificates",
        "康复人员证书 60 天内到期或已过期",
        certificates,
        "rehab-workers",
        str,
        lambda row: f"{row.certified_until} 到期",
    ),
    listed(
        "stories_without_consent",
        "典型案例没有同意记录",
        without_consent,
        "case-stories",
        lambda row: row.title,
        lambda row: f"{row.occurred_on}",
    ),
    listed(
        "gifts_uncounted",
        "助残捐赠没有数量",
        uncounted_gifts,
        "disability-donations",
        lambda row: f"{row.resident.name}：{row.goods or row.get_goods_kind_display()}",
        lambda row: f"{row.occurred_on}",
    ),
    listed(
        "pushes_unanswered",
        "助残岗位推送 30 天没有结果",
        unanswered,
        "disability-job-pushes",
        lambda row: f"{row.resident.name}：{row.info}",
        lambda row: f"{row.occurred_on} 推送",
    ),
)
