"""The pages of the unit tree: role × action, confirmation first, nothing half done."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.models import Unit, UnitChange
from portal.roles import Role
from portal.units import services
from tests.conftest import as_command

pytestmark = pytest.mark.django_db

PAGES = ["list", "create", "detail", "rename", "correct", "end", "merge", "split"]
ON, EVE = date(2025, 7, 1), date(2025, 6, 30)


@pytest.fixture
def system(make_user, street):
    return make_user(Role.SYSTEM_ADMINISTRATOR, street, "system")


@pytest.fixture
def client(system, client_of):
    return client_of(system)


@pytest.fixture
def guide(client):
    """Fill in a page as a browser would, with its hidden versions; ``step`` confirms."""

    def send(page, unit, step="", **data):
        url = url_of(page, unit)
        versions = client.get(url).context["form"].shown_versions
        hidden = {"_key": str(uuid.uuid4()), "versions": versions, "step": step}
        return client.post(url, hidden | data)

    return send


def url_of(name, unit):
    return reverse(f"unit-{name}", args=[] if name in {"list", "create"} else [unit.pk])


def fresh(unit):
    return Unit.objects.get(pk=unit.pk)


# --- who may come in --------------------------------------------------------------------------
@pytest.mark.parametrize("name", PAGES)
def test_anonymous_is_sent_to_sign_in(community, name):
    url = url_of(name, community)
    assert Client().get(url)["Location"] == f"/login/?next={url}"


@pytest.mark.parametrize("role", Role)
def test_pages_open_for_the_system_administrator_only(
    make_user, client_of, street, community, role
):
    client = client_of(make_user(role, street))
    expected = 200 if role == Role.SYSTEM_ADMINISTRATOR else 403
    answers = {client.get(url_of(name, community)).status_code for name in PAGES}
    assert answers == {expected}


def test_posting_needs_the_role_too(make_user, client_of, street, community):
    client = client_of(make_user(Role.SECURITY_ADMINISTRATOR, street))
    for name in PAGES:
        data = {"_key": str(uuid.uuid4()), "step": "confirm"}
        assert client.post(url_of(name, community), data).status_code == 403


@pytest.mark.parametrize("name", ["detail", "rename", "correct", "end", "merge", "split"])
def test_units_of_others_are_not_found(client, other_street, district, name):
    for unit in (other_street, district):
        assert client.get(url_of(name, unit)).status_code == 404
        answer = client.post(url_of(name, unit), {"_key": str(uuid.uuid4())})
        assert answer.status_code == (405 if name == "detail" else 404)


# --- tree and detail --------------------------------------------------------------------------
def test_tree_shows_each_unit_after_its_parent(
    make_user, client_of, district, street, other_street, community, other_community
):
    page = client_of(make_user(Role.SYSTEM_ADMINISTRATOR, district)).get(reverse("unit-list"))
    tree = [(row["depth"], row["unit"].name) for row in page.context["rows"]]
    assert tree == [
        (0, "清河区"),
        (1, "春华街道"),
        (2, "明珠社区"),
        (2, "和平社区"),
        (1, "秋实街道"),
    ]


def test_tree_hides_ended_units_until_asked(client, community, other_community):
    with as_command():
        services.merge_units([community], into=other_community, on=ON, by=None)
    names = [row["unit"].name for row in client.get("/units/").context["rows"]]
    assert names == ["春华街道", "和平社区"]
    rows = client.get("/units/?ended=1").context["rows"]
    assert [(row["unit"].name, row["state"]["value"]) for row in rows] == [
        ("春华街道", "在用"),
        ("明珠社区", "已停用"),
        ("和平社区", "在用"),
    ]


def test_tree_asks_the_same_number_of_questions_whatever_its_size(
    client, street, community, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("unit-list"))
    with as_command():
        for number in range(20, 30):
            code = f"4401030010{number}"
            services.create_unit(
                code=code, name=f"社区{number}", parent=street, valid_from=None, by=None
            )
    with django_assert_num_queries(len(few)):
        client.get(reverse("unit-list"))


def test_detail_tells_what_became_of_the_unit(client, community, other_community):
    with as_command():
        services.rename_unit(community, name="明月社区", on=date(2024, 1, 1), by=None)
        services.merge_units([community], into=other_community, on=ON, by=None, note="3号文")
    page = client.get(url_of("detail", community))
    told = [(change["on"], change["text"], change["note"]) for change in page.context["changes"]]
    assert told == [
        ("2025-07-01", "“明月社区”并入“和平社区”", "3号文"),
        ("2024-01-01", "“明珠社区”更名为“明月社区”", ""),
    ]
    assert not page.context["can_rearrange"]
    page = client.get(url_of("detail", other_community))
    assert [change["text"] for change in page.context["changes"]] == ["“明月社区”并入“和平社区”"]


# --- guided acts ------------------------------------------------------------------------------
def test_create_says_what_will_happen_and_then_does_it(guide, street):
    data = {"parent": street.pk, "code": "440103 001009", "name": "东明社区", "valid_from": ON}
    page = guide("create", None, **data)
    assert page.context["sentences"] == [
        "在“春华街道”下面设立社区“东明社区”（440103001009），自2025年7月1日起启用。"
    ]
    assert not Unit.objects.filter(name="东明社区").exists()
    answer = guide("create", None, step="confirm", **data)
    unit = Unit.objects.get(name="东明社区")
    assert answer["Location"] == url_of("detail", unit)
    assert (unit.parent, unit.valid_from) == (street, ON)


def test_confirmation_carries_everything_on(client, guide, street):
    """The confirm page's own hidden fields are enough for the second step."""
    data = {
        "parent": street.pk,
        "code": "440103001009",
        "name": "东明社区",
        "valid_from": "2025.7.1",
    }
    page = guide("create", None, **data)
    form = page.context["form"]
    hidden = {field.html_name: field.value() for field in form}
    key = {"_key": page.wsgi_request.POST["_key"]}
    assert client.post("/units/add/", hidden | key | {"step": "confirm"}).status_code == 302
    assert Unit.objects.get(name="东明社区").valid_from == ON


