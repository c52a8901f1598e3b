"""How long applications of volunteers are kept that became nothing, and requests for help that are over.

Volunteers and their hours are kept for good (domain §6.4: 志愿记录 长期), so they have no rule."""

from django.db.models import Q

from portal.intake.states import IntakeState
from portal.retention import Rule, register
from portal.retention.periods import Kept
from volunteers.models import HelpRequest, VolunteerApplication

register(
    Rule(
        "volunteers.declined",
        "未接受的志愿者申请",
        VolunteerApplication,
        "answered_on",
        Kept(years=1),
        "个人信息保护法第四十七条第一款第一项：处理目的无法实现",
        Q(state=IntakeState.DECLINED, deleted_at__isnull=True),
    ),
    Rule(
        "volunteers.help_requests",
        "已办结的服务需求",
        HelpRequest,
        "decided_on",
        Kept(years=3),
        "个人信息保护法第十九条、第四十七条第一款第一项：处理目的已实现，保存期限取必要的最短时间",
        Q(deleted_at__isnull=True),
    ),
)
