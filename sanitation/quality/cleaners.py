"""What is wrong or missing in the records of cleaners."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from portal.quality import Severity, register
from portal.quality.family import kept
from portal.text import parse_phone
from residents.ages import aged
from sanitation.models import Cleaner, CleanerAttendance, CleanerLeave, GridAssignment, KeyUnit
from sanitation.quality.base import rule
from sanitation.selectors.cleaners import held, in_service

HIGH, MIDDLE = Severity.HIGH, Severity.MIDDLE
OLD, WEEK = 65, timedelta(days=6)


def today():
    return timezone.localdate()


def present(units):
    return kept(Cleaner, units).filter(in_service(today()))


def without_grid(units):
    return present(units).filter(~Exists(held(today()).filter(cleaner=OuterRef("pk"))))


def beyond_post(model, units):
    """Spells that go on after the last day on the post, or began before the first."""
    after = Q(ends_on__isnull=True) | Q(ends_on__gt=F("cleaner__ends_on"))
    late = after & Q(cleaner__ends_on__isnull=False)
    return kept(model, units).filter(late | Q(starts_on__lt=F("cleaner__starts_on")))


def kept_twice(units):
    """On the post in two records, by the street and by the community, or in two communities."""
    others = Cleaner.objects.filter(in_service(today()), number_hash=OuterRef("number_hash"))
    return present(units).filter(
        Exists(others.exclude(pk=OuterRef("pk"))), number_hash__isnull=False
    )


def nobody_stands_in(units):
    """Leaves of a week or longer that run today."""
    rows = CleanerLeave.objects.in_force(today()).filter(unit__in=units, substitute="")
    return rows.filter(ends_on__gte=F("starts_on") + WEEK)


def on_another_day(units):
    """Attendances whose training was moved to another day since; the training must be in sight."""
    return kept(CleanerAttendance, units).exclude(occurred_on=F("activity__occurred_on"))


register(
    rule(
        "cleaner_left", "离岗的保洁员还负责网格", "网格看上去有人，其实没有；请截止这条责任。",
        "grid-assignments", lambda units: beyond_post(GridAssignment, units), HIGH, field="ends_on",
    ),
    rule(
        "cleaner_leave_outside", "请假不在上岗期间", "请假或上岗、离岗日期有一个不对。",
        "cleaner-leaves", lambda units: beyond_post(CleanerLeave, units), MIDDLE,
    ),
    rule(
        "cleaner_twice", "一位保洁员登记了两条在岗记录", "在岗人数会多算，请留一条。", "cleaners",
        kept_twice, HIGH,
    ),
    rule(
        "cleaner_no_birth", "保洁员没有出生日期", "年龄结构说不清，也看不出是否超龄。", "cleaners",
        lambda units: present(units).filter(born_on=None), field="born_on",
    ),
    rule(
        "cleaner_no_phone", "保洁员没有联系电话", "有任务时通知不到本人。", "cleaners",
        lambda units: present(units).filter(phone_tail_hash=None), field="phone", parse=parse_phone,
    ),
    rule(
        "cleaner_no_sex", "保洁员没有性别", "按性别的人数加起来不等于总数。", "cleaners",
        lambda units: present(units).filter(sex=None), field="sex",
    ),
    rule(
        "cleaner_employment", "保洁员没有用工方式", "按用工方式的人数加起来不等于总数。", "cleaners",
        lambda units: present(units).filter(employment=""), field="employment",
    ),
    rule(
        "cleaner_old", f"在岗保洁员已满 {OLD} 周岁", "超龄上岗有安全和保险问题，请核实并妥善安排。",
        "cleaners", lambda units: present(units).filter(aged(today(), OLD, path="born_on")), MIDDLE,
    ),
    rule(
        "cleaner_no_grid", "在岗保洁员没有负责的网格", "责任没有落实到人。", "cleaners", without_grid,
        MIDDLE,
    ),
    rule(
        "cleaner_no_substitute", "保洁员请假一周以上没有人顶岗", "网格长时间没有人保洁。",
        "cleaner-leaves", nobody_stands_in, MIDDLE, field="substitute",
    ),
    rule(
        "cleaner_attendance_day", "参训日期与培训日期不一致", "培训改期后参训记录没有跟着改，人次会算错期间。",
        "cleaner-attendance", on_another_day, MIDDLE,
    ),
    rule(
        "key_unit_manager", "重点单位没有负责人", "发现问题时找不到人。", "key-units",
        lambda units: kept(KeyUnit, units).filter(ends_on=None, manager=""), field="manager",
    ),
)  # fmt: skip
