"""What the demo street asks of its communities and tells them, and a search that its people keep."""

from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.http import QueryDict
from django.utils import timezone

from portal.asks import counting
from portal.asks import services as asks
from portal.ledgers.registry import ledgers
from portal.models import Ask, AskAnswer, Notice, User
from portal.notices import services as notices
from portal.saved.services import save_search
from portal.scope import Scope, current_scope, scope
from portal.workdays import after_workdays

RECEIPTS = """各社区：
近期雨水增多，请落实值班值守和高龄、独居、重度残疾人的走访提醒，发现险情先处置后报告。
值班表请张贴在一楼公开栏。"""
MEETING = """各社区：
本月业务例会定于下周三上午九点，在街道三楼会议室召开，请残疾人专职委员参加。"""


def add_asks_and_notices(world) -> None:
    people = {user.username: user for user in User.objects.all()}
    section, street = people["demo-section"], people["demo-street"]
    here, there = people["demo-worker"], people["demo-neighbour"]
    first, second = world.communities[:2]
    year = "2025"  # that of the demo's records
    with as_user(section):
        visiting = _ask(
            world, section, year, "走访情况", ("visits.home", "visits.phone", "visits.persons")
        )
        held = _ask(
            world, section, year, "持证残疾人分类", ("disability.holders",), "category", days=8
        )
        _notice(world, section, "关于做好汛期走访和值守的通知", RECEIPTS, receipt=5)
    _confirm(visiting, second, there, "入户走访含陪同街道走访的两次。")
    _confirm(held, first, here)
    _confirm(held, second, there)
    _take(held, first, section, "accept", "")
    _take(held, second, section, "return", "四级的人数比上月少，请核对迁出的两户。")
    with as_user(street):
        _notice(world, street, "业务例会通知", MEETING)
    with as_user(there):
        notices.confirm_read(Notice.objects.get(title="关于做好汛期走访和值守的通知"), by=there)
    with as_user(here):
        for name, query, every in (
            ("本年入户走访", "mode=home", "week"),
            ("电话走访", "mode=phone", "never"),
        ):
            save_search(ledgers["visits"], QueryDict(query), name=name, every=every, by=here)


@contextmanager
def as_user(user):
    """As the account acts: what commands do is told to nobody."""
    now = current_scope()
    with scope(Scope(now.units, now.above, f"user:{user.pk}")):
        yield


def _ask(world, by, period, title, figures, category="", days=4) -> Ask:
    due = datetime.combine(after_workdays(timezone.localdate(), days), time(17))
    ask = Ask(
        unit=world.street,
        whole=True,
        title=title,
        figures=list(figures),
        category=category,
        period_key=period,
        reason="街道业务例会通报，不作考核。",
        due_at=timezone.make_aware(due),
    )
    return asks.send(ask, world.communities, by=by)


def _answer(ask: Ask, unit) -> AskAnswer:
    return AskAnswer.objects.select_related("ask__unit", "unit").get(ask=ask, unit=unit)


def _confirm(ask: Ask, unit, by, note: str = "") -> None:
    with as_user(by):
        answer = _answer(ask, unit)
        seen = counting.seal(counting.count(ask, unit.pk))
        asks.confirm(answer, version=answer.version, seen=seen, right=True, note=note, by=by)


def _take(ask: Ask, unit, by, step: str, note: str) -> None:
    with as_user(by):
        answer = _answer(ask, unit)
        asks.take(answer, step, version=answer.version, note=note, by=by)


def _notice(world, by, title, text, receipt=None) -> None:
    day = timezone.localdate() + timedelta(days=receipt) if receipt else None
    notice = Notice(unit=world.street, title=title, text=text, receipt_by=day)
    notice = notices.save_draft(notice, [world.street, *world.communities], by=by)
    notices.publish(notice, version=notice.version, by=by)
