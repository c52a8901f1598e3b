"""指标 of cases as they come in and are decided, and the rates of domain §2.7, each with its terms.

A case that was reopened counts by the decision that holds now.
"""

from django.db.models import F, Q

from portal.figures import Distinct, When, register
from servicecenter.enums.cases import CaseState
from servicecenter.enums.catalogue import CaseKind
from servicecenter.figures.base import flow, ratio, stock
from servicecenter.figures.categories import CASES, DECIDED
from servicecenter.models import Case, CaseHandOver

ACCEPTED = Q(accepted_on__isnull=False)
# Withdrawn while its clock stood: it has no due day, and is not late.
ON_TIME = Q(due_on__isnull=True) | Q(decided_on__lte=F("due_on"))


def decided_by_end(period) -> Q:
    return Q(decided_on__lte=period.end)


def refused_by_end(period) -> Q:
    return Q(state=CaseState.REFUSED, turned_away_on__lte=period.end)


def sent_up_by_end(period) -> Q:
    return Q(sent_up_on__lte=period.end)


def accepted(code, label, definition, keywords=(), measure="件", **options):
    """Of the cases accepted in the period."""
    options = {"categories": CASES} | options
    return flow(
        code, label, measure, definition, keywords, model=Case, date="accepted_on", **options
    )


def decided(code, label, definition, keywords=(), **options):
    """Of the cases decided in the period."""
    options = {"categories": DECIDED} | options
    return flow(code, label, "件", definition, keywords, model=Case, date="decided_on", **options)


def came(code, label, definition, keywords=(), **options):
    """Of the applications made in the period."""
    return flow(code, label, "件", definition, keywords, model=Case, categories=CASES, **options)


