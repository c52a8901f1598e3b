"""The pages of the acts: told before done, refused at the field, open to who may edit the household."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.roles import Role
from residents.acts import services
from residents.acts.services import Choices, NewHome
from residents.enums import ActKind, Relation, Sex
from residents.models import HouseholdAct, Membership
from tests import factories

TOMORROW = timezone.localdate() + timedelta(days=1)
PATHS = {kind: kind.value.replace("_", "-") for kind in ActKind if kind != ActKind.UNDO}
ROLES = {
    Role.COMMUNITY_STAFF: 200,
    Role.WINDOW_CLERK: 200,
    Role.COMMUNITY_HEAD: 200,
    Role.STATION_HANDLER: 403,
    Role.REHABILITATION_WORKER: 403,
    Role.SANITATION_INSPECTOR: 403,
    Role.VOLUNTEER_LEADER: 403,
    Role.STREET_SECTION: 403,
    Role.STREET_SUPERVISOR: 403,
    Role.SYSTEM_ADMINISTRATOR: 403,
    Role.SECURITY_ADMINISTRATOR: 403,
    Role.AUDIT_ADMINISTRATOR: 403,
}


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def home(acting, community):
    with acting(community):
        home = factories.household(community)
        factories.member(home, factories.resident(community, "黄文发"))
        wife = factories.resident(community, "李秀兰", sex=Sex.FEMALE)
        factories.member(home, wife, Relation.SPOUSE)
        factories.member(home, factories.resident(community, "黄小宝"), Relation.SON)
    return home


@pytest.fixture
def act(acting, staff, home):
    with acting(staff):
        return services.split(
            home,
            [home.memberships.get(relation=Relation.SON)],
            on=date(2025, 3, 1),
            by=staff,
            choices=Choices(),
            new=NewHome(),
        )


@pytest.fixture
def post(client_of, staff):
    """Send an act's form, with the versions that the page has; ``step`` as the button sends it."""
    client = client_of(staff)

    def send(path, step="", **data):
        form = client.get(path).context["form"]
        if "versions" in form.fields:
            data.setdefault("versions", form["versions"].value())
        data["_key"] = str(uuid.uuid4())
        return client.post(path, data | ({"step": step} if step else {}), follow=True)

    return send


@pytest.mark.parametrize("role", ROLES)
def test_act_by_role(client_of, make_user, community, home, act, role):
    client = client_of(make_user(role, community))
    for kind, path in PATHS.items():
        url = f"/residents/households/{home.pk}/{path}/"
        assert client.get(url).status_code == ROLES[role], kind
        if ROLES[role] == 403:
            answer = client.post(url, {"_key": str(uuid.uuid4())})
            assert answer.status_code == 403, kind
    assert client.get(f"/residents/household-acts/{act.pk}/undo/").status_code == ROLES[role]


def test_households_of_another_unit_are_missing_pages(
    client_of, make_user, other_community, home, act
):
    client = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    urls = [f"/residents/households/{home.pk}/{path}/" for path in PATHS.values()]
    for url in [*urls, f"/residents/household-acts/{act.pk}/undo/"]:
        assert client.get(url).status_code == 404, url
        assert client.post(url, {"_key": str(uuid.uuid4())}).status_code == 404, url


def test_an_act_is_told_before_it_is_done(acting, post, staff, home):
    with acting(staff):
        rows = {m.resident.name: m for m in home.memberships.all()}
    path = f"/residents/households/{home.pk}/death/"
    data = {
        "member": rows["黄文发"].pk,
        "on": "2025-03-01",
        "stay_head": rows["李秀兰"].pk,
        f"relation{rows['黄小宝'].pk}": Relation.SON,
    }
    page = post(path, **data)
    assert page.context["confirming"]
    assert page.context["sentences"] == [
        "黄文发于2025年3月1日去世，离开户“1-101”。",
        "李秀兰自2025年3月1日起是户“1-101”的成员，与户主关系：户主，人户一致。",
    ]
    with acting(staff):
        assert not HouseholdAct.objects.exists()
        assert Membership.objects.filter(ends_on=None).count() == 3
    page = post(path, "confirm", **data)
    assert page.context["record_title"] == f"2025-03-01 成员去世 {home.number}"
    with acting(staff):
        assert HouseholdAct.objects.get().recorded_by == staff


@pytest.mark.parametrize(
    ("path", "data", "refused"),
    [
        ("split", {"on": "2025-03-01"}, {"members": ["请选择分出去的成员。"]}),
        ("death", {"on": TOMORROW, "member": "黄小宝"}, {"on": ["生效日期不能晚于今天。"]}),
        ("death", {"on": "", "member": "黄小宝"}, {"on": ["请填写去世日期。"]}),
        ("merge", {"on": "2025-03-01"}, {"into": ["请选择并入的户。"]}),
        (
            "move",
            {"on": "2025-03-01", "members": "黄小宝"},
            {"dwelling": ["请选择房屋、填写地址，或选择迁入已有的户。"]},
        ),
        (
            "apart",
            {"on": "2025-03-01", "member": "黄小宝", "stays": "registered"},
            {"address": ["请选择另一户，或填写另一处地址。"]},
        ),
        (
            "leave",
            {"on": "2025-03-01", "members": "黄文发"},
            {"stay_head": ["原户主不在这一户了，请从留下的人中选择新户主。"]},
        ),
    ],
)
def test_each_refusal_stands_at_its_field(acting, post, staff, home, path, data, refused):
    with acting(staff):
        rows = {m.resident.name: m.pk for m in home.memberships.all()}
    data = {name: rows.get(value, value) for name, value in data.items()}
    page = post(f"/residents/households/{home.pk}/{path}/", **data)
    assert {k: list(v) for k, v in page.context["form"].errors.items()} == refused