def test_confirmation_can_be_taken_back(guide, street):
    data = {"parent": street.pk, "code": "440103001009", "name": "东明社区"}
    page = guide("create", None, step="back", **data)
    assert (page.status_code, page.context["confirming"]) == (200, False)
    assert page.context["form"]["name"].value() == "东明社区"
    assert not Unit.objects.filter(name="东明社区").exists()


def test_refusal_comes_before_the_confirmation(guide, street, community):
    data = {"parent": street.pk, "code": community.code, "name": "东明社区"}
    page = guide("create", None, **data)
    assert (page.context["confirming"], list(page.context["form"].errors)) == (False, ["code"])


def test_create_offers_no_foreign_parent(guide, other_street):
    page = guide("create", None, parent=other_street.pk, code="440103002001", name="银杏社区")
    assert list(page.context["form"].errors) == ["parent"]


def test_rename(guide, system, community):
    data = {"name": "明月社区", "on": "2025年7月1日", "note": "清府〔2025〕3号"}
    page = guide("rename", community, **data)
    assert page.context["sentences"][0] == "“明珠社区”自2025年7月1日起更名为“明月社区”。"
    assert fresh(community).name == "明珠社区"
    guide("rename", community, step="confirm", **data)
    assert fresh(community).name == "明月社区"
    assert UnitChange.objects.get().recorded_by == system


def test_rename_over_a_newer_version_is_shown_again(client, guide, community):
    url = url_of("rename", community)
    versions = client.get(url).context["form"].shown_versions
    guide("rename", community, step="confirm", name="先改社区", on=EVE)
    data = {"versions": versions, "name": "后改社区", "on": ON, "step": "confirm"}
    page = client.post(url, data | {"_key": str(uuid.uuid4())})
    assert (page.status_code, page.context["form"]["name"].value()) == (409, "后改社区")
    assert fresh(community).name == "先改社区"


def test_correct(guide, community):
    answer = guide("correct", community, code="440103001010", name="明朱社区", valid_from="")
    assert answer["Location"] == url_of("detail", community)
    assert (fresh(community).code, fresh(community).name) == ("440103001010", "明朱社区")


def test_end_names_the_roles_that_wait(make_user, client, guide, community):
    make_user(Role.COMMUNITY_STAFF, community, name="张小红")
    page = guide("end", community, on=ON)
    assert page.context["sentences"][0].startswith(
        "“明珠社区”自2025年7月1日起停用，2025年6月30日是"
    )
    assert page.context["sentences"][-1].startswith("1 个角色")
    guide("end", community, step="confirm", on=ON)
    page = client.get(url_of("detail", community))
    assert [role.user.name for role in page.context["pending_roles"]] == ["张小红"]


def test_merge_into_a_sibling(make_user, guide, community, other_community):
    make_user(Role.COMMUNITY_STAFF, community)
    data = {"into": other_community.pk, "on": ON, "note": "清府〔2025〕9号"}
    page = guide("merge", community, **data)
    assert page.context["sentences"] == [
        "“明珠社区”自2025年7月1日起停用，2025年6月30日是最后一天；之后不能再用它登记记录。",
        "“明珠社区”原有的记录仍归原单位，“和平社区”的工作人员可以查看和办理。",
        "1 个角色在原单位结束，同日转到“和平社区”继续有效。",
    ]
    assert fresh(community).valid_to is None
    answer = guide("merge", community, step="confirm", **data)
    assert answer["Location"] == url_of("detail", other_community)
    assert fresh(community).valid_to == EVE


