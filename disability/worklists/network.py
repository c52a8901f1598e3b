"""What is due in the network and in publicity: tasks, papers, certificates of workers, consents."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from disability.models import CaseStory, RehabWorker
from disability.models.stories import CONSENTED
from portal.figures.engine import evidence
from portal.ledgers.listing import all_dates
from portal.office.models import Agreement, IncomingDocument, ScheduledEvent, WorkTask
from portal.worklists import Group, Worklist, adding, editing, marking, register
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


def agreements(units):
    """With bodies that do rehabilitation: they end within sixty days."""
    today = timezone.localdate()
    rows = Agreement.objects.kept().filter(
        unit__in=units,
        partner__domains__contains=["disability"],
        ends_on__range=(today, today + BEFORE_END),
    )
    return rows.select_related("partner").order_by("ends_on", "pk")


def events(units):
    """Of this year's schedule: to be held within a week, or not noted as held."""
    today = timezone.localdate()
    rows = ScheduledEvent.objects.kept().filter(
        unit__in=units,
        domains__contains=["disability"],
        held_on__isnull=True,
        planned_on__year=today.year,
        planned_on__lte=today + SOON,
    )
    return rows.order_by("planned_on", "pk")


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


def in_name(field):
    """What one recorded, and what one's name stands at."""
    return lambda user: Q(recorded_by=user) | Q(**{field: user.name})


def listed(code, title, rows, ledger, text, when, **more) -> Worklist:
    return Worklist(
        f"disability.{code}", title, "disability.view", rows, ledger, text, when, **more
    )


FINISH = marking("办结", "done_on")


register(
    listed(
        "tasks_due",
        "残疾人工作任务到期",
        tasks,
        "disability-tasks",
        lambda row: f"{row.title}（{row.owner}）",
        due,
        day="due_on",
        act=FINISH,
        own=in_name("owner"),
    ),
    listed(
        "papers_due",
        "助残收文即将到期",
        papers,
        "disability-incoming",
        lambda row: row.title,
        due,
        day="due_on",
        act=FINISH,
        own=in_name("handler"),
    ),
    listed(
        "agreements_expiring",
        "康复合作协议 60 天内到期",
        agreements,
        "disability-agreements",
        lambda row: f"{row.partner.name}：{row.title}",
        lambda row: f"{row.ends_on} 到期",
        day="ends_on",
        act=adding("续签", "disability-agreements", partner="partner_id", title="title"),
    ),
    listed(
        "events_due",
        "助残年度安排到期或还没有登记开展",
        events,
        "disability-schedule",
        lambda row: row.title,
        lambda row: f"计划 {row.planned_on}",
        day="planned_on",
        act=marking("已开展", "held_on"),
        own=in_name("owner"),
    ),
    listed(
        "worker_certificates",
        "康复人员证书 60 天内到期或已过期",
        certificates,
        "rehab-workers",
        str,
        lambda row: f"{row.certified_until} 到期",
        day="certified_until",
        act=editing("登记新证"),
    ),
    listed(
        "stories_without_consent",
        "典型案例没有同意记录",
        without_consent,
        "case-stories",
        lambda row: row.title,
        lambda row: f"{row.occurred_on}",
        group=Group.MEND,
        act=editing("补记同意"),
    ),
    listed(
        "gifts_uncounted",
        "助残捐赠没有数量",
        uncounted_gifts,
        "disability-donations",
        lambda row: f"{row.resident.name}：{row.goods or row.get_goods_kind_display()}",
        lambda row: f"{row.occurred_on}",
        group=Group.MEND,
        act=editing("补填数量"),
    ),
    listed(
        "pushes_unanswered",
        "助残岗位推送 30 天没有结果",
        unanswered,
        "disability-job-pushes",
        lambda row: f"{row.resident.name}：{row.info}",
        lambda row: f"{row.occurred_on} 推送",
        group=Group.MEND,
        act=editing("登记结果"),
    ),
)
