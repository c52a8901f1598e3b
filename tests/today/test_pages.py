"""Today's work as each role sees it: the home page, the pages of the lists, acts of one click, the paper."""

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.models import AccessLog, Unit
from portal.office.models import DutyShift, WorkTask
from portal.roles import Role
from portal.scope import below
from portal.today.lists import units_below
from portal.worklists import worklists
from tests import factories
from tests.conftest import acting_as, as_command
from tests.factories import office
from tests.portal.pdf_pages import read_text
from tests.reports.numbers import read_page

TODAY = date(2025, 9, 10)  # a Wednesday


@pytest.fixture(autouse=True)
def today(monkeypatch):
    noon = datetime(2025, 9, 10, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="陈素芬")


def days(number):
    return TODAY + timedelta(days=number)


def task(unit, due_on, title="秋季走访", **fields):
    plan = office.work_plan(unit)
    return office.work_task(plan, title=title, starts_on=days(-30), due_on=due_on, **fields)


@pytest.fixture
def tasks(acting, community, other_community):
    """Two overdue, one today, one in six days, one in seven; and a neighbour's."""
    with acting(community, other_community):
        task(other_community, days(-1), "邻居的任务")
        plan = office.work_plan(community)
        return [
            office.work_task(plan, title=f"任务{n}", starts_on=days(-30), due_on=days(n))
            for n in (-9, -1, 0, 6, 7)
        ]


def numbers_of(page: str) -> dict[str, int]:
    return {link.url: int(link.says) for link in read_page(page).links if "/today/" in link.url}


def titles(answer):
    return [row["text"] for section in answer.context["sections"] for row in section["items"]]


# --- the sentence, the strip, the lists -----------------------------------------------------------
def test_the_sentence_tells_what_is_due_today_and_overdue(client_of, staff, tasks):
    client = client_of(staff)
    answer = client.get("/")
    page = answer.content.decode()
    assert numbers_of(page)["/today/?when=now"] == 3
    assert numbers_of(page)["/today/?when=overdue"] == 2
    assert numbers_of(page)["/today/?when=week"] == 1
    [group] = [g for g in answer.context["groups"] if g["key"] == "due"]
    assert [(each["title"], each["count"]) for each in group["all"]] == [("任务到期", 5)]
    assert [row["text"][:4] for row in group["rows"]] == [
        "任务-9",
        "任务-1",
        "任务0（",
        "任务6（",
        "任务7（",
    ]
    assert "邻居" not in page


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("", [-9, -1, 0, 6, 7]),
        ("now", [-9, -1, 0]),
        ("overdue", [-9, -1]),
        ("today", [0]),
        ("week", [6]),
        ("later", [7]),
        ("undated", []),
        ("2025-09-16", [6]),
        ("2025-09-15", []),
    ],
)
def test_a_page_lists_what_is_due_then(client_of, staff, tasks, when, found):
    for path in ("/today/", "/today/office.tasks_due/"):
        answer = client_of(staff).get(path, {"when": when})
        assert titles(answer) == [f"任务{n}（{tasks[0].owner}）" for n in found]
        assert answer.context["page"].paginator.count == len(found)


def test_the_light_says_it_in_words(client_of, staff, tasks):
    page = client_of(staff).get("/today/office.tasks_due/").content.decode()
    for words in ("超期 9 天", "今天到期", "还有 6 天", "9月1日"):
        assert words in page


def test_the_strip_tells_each_of_seven_days(client_of, staff, tasks):
    strip = client_of(staff).get("/").context["strip"]
    assert [day["count"] for day in strip] == [1, 0, 0, 0, 0, 0, 1]
    assert [day["off"] for day in strip] == ["", "", "", "周末", "周末", "", ""]
    assert strip[0]["weekday"] == "今天"


