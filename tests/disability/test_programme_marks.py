"""The grids of marks: what was changed is stored, all or nothing, and nobody's mark is lost."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from disability.models import Attendance, MedicationLog
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from tests import factories
from tests.factories import programmes as make

MONDAY = date(2025, 3, 10)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    noon = datetime(2025, 3, 12, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr(timezone, "now", lambda: noon)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


@pytest.fixture
def home(acting, community):
    with acting(community):
        return make.programme(community)


@pytest.fixture
def enrolled(acting, community, home):
    with acting(community):
        names = ("陈静", "李强")
        people = [factories.resident(community, n, born_on=date(2000, 1, 1)) for n in names]
        return [make.enrolment(home, person) for person in people]


def cell(enrolment, day=MONDAY, before="", time=""):
    return f"m-{enrolment.pk}-{day:%Y%m%d}-{time}-{before}"


@pytest.fixture
def save(client, home):
    def send(page="attendance", query="?month=2025-03", **cells):
        url = f"/disability/programmes/{home.pk}/{page}/{query}"
        return client.post(url, cells | {"_key": str(uuid.uuid4())})

    return send


@pytest.fixture
def marks(acting, community):
    def read():
        with acting(community):
            rows = Attendance.objects.kept().order_by("enrolment", "occurred_on")
            return [(row.enrolment_id, row.occurred_on.day, row.mark) for row in rows]

    return read


def test_a_saved_grid_stores_what_was_changed_and_counts_it(
    acting, community, save, marks, enrolled
):
    first, second = enrolled
    cells = {cell(first): "P", cell(first, date(2025, 3, 11)): "L", cell(second): "A"}
    untouched = {cell(second, date(2025, 3, 11)): ""}
    assert save(**cells, **untouched).status_code == 302
    assert marks() == [(first.pk, 10, "P"), (first.pk, 11, "L"), (second.pk, 10, "A")]
    changed = {cell(first, before="P"): "A", cell(second, before="A"): ""}
    assert save(**changed).status_code == 302
    assert marks() == [(first.pk, 10, "A"), (first.pk, 11, "L")]
    with acting(community):
        assert Attendance.objects.filter(deleted_at__isnull=False).count() == 1
        rate = engine.read("disability.attendance_rate", [community.pk], Period.parse("2025-03"))
        assert (rate.numerator.value, rate.denominator.value) == (0, 2)


def test_the_grid_has_the_opening_days_and_closes_cells_that_cannot_be(
    acting, community, client, home, enrolled
):
    with acting(community):
        make.closure(home, starts_on=date(2025, 3, 4), ends_on=date(2025, 3, 7))
        make.attendance(enrolled[0], date(2025, 3, 8))  # a Saturday, marked all the same
        enrolled[1].ends_on, enrolled[1].end_reason = date(2025, 3, 3), "finished"
        enrolled[1].save()
    page = client.get(f"/disability/programmes/{home.pk}/attendance/?month=2025-03")
    days = [head["day"].day for head in page.context["heads"]]
    assert days == [3, 8, 10, 11, 12, 13, 14, 17, 18, 19, 20, 21, 24, 25, 26, 27, 28, 31]
    lines = {line.enrolment.pk: line.cells for line in page.context["lines"]}
    assert [c.day.day for c in lines[enrolled[0].pk] if c.open] == [3, 8, 10, 11, 12]
    assert [c.day.day for c in lines[enrolled[1].pk] if c.open] == [3]


def test_a_mark_that_somebody_else_made_is_not_overwritten(
    acting, community, save, marks, enrolled
):
    first, second = enrolled
    with acting(community):
        make.attendance(first, MONDAY, "L")
    page = save(**{cell(first): "P", cell(second): "P"})
    assert page.status_code == 200
    assert "别人登记过：陈静3月10日" in page.content.decode()
    assert marks() == [(first.pk, 10, "L")]
    shown = {line.enrolment.pk: line.cells for line in page.context["lines"]}
    [kept] = [c for c in shown[second.pk] if c.day == MONDAY]
    assert (kept.value, kept.shown) == ("", "P")
    assert save(**{cell(first, before="L"): "P", cell(second): "P"}).status_code == 302
    assert marks() == [(first.pk, 10, "P"), (second.pk, 10, "P")]


def test_the_same_mark_made_twice_is_no_conflict(acting, community, save, marks, enrolled):
    with acting(community):
        make.attendance(enrolled[0])
    assert save(**{cell(enrolled[0]): "P"}).status_code == 302
    assert marks() == [(enrolled[0].pk, 10, "P")]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("m-{pk}-20250313--", "P", "2025-03-13还没有到，不能登记。"),
        ("m-{pk}-20250310--", "X", "页面不完整，请刷新后重新填写。"),
        ("m-{pk}-20250230--", "P", "页面不完整，请刷新后重新填写。"),
        ("m-999999-20250310--", "P", "页面不完整，请刷新后重新填写。"),
        ("m-{pk}-20231229--", "P", "陈静在2023-12-29不在阳光之家的入托期间，请刷新后再填。"),
    ],
)
def test_odd_cells_are_refused_and_nothing_is_stored(save, marks, enrolled, name, value, told):
    page = save(**{cell(enrolled[1]): "P", name.format(pk=enrolled[0].pk): value})
    assert page.status_code == 200
    assert told in page.content.decode()
    assert marks() == []


def test_who_only_looks_sees_marks_and_cannot_save(
    acting, community, client_of, make_user, home, enrolled
):
    with acting(community):
        make.attendance(enrolled[0])
    head = client_of(make_user(Role.COMMUNITY_HEAD, community))
    url = f"/disability/programmes/{home.pk}/attendance/?month=2025-03"
    page = head.get(url).content.decode()
    assert "陈静" in page
    assert "保存改动" not in page
    assert 'class="mark"' not in page
    answer = head.post(url, {cell(enrolled[1]): "P", "_key": str(uuid.uuid4())})
    assert answer.status_code == 403


def test_another_community_finds_no_page(client_of, make_user, other_community, home):
    stranger = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    for page in ("attendance/", "medication/", "timetable/", "enrol/", "attendance.pdf"):
        assert stranger.get(f"/disability/programmes/{home.pk}/{page}").status_code == 404


def test_one_day_is_a_list_that_fits_a_phone(client, home, save, marks, enrolled):
    url = f"/disability/programmes/{home.pk}/attendance/?day=2025-03-08"
    page = client.get(url)
    assert "这一天不是阳光之家的开放日" in page.content.decode()
    saturday = date(2025, 3, 8)
    assert save(query="?day=2025-03-08", **{cell(enrolled[0], saturday): "P"}).status_code == 302
    assert marks() == [(enrolled[0].pk, 8, "P")]
    ahead = client.get(f"/disability/programmes/{home.pk}/attendance/?day=2025-05-01")
    assert ahead.context["day"] == date(2025, 3, 12)


def test_medicine_is_given_to_those_who_take_it_at_their_times(
    acting, community, client, home, save, staff, enrolled
):
    first, second = enrolled
    with acting(community):
        first.dose_times = ["1", "3"]
        first.save()
    query = "?day=2025-03-10"
    page = client.get(f"/disability/programmes/{home.pk}/medication/{query}")
    [line] = page.context["lines"]
    assert [c.label for c in line.cells] == ["早", "晚"]
    cells = {cell(first, time="1"): "taken", cell(first, time="3"): "refused"}
    assert save("medication", query, **cells).status_code == 302
    foreign = save("medication", query, **{cell(second, time="1"): "taken"})
    assert "页面不完整" in foreign.content.decode()
    with acting(community):
        rows = MedicationLog.objects.order_by("time")
        found = [(row.time, row.result, row.given_by) for row in rows]
        rate = engine.read("disability.medication_rate", [community.pk], Period.parse("2025-03"))
    assert found == [("1", "taken", staff.name), ("3", "refused", staff.name)]
    assert rate.text == "50.0%"


def test_the_grid_prints_blank_with_names(client, home, enrolled):
    page = client.get(f"/disability/programmes/{home.pk}/attendance.pdf?month=2025-03")
    assert page["Content-Type"] == "application/pdf"
    assert page.content.startswith(b"%PDF")
