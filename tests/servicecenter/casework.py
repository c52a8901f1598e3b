"""Cases that go on today, and what each step is given in tests."""

from datetime import timedelta

from django.utils import timezone

from servicecenter.enums.cases import CaseState as S
from servicecenter.enums.catalogue import CaseKind
from servicecenter.models import Case
from tests.factories import cases

WHY = "情况有变"


def today():
    return timezone.localdate()


def recent(unit, state=S.REGISTERED, **fields) -> Case:
    """A case applied for six days ago that stands in that state."""
    fields = {"occurred_on": today() - timedelta(days=6)} | fields
    if state == S.PAUSED:
        fields.setdefault("paused_from", S.HANDLING)
    return cases.case(unit, state, **fields)


def on_spot(unit, state=S.REGISTERED, **fields) -> Case:
    version = cases.version(unit, kind=CaseKind.ON_SPOT, promised_days=0)
    return recent(unit, state, item=version, **fields)


def given(name: str, station=None, **fields) -> dict:
    """Values with which the step can be taken today."""
    day = today()
    known = {
        "accept": {"accepted_on": day, "rights_told": True},
        "at_once": {"accepted_on": day, "outcome": "granted", "decision": "已开具"},
        "supplement": {
            "told_on": day,
            "missing": "收入证明",
            "supply_by": day + timedelta(days=5),
        },
        "refuse": {"turned_away_on": day, "turned_away_for": "不属于受理范围"},
        "cancel": {"turned_away_on": day, "turned_away_for": "重复登记"},
        "assign": {"station": station},
        "transfer": {"station": station},
        "send_up": {"sent_up_on": day},
        "receive": {"street_received_on": day},
        "approve": {"decided_on": day, "outcome": "granted"},
        "decide": {"decided_on": day, "outcome": "granted"},
        "withdraw": {"decided_on": day, "decision": "不再需要"},
        "pause": {"reason": "notice", "evidence": "公示 3 号"},
        "extend": {"extended_days": 2, "extended_for": "等待核查"},
        "reply": {"replied_on": day, "reply_mode": "phone", "reply": "已办好"},
        "archive": {"archived_on": day},
    }
    return known.get(name, {}) | fields