def test_what_ends_on_days_off_is_told_the_day_before(
    client_of, staff, acting, community, monkeypatch
):
    friday = datetime(2025, 9, 12, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: friday)
    with acting(community):
        task(community, date(2025, 9, 14))
    page = client_of(staff).get("/").content.decode()
    assert "明天起休息 2 天，休息期间有到期的事" in page


def test_a_day_without_work_says_so(client_of, staff):
    page = client_of(staff).get("/").content.decode()
    assert "今天没有到期的事" in page
    assert "没有待办事项" in page


def test_rows_are_paged(client_of, staff, acting, community):
    with acting(community):
        plan = office.work_plan(community)
        for n in range(32):
            office.work_task(plan, title=f"任务{n}", starts_on=days(-30), due_on=days(-1))
            office.duty_shift(community, on=days(-1), person=f"值班{n}")
    client = client_of(staff)
    pages = [client.get("/today/", {"page": n}) for n in (1, 2, 3)]
    listed = [title for answer in pages for title in titles(answer)]
    assert len(listed) == len(set(listed)) == 64
    assert len(client.get("/").context["groups"][0]["rows"]) == 6


# --- whose ----------------------------------------------------------------------------------------
def test_only_mine_are_what_i_recorded_and_what_my_name_stands_at(
    client_of, staff, acting, community
):
    with acting(community):
        task(community, days(0), "我的", owner="陈素芬")
        task(community, days(0), "别人的", owner="李梅")
        task(community, days(0), "我登记的", owner="李梅", recorded_by=staff)
    client = client_of(staff)
    listed = titles(client.get("/today/", {"whose": "mine"}))
    assert listed == ["我的（陈素芬）", "我登记的（李梅）"]
    assert (
        numbers_of(client.get("/?whose=mine").content.decode())["/today/?whose=mine&when=now"] == 2
    )
    assert numbers_of(client.get("/").content.decode())["/today/?when=now"] == 3


def test_a_head_looks_after_what_others_do(client_of, make_user, acting, community):
    head = make_user(Role.COMMUNITY_HEAD, community)
    with acting(community):
        factories.certificate(factories.resident(community), expires_on=days(-1))
    client = client_of(head)
    answer = client.get("/")
    assert answer.context["tally"].now == 0
    watched = {each["title"]: each["tally"].overdue for each in answer.context["watched"]}
    assert watched["残疾人证 12 个月内到期或已过期"] == 1
    [url] = [
        u for u in numbers_of(answer.content.decode()) if "disability.expiring" in u and "when" in u
    ]
    assert client.get(url).context["page"].paginator.count == 1
    [row] = client.get(url).context["sections"][0]["items"]
    assert row["act"] is None


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.COMMUNITY_STAFF, "due"),
        (Role.COMMUNITY_HEAD, "decide"),
        (Role.STREET_SUPERVISOR, "decide"),
    ],
)
def test_each_role_sees_first_what_it_is_for(client_of, make_user, street, community, role, first):
    from portal.today.lists import Work

    unit = street if role == Role.STREET_SUPERVISOR else community
    assert Work(make_user(role, unit)).groups[0] == first


# --- the street -----------------------------------------------------------------------------------
def test_the_street_sees_each_community_and_opens_its_rows(
    client_of, make_user, acting, street, community, other_community, make_grid
):
    make_grid(community, 1)
    with acting(community, other_community):
        for n in (-1, 0, 3):
            factories.certificate(factories.resident(community, f"持证{n + 5}"), expires_on=days(n))
        factories.certificate(factories.resident(other_community, "邻居"), expires_on=days(-1))
    client = client_of(make_user(Role.STREET_SECTION, street))
    answer = client.get("/")
    lines = {line["name"]: line for line in answer.context["communities"]}
    told = lines["明珠社区"]["tally"]
    assert (told.overdue, told.today, told.week) == (1, 1, 1)
    assert lines["和平社区"]["tally"].overdue == 1
    for line in lines.values():
        for when, url in line["url"].items():
            listed = client.get(url)
            assert listed.context["page"].paginator.count == getattr(line["tally"], when)
    rows = client.get(lines["明珠社区"]["url"]["overdue"]).context["sections"][0]["items"]
    assert [row["unit"] for row in rows] == ["明珠社区"]


