"""撤销 of an act of one click: only one's own last one, for an hour, of records that one's ledgers show."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.errors import StaleRecord
from portal.ledgers import ledgers, undoing
from portal.models import AccessLog
from portal.office.models import WorkTask
from portal.roles import Role
from portal.scope import Denied
from portal.today import services
from portal.worklists import worklists
from tests import factories
from tests.factories import office, reception

pytestmark = pytest.mark.django_db
LISTS = {
    "office": "office.tasks_due",
    "disability": "disability.tasks_due",
    "sanitation": "sanitation.tasks_due",
}
TOO_LATE = "已经不能撤销"


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, name="陈素芬")


@pytest.fixture
def inspector(make_user, community):
    return make_user(Role.SANITATION_INSPECTOR, community)


@pytest.fixture
def tasks(acting, community):
    """By department one that is due today."""
    today = timezone.localdate()
    with acting(community):
        return {
            domain: office.work_task(
                office.work_plan(community, domains=[domain], title=f"{domain}计划"),
                title=f"金丝雀{domain}",
                starts_on=today - timedelta(days=9),
                due_on=today,
            )
            for domain in LISTS
        }


def press(client, record, code, act="do", **fields):
    data = {"_key": str(uuid.uuid4()), "version": record.version, "back": "all", **fields}
    return client.post(f"/today/{code}/{record.pk}/{act}/", data)


def done_on(acting, who, record) -> date | None:
    with acting(who):
        record.refresh_from_db()
        return record.done_on


def done(client, acting, who, record, code):
    """The page that the click led to."""
    answer = press(client, record, code)
    assert done_on(acting, who, record), answer.content.decode()
    return answer["Location"]


def refused(client, record, code) -> bool:
    answer = press(client, record, code, "undo")
    assert answer.status_code == 302
    return TOO_LATE in client.get("/today/").content.decode()


# --- whose ----------------------------------------------------------------------------------------
def test_an_address_tells_nothing_of_other_departments(client_of, acting, staff, inspector, tasks):
    worker, other = client_of(staff), client_of(inspector)
    for domain, code in LISTS.items():
        record = tasks[domain]
        done(worker, acting, staff, record, code)
        for named in LISTS.values():
            page = other.get(f"/today/?done={named}:{record.pk}:{record.version}")
            assert page.context["done"] is None
            assert record.title not in page.content.decode()
        assert refused(other, record, LISTS["sanitation"])
        assert done_on(acting, staff, record)


def test_even_a_kept_entry_shows_only_what_the_ledger_does(
    client_of, acting, staff, inspector, tasks
):
    """As where the task went to another department since."""
    worker, other = client_of(staff), client_of(inspector)
    for domain, shows in (("sanitation", True), ("disability", False), ("office", False)):
        record = tasks[domain]
        done(worker, acting, staff, record, LISTS[domain])
        session = other.session
        session[undoing.SESSION_KEY] = {
            "token": "t",
            "slug": LISTS["sanitation"],
            "act": undoing.CLICKED,
            "rows": [[record.pk, record.version]],
            "until": timezone.now().timestamp() + 60,
        }
        session.save()
        page = other.get("/today/?done=t").content.decode()
        assert (f"金丝雀{domain}" in page) == shows
        if not shows:
            assert refused(other, record, LISTS["sanitation"])
            assert done_on(acting, staff, record)


def test_another_account_takes_nothing_back(client_of, make_user, acting, staff, community, tasks):
    record, code = tasks["office"], LISTS["office"]
    address = done(client_of(staff), acting, staff, record, code)
    colleague = client_of(make_user(Role.COMMUNITY_STAFF, community, name="陈彩霞"))
    assert colleague.get(address).context["done"] is None
    assert refused(colleague, record, code)
    assert done_on(acting, staff, record)


# --- when -----------------------------------------------------------------------------------------
def test_not_after_an_hour(client_of, acting, staff, tasks, monkeypatch):
    monkeypatch.setattr(undoing, "LIFE", -1)
    client, record = client_of(staff), tasks["office"]
    address = done(client, acting, staff, record, LISTS["office"])
    assert client.get(address).context["done"] is None
    assert refused(client, record, LISTS["office"])
    assert done_on(acting, staff, record)


def test_only_the_last_act_and_only_once(client_of, acting, staff, tasks):
    client = client_of(staff)
    first = done(client, acting, staff, tasks["office"], LISTS["office"])
    last = done(client, acting, staff, tasks["disability"], LISTS["disability"])
    assert client.get(first).context["done"] is None
    assert refused(client, tasks["office"], LISTS["office"])
    assert client.get(last).context["done"]["pk"] == tasks["disability"].pk
    assert client.get("/today/").context["done"] is None
    assert not refused(client, tasks["disability"], LISTS["disability"])
    assert done_on(acting, staff, tasks["disability"]) is None
    assert refused(client, tasks["disability"], LISTS["disability"])


def test_it_is_no_undoing_of_a_ledger(client_of, acting, staff, tasks):
    client, record = client_of(staff), tasks["office"]
    token = done(client, acting, staff, record, LISTS["office"]).partition("done=")[2]
    data = {"_key": str(uuid.uuid4()), "token": token}
    client.post("/ledger/work-tasks/undo/", data)
    with acting(staff):
        assert WorkTask.objects.get(pk=record.pk).deleted_at is None


# --- the service ----------------------------------------------------------------------------------
def test_what_was_never_done_is_not_taken_back(acting, staff, tasks):
    record = tasks["office"]
    with acting(staff), pytest.raises(StaleRecord):
        services.take_back(worklists[LISTS["office"]], record, version=record.version, by=staff)


def test_what_another_ledger_keeps_is_not_changed_here(acting, staff, community):
    with acting(community):
        person = factories.resident(community)
        reception.folk_visit(person)
    listed = replace(worklists[LISTS["office"]], ledger="visits")
    with acting(staff):
        [visit] = ledgers["visits"].queryset(staff)
        with pytest.raises(Denied, match="民情走访"):
            services.check_may(listed, visit, staff)


def test_who_may_not_change_the_record_does_no_act(acting, make_user, community, tasks):
    """Whoever holds the list's permission but not the ledger's."""
    inspector = make_user(Role.SANITATION_INSPECTOR, community)
    record = tasks["office"]
    listed = replace(worklists[LISTS["office"]], permission="sanitation.edit")
    with acting(inspector), pytest.raises(Denied, match="其他单位"):
        services.take(listed, record, version=record.version, by=inspector)


def test_acts_of_one_click_are_on_ledgers_kept_by_hand():
    for worklist in worklists:
        if worklist.act and worklist.act.sets:
            assert ledgers[worklist.ledger].edit_permission, worklist.code


# --- the paper ------------------------------------------------------------------------------------
def test_the_days_paper_is_logged_with_its_rows(client_of, acting, staff, tasks):
    client = client_of(staff)
    assert client.get("/today/paper.pdf").status_code == 200
    with acting(staff):
        [row] = AccessLog.objects.filter(subject="portal.today")
    assert (row.action, row.user, row.rows) == (AccessLog.Action.PDF, staff, 3)


def test_a_paper_without_rows_names_nobody(client_of, acting, staff):
    assert client_of(staff).get("/today/paper.pdf").status_code == 200
    with acting(staff):
        assert not AccessLog.objects.filter(subject="portal.today").exists()
