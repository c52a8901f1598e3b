"""指标 of the set-up of sanitation work: shares of the office's papers, rules, stations and plans."""

from django.db.models import Q

from portal.figures import Category, register
from portal.ledgers.shares import part_of
from portal.office.enums import DocumentKind, Rank, RuleKind, StationKind
from portal.office.figures.plans import STANDING, done_by_end, open_at_end
from portal.office.models import (
    Campaign,
    IncomingDocument,
    PolicyDocument,
    PostHolder,
    Rule,
    Station,
    WorkTask,
)
from sanitation.figures.base import own_flow, own_stock, ratio
from sanitation.selectors.shares import OURS, RULES

OF_OUR_PLANS = part_of("plan__domains", "sanitation")["where"]
IN_FORCE = {"starts": "starts_on", "ends": "ends_on", "ends_inclusive": True}


def of(choices, label, path="kind") -> dict:
    return {path: Category(label, path, dict(choices.choices))}


def our_tasks_done(period) -> Q:
    return OF_OUR_PLANS & done_by_end(period)


def our_tasks_open(period) -> Q:
    return OF_OUR_PLANS & open_at_end(period)


def tasks(code, label, definition, keywords=(), **options):
    return own_flow(
        code, label, "项", definition, keywords, model=WorkTask, date="due_on", **options
    )


register(
    own_stock(
        "campaigns",
        "正在开展的环境整治专项工作",
        "项",
        "期末那一天已开始、尚未结束、计入环境卫生的专项工作项数。",
        model=Campaign,
        where=OURS,
        **IN_FORCE,
        categories=of(Rank, "级别", "rank"),
    ),
    own_flow(
        "documents",
        "印发环卫文件",
        "份",
        "印发日期在期内、计入环境卫生、由本单位印发的文件份数。",
        ("方案", "文件"),
        model=PolicyDocument,
        where=OURS,
        categories=of(DocumentKind, "文种"),
    ),
    own_flow(
        "incoming",
        "收到环卫来文",
        "份",
        "收文日期在期内、计入环境卫生的来文份数。",
        ("来文",),
        model=IncomingDocument,
        where=OURS,
        categories=of(DocumentKind, "文种") | of(Rank, "级别", "rank"),
    ),
    own_stock(
        "rules",
        "现行环卫制度",
        "项",
        "期末那一天已实施、未废止、计入环境卫生的制度项数，居民公约另计。",
        ("制度",),
        model=Rule,
        where=RULES,
        **IN_FORCE,
        categories=of(RuleKind, "类型"),
    ),
    own_stock(
        "stations",
        "环卫管理机构",
        "个",
        "期末那一天已设立、未撤销、计入环境卫生的站所室个数。",
        ("机构",),
        model=Station,
        where=OURS,
        **IN_FORCE,
        categories=of(StationKind, "类型"),
    ),
    own_stock(
        "staff",
        "环卫管理人员",
        "人",
        "期末那一天在计入环境卫生的岗位上的人员记录数，一人兼两岗算两个。",
        ("工作人员", "管理人员"),
        model=PostHolder,
        where=part_of("post__domains", "sanitation")["where"],
        **IN_FORCE,
    ),
    tasks(
        "tasks_planned",
        "环卫计划任务",
        "完成期限在期内的环卫工作计划任务项数，取消的不算。",
        ("计划任务",),
        where=OF_OUR_PLANS & STANDING,
    ),
    tasks(
        "tasks_done",
        "环卫完成任务",
        "完成期限在期内的环卫工作计划任务中，到期末已完成的项数。",
        ("完成任务",),
        where=our_tasks_done,
    ),
    tasks(
        "tasks_open",
        "环卫未完成任务",
        "完成期限在期内、没有取消、到期末还没有完成的环卫工作计划任务项数。",
        where=our_tasks_open,
    ),
    ratio(
        "task_rate",
        "环卫任务完成率",
        "环卫完成任务 ÷ 环卫计划任务，都按完成期限归入时段。",
        ("任务完成率",),
        of="tasks_done",
        among="tasks_planned",
    ),
)