def test_units_below_are_those_of_the_scope(acting, street, community, other_community, make_grid):
    make_grid(community, 1)
    with acting(street):
        units = list(Unit.objects.all())
        assert units_below(units) == {unit.pk: below([unit.pk]) for unit in units}


def test_administrators_have_lists_of_their_own(client_of, make_user, street, community):
    security = make_user(Role.SECURITY_ADMINISTRATOR, street)
    lone = make_user(Role.COMMUNITY_STAFF, community, username="lone", name="待授角色")
    with as_command():
        lone.assignments.update(valid_to=date(2025, 9, 1))
        lone.must_change_password = True
        lone.save()
    answer = client_of(security).get("/")
    assert [each["title"] for each in answer.context["worklists"]] == ["没有角色的账号"]
    assert answer.context["communities"] == []
    system = make_user(Role.SYSTEM_ADMINISTRATOR, street)
    titles = [each["title"] for each in client_of(system).get("/").context["worklists"]]
    assert titles == ["还没有改过初始密码的账号"]
    auditor = make_user(Role.AUDIT_ADMINISTRATOR, street)
    with acting_as(street):
        AccessLog.objects.create(
            action=AccessLog.Action.CLEAR, user=lone, unit=community, subject="residents", rows=8
        )
    [listed] = client_of(auditor).get("/").context["worklists"]
    assert listed["title"] == "七天内完整号码的批准和导出"
    assert "待授角色 导出完整号码 8 行" in client_of(auditor).get(listed["url"]).content.decode()


# --- what there is not ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "query",
    ["when=soon", "when=2025-10-01", "whose=his", "unit=0", "unit=x", "group=none", "unit=²"],
)
def test_odd_questions_are_not_found(client_of, staff, query):
    assert client_of(staff).get(f"/today/?{query}").status_code == 404


def test_lists_of_others_and_unknown_ones_are_not_found(
    client_of, make_user, community, other_community
):
    clerk = client_of(make_user(Role.WINDOW_CLERK, community))
    assert clerk.get("/today/disability.expiring/").status_code == 404
    assert clerk.get("/today/nothing.here/").status_code == 404
    assert clerk.get(f"/today/?unit={other_community.pk}").status_code == 404


# --- acts of one click ----------------------------------------------------------------------------
def press(client, record, code="office.tasks_due", act="do", **fields):
    data = {"_key": str(uuid.uuid4()), "version": record.version, "back": "home", **fields}
    return client.post(f"/today/{code}/{record.pk}/{act}/", data)


def test_one_click_does_it_and_another_takes_it_back(client_of, acting, staff, tasks):
    client, record = client_of(staff), tasks[1]
    answer = press(client, record, back="list", when="overdue")
    assert answer["Location"].startswith("/today/office.tasks_due/?when=overdue&done=")
    with acting(staff):
        record.refresh_from_db()
        assert record.done_on == TODAY
    page = client.get(answer["Location"])
    assert titles(page) == [f"任务-9（{record.owner}）"]
    assert "撤销" in page.content.decode()
    assert press(client, record, act="undo")["Location"] == "/"
    with acting(staff):
        record.refresh_from_db()
        assert record.done_on is None
    assert client.get("/").context["done"] is None


def test_duty_is_handed_over_and_taken_back(client_of, acting, staff, community):
    with acting(community):
        shift = office.duty_shift(community, on=days(-1))
    client = client_of(staff)
    press(client, shift, "office.duty_not_handed_over")
    with acting(staff):
        assert DutyShift.objects.get(pk=shift.pk).handed_over
        shift.refresh_from_db()
    press(client, shift, "office.duty_not_handed_over", "undo")
    with acting(staff):
        assert not DutyShift.objects.get(pk=shift.pk).handed_over


