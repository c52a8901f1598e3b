"""指标 of the check of subsidies: who misses out, who may draw too much, whose review is due."""

from django.db.models import Q

from disability.enums.subsidies import SubsidyRule
from disability.figures.base import stock
from disability.models import Certificate, Subsidy
from disability.models.subsidies import standard_on
from disability.selectors.subsidy_rules import open_rows, open_undue
from portal.figures import Distinct, register


def missing(period) -> Q:
    return Q(pk__in=open_rows(SubsidyRule.MISSING, period.end).values("pk"))


def undue(period) -> Q:
    return open_undue(period.end)


def review_due(period) -> Q:
    return Q(pk__in=open_rows(SubsidyRule.REVIEW, period.end).values("pk"))


def without_standard(period) -> Q:
    priced = Subsidy.objects.annotate(now=standard_on(period.end)).filter(now__isnull=True)
    return Q(pk__in=priced.values("pk"))


def drawn(code, label, definition, where, keywords=()):
    return stock(
        code,
        label,
        "人",
        definition,
        keywords,
        model=Subsidy,
        where=where,
        value=Distinct("resident"),
        starts="starts_on",
        ends="ends_on",
        ends_inclusive=True,
    )


register(
    stock(
        "subsidy_due_missing",
        "残疾人补贴应享未享",
        "人",
        "期末那一天持有效残疾人证、符合某种补贴条件，没有在享、没有在办申请、也没有核查结果的人，去重。",
        ("应享未享",),
        model=Certificate,
        where=missing,
        looks_up=True,  # which kinds are due
        value=Distinct("resident"),
        starts="occurred_on",
        ends="ended_on",
    ),
    drawn(
        "subsidy_undue",
        "残疾人补贴疑似多享",
        "期末那一天在享受补贴，而已去世、离开、没有有效残疾人证、等级或困难类别不符、"
        "与其他待遇重复，且没有核查结果的人，去重。",
        undue,
        ("疑似多享", "不应享"),
    ),
    drawn(
        "subsidy_review_due",
        "补贴复核到期",
        "期末那一天在享受补贴，距上次复核（没有复核过的为计发起月）已满一年的人，去重。",
        review_due,
        ("复核到期",),
    ),
    drawn(
        "subsidy_without_standard",
        "残疾人补贴没有标准",
        "期末那一天在享受补贴，而没有登记当日执行标准的人，去重；月标准合计不含这些人。",
        without_standard,
    ),
)