register(
    came(
        "applied",
        "申请件",
        "申请日期在期内的办件件数，撤销登记的不算。",
        where=~Q(state=CaseState.CANCELLED),
    ),
    came(
        "applied_refused",
        "申请未受理",
        "申请日期在期内、到期末已不予受理的件数。",
        where=refused_by_end,
    ),
    ratio(
        "refusal_rate",
        "退件率",
        "申请未受理 ÷ 申请件，都按申请日期归入时段。",
        ("退件率",),
        of="applied_refused",
        among="applied",
        categories=CASES,
    ),
    flow(
        "refused",
        "不予受理",
        "件",
        "不予受理日期在期内的件数。",
        ("不予受理", "退件"),
        model=Case,
        date="turned_away_on",
        where=Q(state=CaseState.REFUSED),
        categories=CASES,
    ),
    flow(
        "supplemented",
        "一次性告知补正",
        "件",
        "告知日期在期内、一次告知全部需要补正内容的件数。",
        ("补正",),
        model=Case,
        date="told_on",
        categories=CASES,
    ),
    accepted(
        "accepted",
        "受理办件",
        "受理日期在期内的办件件数，含即办件，不含咨询和不予受理。",
        ("受理申请", "受理办件", "受理"),
    ),
    *(
        accepted(
            f"accepted_{kind}",
            f"受理{kind.label}",
            f"受理日期在期内、办件类型为{kind.label}的件数。",
            (kind.label,),
            where=Q(kind=kind),
        )
        for kind in CaseKind
    ),
    accepted(
        "accepted_decided",
        "受理并办结",
        "受理日期在期内、到期末已办结的件数。",
        ("办结",),
        where=decided_by_end,
    ),
    ratio(
        "completion",
        "办结率",
        "受理并办结 ÷ 受理办件：期内受理的，到期末办结了多少。",
        ("办结率",),
        of="accepted_decided",
        among="accepted",
        categories=CASES,
    ),
    ratio(
        "at_once_rate",
        "即办率",
        "受理即办件 ÷ 受理办件。",
        ("即办率",),
        of="accepted_on_spot",
        among="accepted",
        categories=CASES,
    ),
    accepted(
        "accepted_to_street",
        "受理后上报",
        "受理日期在期内、到期末已上报街道的件数，退回的不算。",
        where=sent_up_by_end,
    ),
    ratio(
        "street_share",
        "上报街道占比",
        "受理后上报 ÷ 受理办件。",
        ("上报占比", "街道占比"),
        of="accepted_to_street",
        among="accepted",
        categories=CASES,
    ),
    accepted(
        "receipts",
        "出具承办单",
        "受理日期在期内、已出具承办单的件数；应与受理办件相等。",
        ("承办单",),
        where=Q(receipt_on__isnull=False),
    ),
    accepted(
        "rights_told",
        "告知权利义务",
        "受理日期在期内、受理时告知了权利义务的件数。",
        ("告知权利",),
        where=Q(rights_told=True),
    ),
    accepted(
        "applicants",
        "申请的居民",
        "期内受理的办件的居民申请人，一人多件只算一人。",
        ("申请人",),
        measure="人",
        where=Q(resident__isnull=False),
        value=Distinct("resident"),
    ),
    accepted(
        "outside_applicants",
        "辖区外申请人",
        "期内受理的办件的辖区外个人、企业和组织，一个申请人多件只算一次。",
        ("辖区外申请",),
        measure="个",
        where=Q(outsider__isnull=False),
        value=Distinct("outsider"),
    ),
    decided("decided", "期内办结", "办结日期在期内的办件件数，含上期结转的。", ("期内办结",)),
    stock(
        "carried_over",
        "上期结转",
        "件",
        "期初以前受理、到期初没有办结的件数。",
        ("结转",),
        model=Case,
        where=ACCEPTED,
        starts="accepted_on",
        ends="decided_on",
        when=When.OPENING,
        categories=CASES,
    ),
    stock(
        "to_decide",
        "应办总量",
        "件",
        "上期结转和期内受理之和。",
        ("应办总量",),
        model=Case,
        where=ACCEPTED,
        starts="accepted_on",
        ends="decided_on",
        when=When.DURING,
        categories=CASES,
    ),
    ratio(
        "overall_completion",
        "综合办结率",
        "期内办结 ÷ 应办总量（上期结转与期内受理之和）。",
        ("综合办结率",),
        of="decided",
        among="to_decide",
        categories=CASES,
    ),
    flow(
        "due",
        "应办结",
        "件",
        "承诺办结日期在期内的件数，停钟的不算。",
        ("应办结",),
        model=Case,
        date="due_on",
        categories=CASES,
    ),
    flow(
        "due_decided",
        "应办结已办结",
        "件",
        "承诺办结日期在期内、到期末已办结的件数。",
        model=Case,
        date="due_on",
        where=decided_by_end,
        categories=CASES,
    ),
    ratio(
        "due_completion",
        "应办结率",
        "应办结已办结 ÷ 应办结，都按承诺办结日期归入时段。",
        ("应办结率",),
        of="due_decided",
        among="due",
        categories=CASES,
    ),
    decided(
        "on_time",
        "按时办结",
        "办结日期在期内、不晚于承诺办结日期的件数；停钟时撤回的算按时。",
        ("按时办结", "按期办结"),
        where=ON_TIME,
    ),
    decided(
        "late",
        "超期办结",
        "办结日期在期内、晚于承诺办结日期的件数。",
        ("超期办结",),
        where=~ON_TIME,
    ),
    ratio(
        "on_time_rate",
        "按时办结率",
        "按时办结 ÷ 期内办结。",
        ("按时办结率", "按期办结率"),
        of="on_time",
        among="decided",
        categories=DECIDED,
    ),
    flow(
        "sent_up",
        "上报街道",
        "件",
        "上报日期在期内的件数，退回的不算。",
        ("上报街道", "上报"),
        model=Case,
        date="sent_up_on",
        categories=CASES,
    ),
    flow(
        "replied",
        "回复申请人",
        "件",
        "回复日期在期内的件数。",
        ("回复",),
        model=Case,
        date="replied_on",
        categories=DECIDED,
    ),
    flow(
        "reopened",
        "重新办理",
        "件",
        "期内因申请人不满意而重新办理的件数，一件多次只算最后一次。",
        ("重新办理",),
        model=Case,
        date="reopened_on",
        categories=CASES,
    ),
    flow(
        "extended",
        "批准延期",
        "件",
        "延期日期在期内的件数。",
        ("延期",),
        model=Case,
        date="extended_on",
        categories=CASES,
    ),
    flow(
        "transferred",
        "转办",
        "件次",
        "转办日期在期内的转办次数。",
        ("转办",),
        model=CaseHandOver,
        where=Q(kind="transfer"),
    ),
)