def test_a_household_that_changed_meanwhile_is_a_conflict(acting, post, staff, home):
    with acting(staff):
        rows = {m.resident.name: m for m in home.memberships.all()}
    page = post(
        f"/residents/households/{home.pk}/new-head/",
        head=rows["李秀兰"].pk,
        on="2025-03-01",
        versions=",".join(f"{m.pk}:{m.version + 1}" for m in rows.values()),
    )
    assert page.status_code == 409


def test_the_pages_offer_what_fits(client_of, make_user, street, staff, home, acting):
    with acting(staff):
        membership = home.memberships.get(relation=Relation.SON)
        person = membership.resident
    client = client_of(staff)
    offered = [act.label for act in client.get(f"/ledger/households/{home.pk}/").context["acts"]]
    assert offered == [
        "成员迁入", "分户", "并户", "迁居", "变更户主", "人户分离", "成员去世", "成员迁出",
    ]  # fmt: skip
    page = client.get(f"/ledger/residents/{person.pk}/")
    acts = page.context["acts"]
    moves, others = acts[:4], acts[4:]
    assert [act.label for act in moves] == ["人户分离", "迁居", "成员去世", "成员迁出"]
    assert [act.label for act in others] == ["登记个人信息请求", "新办件"]
    for act in moves:
        form = client.get(act.url).context["form"]
        picked = form.initial.get("member") or form.initial["members"][0]
        assert picked == str(membership.pk)
    supervisor = client_of(make_user(Role.STREET_SUPERVISOR, street))
    assert supervisor.get(f"/ledger/households/{home.pk}/").context["acts"] == []


def test_the_page_of_an_act_shows_before_and_after_and_undoes_it(client_of, staff, post, home, act):
    page = client_of(staff).get(f"/ledger/household-acts/{act.pk}/")
    ended = {
        "name": "户成员 子 黄小宝",
        "new": False,
        "columns": [{"label": "离户日期", "before": None, "after": "2025-02-28"}],
    }
    assert ended in page.context["rows"]
    [offered] = page.context["acts"]
    assert post(offered.url).context["form"].errors == {"sure": ["请勾选确认。"]}
    page = post(offered.url, sure="on")
    assert [member["person"].name for member in page.context["members"]] == [
        "黄文发", "李秀兰", "黄小宝",
    ]  # fmt: skip
    page = client_of(staff).get(f"/ledger/household-acts/{act.pk}/")
    assert (page.context["undone"], page.context["acts"]) == (True, [])


def test_nobody_writes_an_act_by_hand(client_of, staff, act):
    client = client_of(staff)
    for page in ("add/", "bin/", "import/", f"{act.pk}/edit/", f"{act.pk}/delete/"):
        assert client.get(f"/ledger/household-acts/{page}").status_code in (403, 404), page
    assert client.get("/ledger/household-acts/").status_code == 200


def test_the_list_of_acts_asks_as_often_for_three_rows_as_for_one(
    client_of, staff, acting, community, act
):
    client = client_of(staff)
    client.get("/ledger/household-acts/")
    with CaptureQueriesContext(connection) as one:
        client.get("/ledger/household-acts/")
    with acting(staff):
        for number in ("2", "3"):
            home = factories.household(community, number)
            person = factories.resident(community)
            services.join(home, person, Relation.HEAD, on=date(2025, 3, 1), by=staff)
    with CaptureQueriesContext(connection) as three:
        client.get("/ledger/household-acts/")
    assert len(three) == len(one)


def test_a_death_told_as_an_event_points_to_the_household(client_of, staff, acting, home, post):
    """The event stands; the act of the same day ends the membership and asks for the next head."""
    with acting(staff):
        rows = {m.relation: m for m in home.memberships.all()}
        head = rows[Relation.HEAD].resident
    data = {"kind": "died", "resident": head.pk, "occurred_on": "2025-03-01"}
    page = client_of(staff).post(
        "/ledger/life-events/add/", data | {"_key": str(uuid.uuid4())}, follow=True
    )
    told = [str(message) for message in page.context["messages"]]
    assert any("仍是户“1-101”的户主" in message for message in told), told
    wife = rows[Relation.SPOUSE]
    chosen = {"member": rows[Relation.HEAD].pk, "stay_head": wife.pk, "on": "2025-03-01"}
    post(f"/residents/households/{home.pk}/death/", "confirm", **chosen)
    with acting(staff):
        present = home.memberships.kept().filter(ends_on=None)
        assert {m.resident.name: m.relation for m in present} == {
            "李秀兰": Relation.HEAD,
            "黄小宝": Relation.SON,
        }
