"""指标 of 个人信息请求: how many came in and how many were answered within the term."""

from django.db.models import F, Q

from portal.figures import Category, Flow, register
from residents.enums import RequestKind
from residents.models import DataRequest

KIND = {"kind": Category("请求事项", "kind", dict(RequestKind.choices))}

register(
    Flow(
        "data_requests.received",
        "个人信息请求",
        "residents",
        "件",
        "日期在期内的查阅、更正、删除、转移个人信息的请求件数，撤回的也算。",
        model=DataRequest,
        categories=KIND,
    ),
    Flow(
        "data_requests.in_time",
        "按期答复的个人信息请求",
        "residents",
        "件",
        "答复日期在期内且不晚于答复期限的请求件数，不予办理的也算答复。",
        model=DataRequest,
        where=Q(answered_on__lte=F("due_on")),
        date="answered_on",
        categories=KIND,
    ),
)