def test_merge_of_two_into_a_new_one(guide, community, other_community):
    data = {"others": other_community.pk, "code": "440103001010", "name": "大明社区", "on": ON}
    page = guide("merge", community, **data)
    assert page.context["sentences"][0] == "自2025年7月1日起新设“大明社区”（440103001010）。"
    assert not Unit.objects.filter(name="大明社区").exists()
    guide("merge", community, step="confirm", **data)
    new = Unit.objects.get(name="大明社区")
    merged = set(new.predecessor_changes.values_list("unit", flat=True))
    assert merged == {community.pk, other_community.pk}


def test_merge_needs_one_successor(guide, community, other_community):
    page = guide("merge", community, on=ON)
    assert list(page.context["form"].errors) == ["into"]
    both = {"into": other_community.pk, "code": "440103001010", "name": "大明社区"}
    page = guide("merge", community, on=ON, **both)
    assert list(page.context["form"].errors) == ["into"]
    page = guide("merge", community, on=ON, into=other_community.pk, others=other_community.pk)
    assert list(page.context["form"].errors) == ["others"]


def test_merge_offers_no_unit_of_another_street(guide, community, other_street):
    with as_command():
        there = services.create_unit(
            code="440103002001", name="银杏社区", parent=other_street, valid_from=None, by=None
        )
    page = guide("merge", community, into=there.pk, on=ON)
    assert list(page.context["form"].errors) == ["into"]


def test_split_hands_grids_over(guide, community):
    with as_command():
        grids = [
            services.create_unit(
                code=f"{community.code}00{n}",
                name=f"第{n}网格",
                parent=community,
                valid_from=None,
                by=None,
            )
            for n in (1, 2, 3)
        ]
    data = {
        "on": ON,
        "code1": "440103001011",
        "name1": "东明珠社区",
        "code2": "440103001012",
        "name2": "西明珠社区",
        f"grid{grids[0].pk}": "new1",
        f"grid{grids[1].pk}": "new2",
        f"grid{grids[2].pk}": "none",
    }
    page = guide("split", community, **(data | {f"grid{grids[2].pk}": ""}))
    assert list(page.context["form"].errors) == [f"grid{grids[2].pk}"]
    page = guide("split", community, **data)
    assert [text for text in page.context["sentences"] if "网格" in text] == [
        "2 个网格在承接单位下面继续，代码重新编排。",
        "1 个网格停用，不再保留。",
    ]
    answer = guide("split", community, step="confirm", **data)
    assert answer["Location"] == url_of("detail", community)
    going_on = Unit.objects.filter(kind="grid", valid_to=None).values_list("parent__name", "name")
    assert list(going_on) == [("东明珠社区", "第1网格"), ("西明珠社区", "第2网格")]


def test_split_between_a_new_and_a_known_unit(guide, community, other_community):
    data = {"on": ON, "code1": "440103001011", "name1": "东明珠社区", "others": other_community.pk}
    guide("split", community, step="confirm", **data)
    successors = community.changes.values_list("successor__name", flat=True)
    assert set(successors) == {"东明珠社区", "和平社区"}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "__all__"),
        ({"code1": "440103001011", "name1": "东明珠社区"}, "__all__"),
        ({"code1": "440103001011"}, "name1"),
        ({"name3": "东明珠社区"}, "code3"),
        ({"on": "2999-01-01"}, "on"),
    ],
)
def test_bad_split_is_named_at_its_field(guide, community, data, field):
    if field == "on":
        data = data | {
            f"{what}{n}": value
            for n in (1, 2)
            for what, value in (("code", f"44010300101{n}"), ("name", f"新{n}社区"))
        }
    page = guide("split", community, **({"on": ON} | data))
    assert field in page.context["form"].errors
    assert fresh(community).valid_to is None


def test_split_failing_at_the_second_new_unit_makes_none(guide, community, other_community):
    data = {
        "on": ON,
        "code1": "440103001011",
        "name1": "东明珠社区",
        "code2": other_community.code,
        "name2": "西明珠社区",
    }
    page = guide("split", community, step="confirm", **data)
    assert page.context["form"].errors == {"code2": ["代码 440103001002 已由“和平社区”使用。"]}
    assert not Unit.objects.filter(name="东明珠社区").exists()
