"""Assistive devices: steps, the store that is never below nought, figures and sentences."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from disability.enums.devices import DEVICE, DeviceState
from disability.models import DeviceCase, DeviceEntry, DeviceKind, DeviceStock
from portal.errors import OutOfScope, RuleBroken, settle
from portal.figures import engine
from portal.ledgers.services import recycle, restore
from portal.periods import Period
from portal.roles import Role
from portal.worklists import worklists
from tests import factories
from tests.factories import devices as made

pytestmark = pytest.mark.django_db
DAY, LATER = date(2025, 3, 10), date(2025, 3, 20)
YEAR = Period.parse("2025")
D = DeviceState
TABLE = {
    D.NEEDED: {"assess", "fit", "lend", "drop"},
    D.ASSESSED: {"fit", "lend", "drop"},
    D.FITTED: set(),
    D.ON_LOAN: {"extend", "return"},
    D.RETURNED: set(),
    D.DROPPED: {"reopen"},
}
LOAN = {"issued_on": LATER, "due_back_on": date(2025, 9, 1)}
FIELDS = {
    D.NEEDED: {},
    D.ASSESSED: {"assessed_on": LATER},
    D.FITTED: {"issued_on": LATER},
    D.ON_LOAN: LOAN,
    D.RETURNED: LOAN | {"returned_on": date(2025, 8, 1), "condition": "good"},
    D.DROPPED: {"closed_on": LATER, "note": "自购"},
}
SENT = {
    "assessed_on": "2025-03-20",
    "assessed_by": "陈老师",
    "assessment": "适合",
    "issued_on": "2025-03-21",
    "due_back_on": "2025-10-01",
    "returned_on": "2025-09-01",
    "condition": "good",
    "closed_on": "2025-03-22",
    "note": "自购",
}


@pytest.fixture
def staff(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community)


def send(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4())} | fields)


def take(client, row, step, **fields):
    url = f"/ledger/device-cases/{row.pk}/step/{step}/"
    known = {"versions": f"{row.pk}:{row.version}", "kind": row.kind_id}
    return send(client, url, **known | SENT | fields)


def in_store(community, name="手动轮椅") -> int:
    stock = DeviceStock.objects.filter(unit=community, kind__name=name).first()
    return stock.quantity if stock else 0


def value(code, community, period=YEAR, **category):
    return engine.read(f"disability.{code}", [community.pk], period, category or None).full


# --- steps ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("step", DEVICE.steps)
@pytest.mark.parametrize("state", D)
def test_steps_of_a_device(acting, staff, community, person, state, step):
    with acting(community):
        row = made.case(person, state=state, **FIELDS[state])
    answer = take(staff, row, step)
    with acting(community):
        row.refresh_from_db()
    if step in TABLE[state]:
        assert answer.status_code == 302, answer.context["form"].errors
        assert row.state == (DEVICE.steps[step].target or state)
    else:
        assert (answer.status_code, row.state) == (200, state)


@pytest.mark.parametrize(
    ("state", "step", "fields", "said"),
    [
        (D.NEEDED, "lend", {"due_back_on": ""}, "请填写应还日期"),
        (D.NEEDED, "lend", {"due_back_on": "2025-03-01"}, "应还日期不能早于发放（借出）日期"),
        (D.NEEDED, "fit", {"issued_on": "2099-01-01"}, "不能晚于今天"),
        (D.ON_LOAN, "return", {"condition": ""}, "请填写归还时状况"),
        (D.ON_LOAN, "return", {"returned_on": "2025-03-11"}, "归还日期不能早于"),
        (D.NEEDED, "fit", {"from_stock": "on"}, "没有库存，请先登记入库"),
    ],
)
def test_a_step_is_told_what_is_wrong(acting, staff, community, person, state, step, fields, said):
    with acting(community):
        row = made.case(person, state=state, **FIELDS[state])
    answer = take(staff, row, step, **fields)
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_what_stays_with_the_person_is_not_lent(acting, staff, community, person):
    with acting(community):
        row = made.case(person, "盲杖")
    assert "不能借用" in take(staff, row, "lend").content.decode()


def test_a_need_is_noted_once_and_shows_the_way_to_teaching(acting, staff, community, person):
    with acting(community):
        row = made.case(person, "盲杖")
        kind = made.kind("盲杖")
    fields = {"resident": person.pk, "kind": kind.pk, "occurred_on": "2025-04-01"}
    answer = send(staff, "/ledger/device-cases/add/", state="needed", **fields)
    assert "已登记这种辅具的需求" in answer.content.decode()
    take(staff, row, "fit")
    page = staff.get(f"/ledger/device-cases/{row.pk}/").content.decode()
    assert f"/ledger/device-trainings/add/?resident={person.pk}&amp;kind={kind.pk}" in page
    answer = send(staff, "/ledger/device-cases/add/", state="needed", **fields)
    assert answer.status_code == 302  # the former need was met


def test_a_retired_kind_is_offered_no_more(acting, staff, community, person):
    kind = made.kind("盲杖")
    with acting(community):
        row = made.case(person, "盲杖")
        DeviceKind.objects.filter(pk=kind.pk).update(is_retired=True)
        offered = staff.get("/ledger/device-cases/add/").context["form"].fields["kind"].queryset
        assert kind not in offered
        edit = staff.get(f"/ledger/device-cases/{row.pk}/edit/").context["form"]
        assert kind in edit.fields["kind"].queryset


# --- the store ------------------------------------------------------------------------------------
def test_the_store_follows_entries_issues_and_returns(acting, community, person, make_user):
    user = make_user(Role.COMMUNITY_STAFF, community)
    with acting(user):
        bought = made.entry(community, 3)
        assert in_store(community) == 3
        case = made.case(person, state=D.ON_LOAN, from_stock=True, **LOAN)
        made.case(person, state=D.FITTED, issued_on=LATER)  # bought by the person
        assert in_store(community) == 2
        case.state, case.returned_on, case.condition = D.RETURNED, LATER, "good"
        case.save()
        assert in_store(community) == 3
        case.condition = "broken"
        case.save()
        assert in_store(community) == 2
        recycle(case, version=case.version, by=user)
        assert in_store(community) == 3
        case.refresh_from_db()
        restore(case, by=user)
        assert in_store(community) == 2
        made.entry(community, 1, move="scrapped")
        bought.kind = made.kind("护理床")
        bought.save()
        assert (in_store(community), in_store(community, "护理床")) == (-2, 3)
        bought.kind = made.kind()
        bought.quantity = 2
        bought.save()
        assert (in_store(community), in_store(community, "护理床")) == (0, 0)
        settle()


def issued(person):
    case = made.case(person, state=D.FITTED, issued_on=LATER, from_stock=True)
    settle()
    return case


def test_the_database_lets_no_store_fall_below_nought(acting, community, person):
    with acting(community):
        made.entry(community, 1)
        issued(person)
        other = factories.resident(community, "韦英")
        with pytest.raises(RuleBroken, match="“手动轮椅”的库存不够"), transaction.atomic():
            issued(other)
        assert in_store(community) == 0


def test_stores_of_communities_are_apart(acting, street, community, other_community):
    with acting(street):
        made.entry(community, 2)
        made.entry(other_community, 7)
        assert (in_store(community), in_store(other_community)) == (2, 7)
    with acting(community):
        assert DeviceStock.objects.count() == 1
        with pytest.raises(OutOfScope), transaction.atomic():
            made.entry(other_community, 1)


def test_the_form_says_what_the_store_does_not_hold(acting, staff, community, person):
    with acting(community):
        made.entry(community, 1)
        row, kind = made.case(person), made.kind()
    fields = {"kind": kind.pk, "occurred_on": "2025-03-12", "move": "scrapped"}
    answer = send(staff, "/ledger/device-entries/add/", quantity="2", **fields)
    assert "库存只有 1辆" in str(answer.context["form"].errors["quantity"])
    assert take(staff, row, "fit", from_stock="on").status_code == 302
    answer = send(staff, "/ledger/device-entries/add/", quantity="1", **fields)
    assert "库存只有 0辆" in str(answer.context["form"].errors["quantity"])
    with acting(community):
        bought = DeviceEntry.objects.get()
    answer = send(staff, f"/ledger/device-entries/{bought.pk}/delete/", version=bought.version)
    assert answer.status_code != 302 or "库存不够" in staff.get(answer["Location"]).content.decode()
    with acting(community):
        assert in_store(community) == 0
    page = staff.get("/ledger/device-stock/").content.decode()
    assert "无库存" in page
    assert staff.get("/ledger/device-stock/add/").status_code in {403, 404}


# --- the catalogue --------------------------------------------------------------------------------
def test_the_catalogue_is_kept_by_the_street(client_of, make_user, street):
    boss = client_of(make_user(Role.STREET_SECTION, street))
    page = boss.get("/disability/device-kinds/").content.decode()
    for words in ("12 个人移动辅助器具", "GB/T 16432—2016", "盲杖", "助听器", "大腿假肢", "护理床"):
        assert words in page
    answer = send(boss, "/disability/device-classes/add/", code="12", name="移动", edition="2025")
    assert answer.status_code == 302
    answer = send(boss, "/disability/device-classes/add/", code="12", name="移动", edition="2025")
    assert "这个版本已有这个代码" in answer.content.decode()
    kind = made.kind()
    fields = {"family": kind.family_id, "use": "wheelchair", "measure": "辆", "low_mark": "2"}
    answer = send(boss, "/disability/device-kinds/add/", name="手动轮椅", **fields)
    assert "目录里已有这个名称" in answer.content.decode()
    answer = send(boss, "/disability/device-kinds/add/", name="运动轮椅", **fields)
    assert answer.status_code == 302
    new = made.kind("运动轮椅")
    url = f"/disability/device-kinds/{new.pk}/"
    assert send(boss, url, name="竞速轮椅", is_retired="on", **fields).status_code == 302
    new.refresh_from_db()
    assert (new.name, new.is_retired, new.low_mark) == ("竞速轮椅", True, 2)


@pytest.mark.parametrize("role", [Role.COMMUNITY_STAFF, Role.REHABILITATION_WORKER])
def test_others_do_not_keep_the_catalogue(client_of, make_user, community, role):
    client = client_of(make_user(role, community))
    for url in ("device-kinds/", "device-kinds/add/", "device-classes/add/"):
        assert client.get(f"/disability/{url}").status_code == 403


def test_twelve_classes_and_some_thirty_devices_are_there_from_the_start():
    assert DeviceKind.objects.values("family").distinct().count() == 12
    assert DeviceKind.objects.count() >= 30


# --- figures and what is due ----------------------------------------------------------------------
def test_needs_fitting_and_loans_are_counted_by_their_days(acting, community, person):
    with acting(community):
        other = factories.resident(community, "韦英")
        made.case(person, "盲杖", state=D.FITTED, issued_on=LATER)
        made.case(person, "助视器", state=D.FITTED, issued_on=date(2026, 1, 8))
        made.case(other, state=D.RETURNED, **LOAN | {"returned_on": LATER, "condition": "good"})
        made.case(other, "护理床", state=D.ON_LOAN, **LOAN)
        made.case(other, "坐便椅", state=D.DROPPED, closed_on=LATER, note="自购")
        made.case(
            other, "电动轮椅", occurred_on=date(2024, 12, 31), state=D.FITTED, issued_on=LATER
        )
        made.entry(community, 4, move="donation")
        assert value("device_needs", community) == "5件"
        assert value("device_need_persons", community) == "2人"
        assert value("device_needs_met", community) == "3件"
        assert value("device_fit_rate", community) == "60.0%（3/5）"
        assert value("device_needs_waiting", community) == "1件"
        assert value("device_fitted", community) == "4件"
        assert value("device_persons", community) == "2人"
        assert value("device_fitted", community, use="wheelchair") == "2件"
        assert value("devices_on_loan", community) == "1件"
        assert value("devices_on_loan", community, Period.parse("2025-03")) == "1件"
        assert value("devices_returned", community) == "1件"
        assert value("devices_received", community, move="donation") == "4件"
        assert value("cane_fitted", community) == "1件"


def test_s7_8_to_10_cane_prosthesis_and_hearing_aid_are_told_apart(acting, community, person):
    with acting(community):
        other = factories.resident(community, "韦英")
        for who, name in (
            (person, "盲杖"),
            (person, "盲杖"),
            (other, "小腿假肢"),
            (other, "助听器"),
        ):
            made.training(who, name, mastered=name == "盲杖")
        assert value("device_trainings", community) == "4人次"
        assert value("device_training_persons", community) == "2人"
        assert value("device_training_persons", community, use="hearing") == "1人"
        assert value("device_mastered_persons", community) == "1人"
        assert value("cane_trainings", community) == "2人次"
        assert value("cane_training_persons", community) == "1人"
        assert value("prosthesis_training_persons", community) == "1人"
        assert value("hearing_aid_trainings", community) == "1人次"


def test_s7_10_who_speaks_by_sign_language(acting, community, person):
    with acting(community):
        factories.disability_file(person, communication=["sign_language", "writing"])
        factories.disability_file(factories.resident(community, "韦英"), communication=["writing"])
        gone = factories.resident(community, "韦贵")
        factories.disability_file(gone, communication=["sign_language"], closed_on=DAY)
        assert value("sign_language_persons", community) == "1人"


def due(code, community):
    return list(worklists[f"disability.{code}"].rows(frozenset([community.pk])))


def test_what_is_due_with_devices(acting, community, person):
    today = timezone.localdate()
    ago = today - timedelta(days=40)
    with acting(community):
        bought = made.entry(community, 1, name="护理床", occurred_on=ago)
        needed = made.case(person, "助听器", occurred_on=ago)
        made.case(person, "助视器", occurred_on=today)
        back = today - timedelta(days=3)
        lent = made.case(
            person,
            "语音血压计",
            occurred_on=ago,
            state=D.ON_LOAN,
            issued_on=ago,
            due_back_on=back,
        )
        loan = {"occurred_on": ago, "state": D.ON_LOAN, "issued_on": ago}
        soon, _ = (
            made.case(person, name, **loan, due_back_on=today + timedelta(days=days))
            for name, days in (("护理床", 14), ("手杖", 15))
        )
        assert due("devices_overdue", community) == [lent, soon]
        assert due("device_needs_waiting", community) == [needed]
        assert due("devices_untaught", community) == [lent]
        made.training(person, "语音血压计", occurred_on=today)
        assert due("devices_untaught", community) == []
        [low] = due("device_stock_low", community)
        assert (low.kind, low.quantity) == (bought.kind, 1)
        listed = worklists["disability.devices_overdue"]
        assert listed.due(lent) == "超期 3 天"


def test_the_database_keeps_stage_and_days_together(acting, community, person):
    with acting(community):
        for wrong in ({"state": D.FITTED}, {"issued_on": LATER}, {"state": D.RETURNED, **LOAN}):
            with pytest.raises(IntegrityError, match="device_case_stage"), transaction.atomic():
                made.case(person, **wrong)
        assert not DeviceCase.objects.exists()
