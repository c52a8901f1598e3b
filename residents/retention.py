"""How long the cases of 个人信息请求 are kept (PIPL art. 56: records of handling three years)."""

from django.db.models import Q

from portal.retention import Rule, register
from portal.retention.periods import Kept
from residents.enums import RequestState
from residents.models import DataRequest

register(
    Rule(
        "residents.data_requests",
        "已办结的个人信息请求",
        DataRequest,
        "handed_on",
        Kept(years=3),
        "个人信息保护法第五十六条：处理情况记录至少保存三年",
        Q(state=RequestState.CLOSED, deleted_at__isnull=True),
    )
)
