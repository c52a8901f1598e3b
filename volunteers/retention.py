"""How long applications of volunteers are kept that became nothing."""

from django.db.models import Q

from portal.intake.states import IntakeState
from portal.retention import Rule, register
from portal.retention.periods import Kept
from volunteers.models import VolunteerApplication

register(
    Rule(
        "volunteers.declined",
        "未接受的志愿者申请",
        VolunteerApplication,
        "answered_on",
        Kept(years=1),
        "个人信息保护法第四十七条第一款第一项：处理目的无法实现",
        Q(state=IntakeState.DECLINED, deleted_at__isnull=True),
    )
)