def test_an_act_respects_permission_unit_and_version(
    client_of, acting, make_user, staff, tasks, community, other_community
):
    neighbour = make_user(Role.COMMUNITY_STAFF, other_community)
    leader = make_user(Role.VOLUNTEER_LEADER, community)
    record = tasks[0]
    assert press(client_of(neighbour), record).status_code == 404
    assert press(client_of(leader), record).status_code == 403
    assert client_of(staff).get(f"/today/office.tasks_due/{record.pk}/do/").status_code == 405
    assert press(client_of(staff), record, version=99).status_code == 409
    assert press(client_of(staff), record, code="disability.expiring").status_code == 404
    with acting(community):
        assert WorkTask.objects.get(pk=record.pk).done_on is None


def test_what_was_changed_since_is_not_taken_back(client_of, acting, staff, tasks):
    client, record = client_of(staff), tasks[0]
    answer = press(client, record)
    with acting(staff):
        record.refresh_from_db()
        shown = record.version
        record.result = "已全部走访"
        record.save()
    assert client.get(answer["Location"]).context["done"] is None
    assert press(client, record, act="undo", version=shown).status_code == 409


def test_a_rule_that_an_act_breaks_is_told(client_of, acting, staff, community):
    with acting(community):
        plan = office.work_plan(community)
        ahead = office.work_task(plan, title="明天开始", starts_on=days(1), due_on=days(3))
    client = client_of(staff)
    assert press(client, ahead)["Location"] == "/"
    assert "明天开始" in client.get("/").content.decode()
    with acting(community):
        assert WorkTask.objects.get(pk=ahead.pk).done_on is None


def test_nobody_is_sent_elsewhere(client_of, staff, tasks):
    answer = press(client_of(staff), tasks[0], back="https://example.org/")
    assert answer["Location"].startswith("/?done=")


# --- questions ------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["/", "/today/", "/today/office.tasks_due/"])
def test_pages_ask_as_often_for_one_row_as_for_three(
    client_of, make_user, acting, street, community, other_community, path
):
    client = client_of(make_user(Role.STREET_SUPERVISOR, street))
    worker = client_of(make_user(Role.COMMUNITY_STAFF, community))

    def made(count):
        for n in range(count):
            task(community, days(n - 1))
            for unit in (community, other_community):
                factories.certificate(factories.resident(unit, f"居民{n}"), expires_on=days(n))

    def asked(browser, path):
        browser.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        return len(queries)

    query = "" if path == "/today/office.tasks_due/" else "?whose=all" if path != "/" else ""
    with acting(community, other_community):
        made(1)
    first = asked(worker, path), asked(client, "/" if path != "/today/" else path + query)
    with acting(community, other_community):
        made(3)
    assert (asked(worker, path), asked(client, "/" if path != "/today/" else path + query)) == first


# --- the paper ------------------------------------------------------------------------------------
def test_the_days_paper_lists_what_is_due(client_of, staff, tasks):
    answer = client_of(staff).get("/today/paper.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(read_text(answer.content).split())
    for words in ("今日工作单", "陈素芬", "任务-9", "任务0", "已超期（2项）", "今天临时的事"):
        assert words in text
    assert "任务7" not in text


# --- declarations ---------------------------------------------------------------------------------
def test_every_worklist_is_declared_soundly():
    for worklist in worklists:
        model = worklist.rows(frozenset()).model
        assert worklist.doing, worklist.code
        # One thing to do with each row, or the reason why there is none.
        assert bool(worklist.act) != bool(worklist.no_act), worklist.code
        if worklist.act and worklist.act.sets:
            assert {name for name, _ in worklist.act.sets} == {n for n, _ in worklist.act.before}
            for name, _ in worklist.act.sets:
                model._meta.get_field(name)
