"""The overview, a plan's progress, the menu's folds, what is due, and totals of former times."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.ledgers import ledgers
from portal.roles import Role
from portal.worklists import worklists
from tests import factories

office = factories.office
pytestmark = pytest.mark.django_db


def queries(client, url) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize("slug", ["work-tasks", "issued-certificates", "facilities", "rules"])
def test_lists_ask_as_much_for_three_rows_as_for_one(client_of, acting, community, staff, slug):
    client = client_of(staff)
    makers = {
        "work-tasks": lambda n: office.work_task(office.work_plan(community, title=f"计划{n}")),
        "issued-certificates": lambda n: office.issued_certificate(community, number=n),
        "facilities": lambda n: office.facility(community, name=f"设施{n}"),
        "rules": lambda n: office.rule(community, title=f"制度{n}"),
    }
    counts = []
    for rows in (1, 2):
        with acting(community):
            for _ in range(rows):
                makers[slug](len(counts) * 5 + rows + _)
        counts.append(queries(client, f"/ledger/{slug}/"))
    assert counts[0] == counts[1]


def test_the_overview_has_a_card_for_each_ledger_and_asks_the_same_with_more_rows(
    client_of, acting, community, staff
):
    client = client_of(staff)
    before = queries(client, "/office/")
    with acting(community):
        office.one_of_each(community)
    assert queries(client, "/office/") == before
    page = client.get("/office/")
    cards = {card["title"]: card for s in page.context["sections"] for card in s["cards"]}
    ours = {each.title for each in ledgers if each.domain == "office"}
    assert cards.keys() == ours - {"人员考核"}
    assert cards["站所室"]["value"] == "1"
    assert cards["工作计划"]["figure_url"].startswith("/figures/office.plans/?period=")


def test_the_menu_folds_and_the_current_section_is_open(client_of, staff):
    def folds(url):
        page = client_of(staff).get(url)
        groups = {group["title"]: group for group in page.context["nav"] if group.get("folds")}
        inner = {each["title"] for g in groups.values() for each in g["sections"] if each["open"]}
        return {title for title, group in groups.items() if group["open"]}, inner

    assert folds("/") == ({"居民与户"}, set())
    assert folds("/office/") == ({"综合事务"}, set())
    assert folds("/ledger/purchases/") == ({"综合事务"}, {"场所与物资"})
    assert folds("/ledger/visits/") == ({"居民与户"}, set())
    street = client_of(staff).get("/boards/table/").context["nav"]
    current = [item["title"] for group in street for item in group["items"] if item["active"]]
    assert current == ["数据看板"]
    body = client_of(staff).get("/ledger/purchases/").content.decode()
    assert body.count('<details class="nav-section" open>') == 1


def test_a_plan_tells_its_progress_by_the_figure(client_of, acting, community, staff):
    with acting(community):
        plan = office.work_plan(community)
        office.work_task(
            plan,
            title="入户走访",
            figure="visits.home",
            target=4,
            measure="人次",
            due_on=date(2025, 12, 31),
        )
        person = factories.resident(community)
        for day in (date(2025, 5, 1), date(2025, 6, 1), date(2024, 12, 31)):
            factories.visit(person, day)
    client = client_of(staff)
    assert (
        f"/ledger/work-plans/{plan.pk}/progress/"
        in client.get(f"/ledger/work-plans/{plan.pk}/").content.decode()
    )
    [row] = client.get(f"/ledger/work-plans/{plan.pk}/progress/").context["rows"]
    assert (row.target, row.done, row.share, row.task.state) == (
        "4人次",
        "2人次",
        "50.0%",
        "已超期",
    )


def test_a_plan_of_another_unit_is_a_missing_page(
    client_of, acting, make_user, community, other_community, staff
):
    with acting(other_community):
        plan = office.work_plan(other_community)
    assert client_of(staff).get(f"/ledger/work-plans/{plan.pk}/progress/").status_code == 404
    clerk = client_of(make_user(Role.WINDOW_CLERK, other_community))
    assert clerk.get(f"/ledger/work-plans/{plan.pk}/progress/").status_code == 403


def test_a_task_is_due_within_its_plan_and_a_figure_needs_a_target(
    client_of, acting, community, staff
):
    with acting(community):
        plan = office.work_plan(community)
    typed = {
        "_key": str(uuid.uuid4()),
        "plan": str(plan.pk),
        "title": "走访",
        "owner": "李梅",
        "starts_on": "2025-01-01",
        "due_on": "2026-01-01",
        "figure": "visits.home",
    }
    errors = client_of(staff).post("/ledger/work-tasks/add/", typed).context["form"].errors
    assert "之内" in str(errors["due_on"])
    assert "请填写目标数" in str(errors["target"])


DUE = {
    "office.instructions_overdue": lambda unit, day: office.instruction(
        unit, occurred_on=day - timedelta(days=20), due_on=day - timedelta(days=1)
    ),
    "office.documents_due": lambda unit, day: office.incoming_document(
        unit, occurred_on=day - timedelta(days=5), due_on=day + timedelta(days=7)
    ),
    "office.tasks_due": lambda unit, day: office.work_task(
        office.work_plan(unit), due_on=day + timedelta(days=7)
    ),
    "office.agreements_expiring": lambda unit, day: office.agreement(
        office.partner(unit), ends_on=day + timedelta(days=30)
    ),
    "office.duty_not_handed_over": lambda unit, day: office.duty_shift(
        unit, on=day - timedelta(days=1)
    ),
    "office.postings_to_remove": lambda unit, day: office.posting(
        office.notice_board(unit), occurred_on=day - timedelta(days=9), due_on=day
    ),
}


@pytest.mark.parametrize("code", sorted(DUE))
def test_what_is_due_is_on_the_home_page_until_it_is_done(
    client_of, acting, community, other_community, staff, code
):
    day = timezone.localdate()
    with acting(community, other_community):
        DUE[code](community, day)
        DUE[code](other_community, day)
    worklist = worklists[code]
    with acting(staff):
        [row] = worklist.rows(frozenset([community.pk]))
    client = client_of(staff)
    listed = {each["title"]: each for each in client.get("/").context["worklists"]}
    assert listed[worklist.title]["count"] == 1
    [section] = client.get(listed[worklist.title]["url"]).context["sections"]
    assert [item["due"] for item in section["items"]] == [worklist.due(row)]
    closing = {"done_on": day, "handed_over": True, "removed_on": day, "ends_on": date(2025, 2, 1)}
    [name] = {"done_on", "handed_over", "removed_on"} & vars(row).keys() or ["ends_on"]
    with acting(community):
        setattr(row, name, closing[name])
        row.save()
        assert not worklist.rows(frozenset([community.pk])).exists()


def test_a_historic_total_is_typed_only_before_the_first_record(
    client_of, acting, community, staff
):
    with acting(community):
        factories.visit(factories.resident(community), date(2024, 3, 1))
    client = client_of(staff)

    def typed(**fields):
        usual = {"figure": "visits.home", "period": "2023", "value": "120", "source": "2023年总结"}
        data = {"_key": str(uuid.uuid4()), **usual, **fields}
        return client.post("/ledger/historic-totals/add/", data)

    assert "自 2024-03-01 起已有记录" in str(typed(period="2024").context["form"].errors["period"])
    assert "时段写法不对" in str(typed(period="去年").context["form"].errors["period"])
    assert "figure" in typed(figure="disability.visit_coverage").context["form"].errors
    assert typed().status_code == 302
    assert "手工录入" in client.get("/ledger/historic-totals/").content.decode()
