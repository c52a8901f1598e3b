"""The rooms of the departments, and the pages for residents: each page that is more than a ledger's list, form
or plain page of a record. One row of every ledger stands behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from portal.asks import services as asks
from portal.boards import Line
from portal.ledgers import ledgers
from portal.models import Ask, Notice, SavedLook, SavedSearch, Unit, User
from portal.notices import services as notices
from portal.roles import Role
from portal.saved import services as saved
from reports.services import boards
from tests.browser.walk import Stop, opened
from tests.factories.everything import rows_of
from tests.servicecenter.public_world import hall, make_version

__all__ = ["hall", "make_version"]  # fixtures of these tests
PLAIN = "ledgers/detail.html"
NAME = "欧阳慧玲"

# By who is signed in. {slug} is the number of the row of that ledger.
OF_STAFF = {
    "attachments": "/ledger/visits/{visits}/files/",
    "imports": "/imports/mine/",
    "office-plan": "/ledger/work-plans/{work-plans}/progress/",
    "matrix": "/disability/matrix/",
    "subsidy-check": "/disability/subsidy-check/",
    "statement": "/disability/statements/{drawing}/",
    "apply-many": "/disability/applications/many/",
    "programme-month": "/disability/programmes/{programmes}/attendance/?month=2024-09",
    "programme-day": "/disability/programmes/{programmes}/attendance/?day=2024-09-02",
    "timetable": "/disability/programmes/{programmes}/timetable/",
    "case-new": "/servicecenter/cases/new/",
    "guide": "/servicecenter/versions/{item-versions}/guide/",
    "org-tree": "/volunteers/orgs/",
    "promotions": "/volunteers/stars/promotions/",
    "volunteer": "/ledger/volunteers/{volunteers}/",
    "volunteer-hours": "/volunteers/people/{volunteers}/hours/",
    "activity-whom": "/volunteers/activities/{volunteer-activities}/whom/",
    "activity-hours": "/volunteers/activities/{volunteer-activities}/hours/",
    "shift-attendance": "/volunteers/shifts/{shifts}/attendance/",
    "trainee-logs": "/volunteers/trainee-logs/confirm/",
    "grids": "/sanitation/grids/",
    "rubric": "/ledger/rubrics/{rubrics}/",
    "waste": "/sanitation/waste/?period=2025",
    "sorting": "/sanitation/sorting/?period=2025",
    "site-accounts": "/sanitation/sites/{demo-sites}/accounts/",
    "same-finding": "/sanitation/duplicates/",
    "field": "/sanitation/field/",
    "today": "/today/",
    "today-list": "/today/portal.asks_due/",
    "asks-to-answer": "/asks/",
    "ask-answer": "/asks/answers/{answer}/",
    "notices": "/notices/",
    "notice": "/notices/{notice}/",
    "messages": "/notifications/",
    "messages-settings": "/notifications/settings/",
    "saved": "/saved/",
    "saved-add": "/saved/new/visits/",
    "saved-look": "/saved/{search}/looks/{look}/",
    "form-batch": "/ledger/visits/add-batch/",
    "phone": "/field/",
    "phone-visit": "/field/visit/",
    "phone-attendance": "/field/attendance/",
    "phone-check-in": "/field/check-in/",
    "phone-training": "/field/cleaner-training/",
    "offline": "/offline/",
    "tour": "/?tour=1",
    "help": "/help/",
    "help-ledger": "/help/ledgers/visits/",
    "help-words": "/help/words/",
    "help-news": "/help/news/",
}
OF_STREET = {
    "home-street": "/",
    "asks": "/asks/",
    "ask-add": "/asks/new/",
    "ask": "/asks/{ask}/",
    "ask-extend": "/asks/{ask}/extend/",
    "ask-end": "/asks/{ask}/close/",
    "notice-add": "/notices/new/",
    "notice-edit": "/notices/{draft}/edit/",
    "notice-withdraw": "/notices/{notice}/withdraw/",
    "board-edit": "/boards/{board}/edit/",
    "board-difference": "/boards/figures/visits.home/difference/?unit={street}&period=2025",
    "board-sum": "/boards/figures/disability.visited_persons/sum/?unit={street}&period=2025",
    "compare-units": "/boards/compare/?board=disability&units={street}&units={community}&period=2025",
    "cases-at-risk": "/servicecenter/at-risk/",
    "closing": "/closing/",
    "period-close": "/closing/close/",
    "care-kinds": "/residents/care-kinds/",
    "device-kinds": "/disability/device-kinds/",
    "bulk": "/summaries/bulk/",
    "bulk-new": "/summaries/bulk/new/",
    "groups": "/summaries/groups/",
    "group-new": "/summaries/groups/new/",
}
OF_SYSTEM = {
    "unit-plan": "/units/{street}/plan/",
    "calendar": "/calendar/",
    "calendar-add": "/calendar/add/",
}
OF_RESIDENTS = {
    "public": "/public/",
    "public-unit": "/public/{unit}/",
    "public-item": "/public/{unit}/{guide}/",
    "public-apply": "/public/{unit}/{guide}/apply/",
    "public-board": "/public/{unit}/board/",
    "public-echoes": "/public/{unit}/echoes/",
    "public-case": "/public/case/",
    "public-letter": "/public/letter/",
    "public-volunteers": "/public/volunteers/",
    "public-join": "/public/volunteers/{unit}/join/",
    "public-recruit": "/public/volunteers/{unit}/recruit/",
    "public-posted": "/public/volunteers/{unit}/posted/",
    "public-enter": "/public/volunteers/me/enter/",
    "public-certificate": "/public/volunteers/certificate/",
}


@dataclass(frozen=True)
class Rooms:
    """The number of one row of each ledger, with what else the paths need; and who opens them."""

    numbers: dict[str, object]
    staff: User
    street: User
    system: User


@pytest.fixture
def rooms(community: Unit, street: Unit, acting, make_user, make_version, hall) -> Rooms:
    guide = make_version(community, "城乡居民最低生活保障（含低收入家庭认定）初审", legal_days=30)
    with acting(community):
        rows = rows_of(community, NAME)
        numbers = {slug: row.pk for slug, row in rows.items()} | {
            "volunteers": rows["sign-ups"].volunteer_id,
            "rubrics": rows["inspections"].rubric_id,
            "unit": community.code,
            "guide": guide.item_id,
            "drawing": rows["subsidies"].resident_id,
        }
    staff = make_user(Role.COMMUNITY_STAFF, community, name="陈彩霞")
    supervisor = make_user(Role.STREET_SUPERVISOR, street, name="梁伟文")
    with acting(supervisor):
        numbers |= sent_down(street, community, supervisor)
    with acting(staff):
        numbers |= kept_in_view(staff, numbers["visits"])
    return Rooms(
        numbers,
        staff,
        supervisor,
        make_user(Role.SYSTEM_ADMINISTRATOR, street, name="何晓燕"),
    )


def kept_in_view(staff: User, visit: int) -> dict[str, int]:
    """A saved search of the staff, and one look that found the visit."""
    search = saved.save_search(
        ledgers["visits"], QueryDict(), name="近来的走访", every=SavedSearch.Every.DAY, by=staff
    )
    look = SavedLook.objects.create(
        user=staff, search=search, looked_on=timezone.localdate(), found=[visit]
    )
    return {"search": search.pk, "look": look.pk}


def sent_down(street: Unit, community: Unit, supervisor: User) -> dict[str, int]:
    """A question and a notice from the street to the community, a notice not yet out, and a board of the
    supervisor's own."""
    later = timezone.now() + timedelta(days=10)
    ask = Ask(
        unit=street,
        title="上半年入户走访和残疾人走访情况",
        reason="周一例会通报",
        figures=["visits.home", "disability.visits"],
        period_key="2025",
        due_at=later,
        whole=True,
    )
    ask = asks.send(ask, [community], by=supervisor)
    notice = Notice(
        unit=street,
        title="关于做好冬季用电用气安全检查的通知",
        text="请各社区于月底前逐户检查。\n发现隐患的，当天登记为问题事项。",
        receipt_by=later.date(),
    )
    notice = notices.save_draft(notice, [community], by=supervisor)
    notice = notices.publish(notice, version=notice.version, by=supervisor)
    draft = Notice(unit=street, title="关于元旦值班的通知", text="请各社区报值班安排。")
    draft = notices.save_draft(draft, [community], by=supervisor)
    board = boards.make_board(
        unit=street,
        title="周一例会",
        lines=[Line("visits.home"), Line("disability.visits")],
        by=supervisor,
    )
    answer = ask.answers.get().pk
    return {
        "ask": ask.pk,
        "answer": answer,
        "notice": notice.pk,
        "draft": draft.pk,
        "board": board.pk,
        "street": street.pk,
        "community": community.pk,
    }


def visit_rooms(desk, rooms: Rooms) -> Iterator[Stop]:
    def at(pages):
        return {name: path.format_map(rooms.numbers) for name, path in pages.items()}

    yield from opened(desk(), at(OF_RESIDENTS))
    yield from opened(desk(rooms.staff), at(own_pages(rooms) | OF_STAFF))
    yield from opened(desk(rooms.street), at(OF_STREET))
    yield from opened(desk(rooms.system), at(OF_SYSTEM))


def own_pages(rooms: Rooms) -> dict[str, str]:
    """The page of one record for each template that a ledger has of its own."""
    by_template = {}
    for slug in sorted(rooms.numbers.keys() & {ledger.slug for ledger in ledgers}):
        by_template.setdefault(ledgers[slug].detail_template, slug)
    del by_template[PLAIN]
    return {f"detail-{slug}": f"/ledger/{slug}/{{{slug}}}/" for slug in by_template.values()}
