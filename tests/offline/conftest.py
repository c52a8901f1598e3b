"""One case of each kind that a phone may enter: who enters it, what is sent, what is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from disability.models import Attendance
from portal.models import User
from portal.roles import Role
from residents.models import Visit
from sanitation.models import CleanerAttendance, Finding, RubricFault
from tests import factories
from tests.factories import sanitation as inspecting
from tests.factories import sanitation_cleaners, volunteers
from volunteers.models import ServiceRecord, Shift

TODAY = timezone.localdate


@dataclass(frozen=True)
class Case:
    """``fields`` make one entry; ``wrong`` are changes to them, each with words of the refusal."""

    kind: str
    user: User
    fields: dict
    model: type
    wrong: dict[str, tuple[dict, str]]
    stranger: Role  # a role without the permission


def local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def a_visit(make_user, street, community, acting) -> Case:
    user = make_user(Role.COMMUNITY_STAFF, community, name="陈素芬")
    with acting(user):
        person = factories.resident(community, "沈小涵", address="春华路 8 号")
    fields = {
        "resident": person.pk,
        "resident_text": "",
        "occurred_on": TODAY(),
        "mode": "home",
        "visitor": "陈素芬",
        "purposes": ["greeting", "safety"],
        "content": "一切都好",
        "domains": ["residents"],
    }
    wrong = {
        "ahead": ({"occurred_on": TODAY() + timedelta(days=1)}, "不能晚于今天"),
        "too long": ({"content": "好" * 2001}, "最多 2000 个字"),
        "nobody": ({"resident": "", "resident_text": "查无此人"}, "没有找到“查无此人”"),
        "a foreign number": ({"resident": "987654"}, "没有找到所选的"),
    }
    return Case("visit", user, fields, Visit, wrong, Role.SANITATION_INSPECTOR)


def a_finding(make_user, street, community, acting) -> Case:
    user = make_user(Role.SANITATION_INSPECTOR, street, name="吴永刚")
    with acting(user):
        patrol = inspecting.inspection(
            street,
            community,
            rubric=inspecting.rubric(street),
            occurred_on=TODAY(),
            recorded_by=user,
        )
        heap = RubricFault.objects.get(title="成堆垃圾")
    fields = {"inspection": patrol.pk, "fault": heap.pk, "occurrences": "2", "place": "老街口"}
    wrong = {
        "too many": ({"occurrences": "1000"}, "999"),
        "too long": ({"place": "长" * 81}, "80"),
        "gone": ({"inspection": "987654"}, "已被删除"),
        "nothing": ({"fault": ""}, "请先选择"),
    }
    return Case("finding", user, fields, Finding, wrong, Role.STREET_SECTION)


def a_check_in(make_user, street, community, acting) -> Case:
    user = make_user(Role.VOLUNTEER_LEADER, community, name="刘芳")
    now = timezone.now()
    with acting(user):
        person = volunteers.volunteer(community)
        activity = volunteers.announced(community, TODAY(), ends_on=TODAY() + timedelta(days=1))
        shift = Shift.objects.create(
            unit=community,
            activity=activity,
            capacity=5,
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=2),
        )
    fields = {"shift": shift.pk, "volunteer": person.pk, "came_at": local(now)}
    wrong = {
        "ahead": ({"came_at": local(now + timedelta(hours=1))}, "不能晚于现在"),
        "before the shift": ({"came_at": local(now - timedelta(hours=3))}, "还没有到签到时间"),
        "gone": ({"shift": "987654"}, "没有找到这个班次"),
        "nobody": ({"volunteer": ""}, "请选择志愿者"),
        "no moment": ({"came_at": "昨天"}, "正确的日期和时间"),
    }
    return Case("check-in", user, fields, ServiceRecord, wrong, Role.SANITATION_INSPECTOR)


def attendance(make_user, street, community, acting) -> Case:
    user = make_user(Role.COMMUNITY_STAFF, community, name="陈素芬")
    with acting(user):
        programme = factories.programmes.programme(community)
        people = [
            factories.programmes.enrolment(programme, factories.resident(community, name))
            for name in ("沈小涵", "单小花")
        ]
    marks = {f"mark-{people[0].pk}": "P"}
    fields = {"programme": programme.pk, "occurred_on": TODAY(), **marks}
    wrong = {
        "ahead": ({"occurred_on": TODAY() + timedelta(days=1)}, "不能晚于今天"),
        "nobody": ({f"mark-{people[0].pk}": ""}, "请至少给一个人"),
        "no such mark": ({f"mark-{people[0].pk}": "X"}, ""),
        "gone": ({"programme": "987654"}, "没有找到这个活动项目"),
        "before": ({"occurred_on": "2001-01-01"}, "不在阳光之家的入托期间"),
    }
    return Case("attendance", user, fields, Attendance, wrong, Role.SANITATION_INSPECTOR)


def a_training(make_user, street, community, acting) -> Case:
    user = make_user(Role.SANITATION_INSPECTOR, street, name="吴永刚")
    with acting(user):
        cleaner = sanitation_cleaners.cleaner(street, community=community)
        training = sanitation_cleaners.training(street, occurred_on=TODAY())
    fields = {"training": training.pk, "cleaners": [cleaner.pk], "passed": ""}
    wrong = {
        "nobody": ({"cleaners": []}, ""),
        "gone": ({"training": "987654"}, "没有找到这次培训"),
    }
    return Case("cleaner-training", user, fields, CleanerAttendance, wrong, Role.STREET_SECTION)


CASES: dict[str, Callable[..., Case]] = {
    "visit": a_visit,
    "finding": a_finding,
    "check-in": a_check_in,
    "attendance": attendance,
    "cleaner-training": a_training,
}


@pytest.fixture
def case_of(make_user, street, community, acting):
    """``case_of(kind)``"""
    return lambda kind: CASES[kind](make_user, street, community, acting)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
