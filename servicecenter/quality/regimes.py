"""What is missing in halls, agents, meetings and promises."""

from django.db.models import Q

from portal.quality import Severity, register
from portal.quality.family import kept
from servicecenter.models import Agent, Commitment, CommitmentCheck, Hall, JointMeeting
from servicecenter.models.meetings import HEADINGS
from servicecenter.quality.base import rule

NO_WORDS = Q(pk__in=[])
for _name in HEADINGS:
    NO_WORDS |= Q(**{_name: ""})


def unfinished_meetings(units):
    return kept(JointMeeting, units).filter(NO_WORDS, held_on__isnull=False)


def unchecked(units):
    """Promises in force that were never looked at."""
    checked = CommitmentCheck.objects.kept().values("commitment")
    return kept(Commitment, units).filter(ends_on__isnull=True).exclude(pk__in=checked)


register(
    rule(
        "hall_phone", "服务大厅没有监督电话", "单据和公开页面上没有投诉的地方。", "halls",
        lambda units: kept(Hall, units).filter(complaint_phone=""), field="complaint_phone",
    ),
    rule(
        "agent_phone", "在任代办员没有公开电话", "居民找不到代办员。", "agents",
        lambda units: kept(Agent, units).filter(ends_on__isnull=True, kind="agent", phone=""),
        field="phone",
    ),
    rule(
        "meeting_headings", "召开了的例会五项内容不全", "例会制度的落实说不清。", "joint-meetings",
        unfinished_meetings,
    ),
    rule(
        "commitment_unchecked", "有效的承诺从没检查过", "兑现率算不到这一条。", "commitments",
        unchecked, Severity.MIDDLE,
    ),
)  # fmt: skip
