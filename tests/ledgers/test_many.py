"""Many records in one screen, and the blank paper that they were taken down on (issue 3.6)."""

from datetime import date

import pypdfium2
import pytest

from portal.checklists import checklists
from portal.ledgers import ledgers
from portal.roles import Role
from residents.models import Participation, Visit
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/ledger/visits/add-many/"
COMMON = {
    "_key": "11111111-1111-4111-8111-111111111111",
    "lines": "10",
    "occurred_on": "2025-03-10",
    "visitor": "李梅",
    "mode": "home",
    "purposes": ["publicity"],
    "domains": ["residents"],
}


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def people(acting, community):
    with acting(community):
        return [factories.resident(community, name) for name in ("黄文发", "李小红", "赵大年")]


def line(number, person=None, **fields):
    known = {"resident": person.pk, "resident_text": person.name} if person else {}
    return {f"l{number}-{name}": value for name, value in (known | fields).items()}


def stored(acting, community):
    with acting(community):
        return list(
            Visit.objects.order_by("resident__pk").values_list(
                "resident__name", "occurred_on", "visitor", "content"
            )
        )


def purpose():
    return ledgers["visits"].model._meta.get_field("purposes").base_field.flatchoices[0][0]


def test_each_filled_line_becomes_a_record_with_the_common_fields(
    client_of, staff, acting, community, people
):
    data = COMMON | {"purposes": [purpose()]}
    data |= line(0, people[0], content="身体好") | line(4, people[1], content="缺药")
    response = client_of(staff).post(URL, data)
    assert response["Location"] == "/ledger/visits/"
    assert stored(acting, community) == [
        ("黄文发", date(2025, 3, 10), "李梅", "身体好"),
        ("李小红", date(2025, 3, 10), "李梅", "缺药"),
    ]


def test_a_name_may_be_typed_without_picking(client_of, staff, acting, community, people):
    data = COMMON | {"purposes": [purpose()], "l0-resident_text": "hwf"}
    assert client_of(staff).post(URL, data).status_code == 302
    assert [name for name, *_ in stored(acting, community)] == ["黄文发"]


def test_one_wrong_line_and_nothing_is_stored(client_of, staff, acting, community, people):
    data = COMMON | {"purposes": [purpose()]}
    data |= line(0, people[0]) | {"l1-resident_text": "没有这个人", "l1-content": "甲"}
    page = client_of(staff).post(URL, data)
    body = page.content.decode()
    assert "第 2 行 居民：没有找到“没有这个人”" in body
    assert 'value="黄文发"' in body
    assert stored(acting, community) == []


def test_a_wrong_common_field_is_said_once(client_of, staff, acting, community, people):
    data = COMMON | {"purposes": [purpose()], "occurred_on": "2999-01-01"}
    page = client_of(staff).post(URL, data | line(0, people[0]) | line(1, people[1]))
    assert [len(item["errors"]) for item in page.context["common"]].count(1) == 1
    assert stored(acting, community) == []


def test_no_line_filled_is_told(client_of, staff, people):
    page = client_of(staff).post(URL, COMMON)
    assert "还没有填写任何一行。" in page.content.decode()


def test_more_lines_keep_what_was_typed(client_of, staff, people):
    data = COMMON | {"more": "1", "l0-content": "身体好", "l0-resident_text": "黄文发"}
    page = client_of(staff).post(URL, data)
    body = page.content.decode()
    assert page.context["count"] == 20
    assert "身体好" in body
    assert 'value="黄文发"' in body
    assert 'value="李梅"' in body


def test_a_line_refused_by_the_database_undoes_all(client_of, staff, acting, community, people):
    """The same person twice in one activity."""
    with acting(community):
        activity = factories.activity(community, title="消防讲座")
    data = {"_key": COMMON["_key"], "lines": "10", "activity": activity.pk}
    for number in (0, 1):
        data |= line(number, people[0], attendee="self")
    page = client_of(staff).post("/ledger/participations/add-many/", data)
    assert page.status_code == 200
    assert page.context["failed"]
    with acting(community):
        assert not Participation.objects.exists()


def test_foreign_people_cannot_be_picked(client_of, staff, acting, other_community, community):
    with acting(other_community):
        stranger = factories.resident(other_community, "金丝雀")
    data = COMMON | {"purposes": [purpose()]} | line(0, stranger)
    page = client_of(staff).post(URL, data)
    assert page.status_code == 200
    assert stored(acting, community) == []


def test_who_may_not_edit_may_not_record_many(client_of, make_user, community):
    for role in (Role.STATION_HANDLER, Role.STREET_SECTION):
        client = client_of(make_user(role, community))
        assert client.get(URL).status_code == 403
        assert client.post(URL, COMMON).status_code == 403


def test_a_ledger_without_a_sheet_has_no_such_page(client_of, staff):
    client = client_of(staff)
    assert client.get("/ledger/residents/add-many/").status_code == 404
    assert client.get("/ledger/residents/sheet.pdf").status_code == 404


def words(response) -> str:
    document = pypdfium2.PdfDocument(response.content)
    return "".join("".join(p.get_textpage().get_text_range() for p in document).split())


def test_every_form_prints_blank_with_all_its_fields(client_of, staff):
    client = client_of(staff)
    for slug in ("visits", "participations", "disability-files"):
        printed = words(client.get(f"/ledger/{slug}/paper.pdf"))
        form_fields = ledgers[slug].model_fields
        for name in form_fields:
            label = ledgers[slug].model._meta.get_field(name).verbose_name
            assert "".join(str(label).split()) in printed, (slug, name)
    assert "□入户" in words(client.get("/ledger/visits/paper.pdf"))


def test_sheets_have_the_columns_of_the_screen_and_fit_one_page(client_of, staff):
    client = client_of(staff)
    for ledger in ledgers:
        if ledger.sheet is None or not ledger.slug.startswith(("visits", "part")):
            continue
        response = client.get(f"/ledger/{ledger.slug}/sheet.pdf")
        assert len(pypdfium2.PdfDocument(response.content)) == 1, ledger.slug
        printed = words(response)
        for name in ledger.sheet.each:
            assert str(ledger.model._meta.get_field(name).verbose_name) in printed
        for label in ledger.sheet.margin:
            assert label in printed


def test_checklist_prints_every_point_for_those_who_inspect(client_of, make_user, community):
    inspector = client_of(make_user(Role.SANITATION_INSPECTOR, community))
    printed = words(inspector.get("/papers/sanitation-check.pdf"))
    checklist = checklists["sanitation-check"]
    assert checklist.full_mark == 100
    for point, _, _ in checklist.points:
        assert "".join(point.split()) in printed
    clerk = client_of(make_user(Role.WINDOW_CLERK, community))
    assert clerk.get("/papers/sanitation-check.pdf").status_code == 403
    assert inspector.get("/papers/nothing.pdf").status_code == 404


def test_papers_lists_what_the_user_may_record(client_of, make_user, community, staff):
    assert "签到表" in client_of(staff).get("/papers/").content.decode()
    inspector = client_of(make_user(Role.SANITATION_INSPECTOR, community)).get("/papers/")
    assert "走访登记表" not in inspector.content.decode()
