"""Tables that offices ask a community for, one of them sent; and a request for full numbers."""

import uuid

from django.http import QueryDict

from portal.exports import profiles, requests
from portal.exports.definition import COLUMN, ORDINAL, Definition, ProfileField
from portal.exports.selection import Selection
from portal.ledgers.registry import ledgers
from portal.models import User
from portal.periods import Period
from residents.enums import ApplicationKind
from residents.models import CareKind

SIGNATURE = ("填表人：", "负责人：", "日期：")


def columns_of(**headers) -> tuple[ProfileField, ...]:
    """An ordinal and the named columns, ``姓名="申请人"`` with another header."""
    fields = [ProfileField(COLUMN, header or source, source) for source, header in headers.items()]
    return (ProfileField(ORDINAL, "序号"), *fields)


def allowance_profile():
    kind = CareKind.objects.get(code="minimum_living")
    return Definition(
        columns_of(姓名="", 证件号码="身份证号", 类别="", 认定日期="", 依据="认定依据"),
        titles=("{单位}最低生活保障对象名册", "填报日期：{日期}"),
        date_style="dots",
        filters={"kind": (str(kind.pk),)},
        basis="residents.cared_for",
        signature=SIGNATURE,
    )


def old_age_profile():
    return Definition(
        columns_of(日期="申请日期", 姓名="", 证件号码="身份证号", 结果="", 办结日期="", 备注=""),
        titles=("{单位}高龄津贴申请名单", "（{时段}）"),
        id_style="middle",
        date_style="chinese",
        filters={"kind": (ApplicationKind.OLD_AGE_ALLOWANCE,)},
        signature=SIGNATURE,
    )


def add_profiles(world):
    """The street makes two profiles, one is sent; a community asks for full numbers of its visits."""
    section = User.objects.get(username="demo-section")
    worker = User.objects.get(username="demo-worker")
    made = profiles.create(
        ledgers["care-tags"],
        allowance_profile(),
        unit=world.street,
        name="低保对象名册",
        recipient="区民政局",
        note="每季度末报送",
        by=section,
    )
    profiles.create(
        ledgers["applications"],
        old_age_profile(),
        unit=world.street,
        name="高龄津贴申请名单",
        recipient="区卫生健康局",
        by=section,
    )
    send(made, world.communities[0], by=worker)
    ask(worker)


def send(profile, unit, *, by):
    version = profiles.newest(profile)
    table = profiles.table_of(version, unit=unit, period=Period.parse("2025Q4"), by=by)
    key = uuid.UUID(int=20251231)
    sent = {"recipient": profile.recipient, "note": "四季度报送", "key": key}
    profiles.use(version, table, "xlsx", by=by, send=sent)


def ask(user):
    ledger = ledgers["visits"]
    selection = Selection(ledger, user, QueryDict("period=2025"))
    requests.ask(
        selection,
        selection.listing.columns,
        ["证件号码"],
        purpose="report",
        reason="民政所抽查全年走访对象，名单交王所长。",
        by=user,
    )
