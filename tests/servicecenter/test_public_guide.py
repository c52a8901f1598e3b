"""Guides for residents: what is published and in force today, and nothing else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.roles import Role
from tests.servicecenter.public_world import hall, make_version

__all__ = ["hall", "make_version"]
pytestmark = pytest.mark.django_db


def shown(client, unit) -> list[str]:
    return [guide.name for guide in client.get(f"/public/{unit.code}/").context["guides"]]


def test_the_first_page_lists_streets_with_their_communities(client, community, other_street):
    text = client.get("/public/").content.decode()
    assert text.index("春华街道") < text.index("明珠社区") < text.index("秋实街道")
    assert "清河区" not in text


def test_own_items_and_those_of_the_street_are_shown(
    client, community, other_community, street, other_street, make_version
):
    make_version(community, "社区的事")
    make_version(other_community, "别家的事")
    make_version(street, "街道的事")
    make_version(other_street, "别街的事")
    assert set(shown(client, community)) == {"社区的事", "街道的事"}
    assert shown(client, street) == ["街道的事"]


def test_only_published_versions_in_force_are_shown(client, community, make_version, acting):
    today = timezone.localdate()
    make_version(community, "在办")
    make_version(community, "未公开", published_on=None)
    make_version(community, "明天公开", published_on=today + timedelta(days=1))
    make_version(community, "还没施行", starts_on=today + timedelta(days=1))
    make_version(community, "已经失效", ends_on=today - timedelta(days=1))
    make_version(community, "今天最后一天", ends_on=today)
    make_version(community, "已停办", closed_on=today - timedelta(days=1))
    gone = make_version(community, "删除")
    with acting(community):
        gone.deleted_at = timezone.now()
        gone.save()
    assert set(shown(client, community)) == {"在办", "今天最后一天"}


def test_an_item_tells_materials_days_fee_and_steps(client, community, make_version, hall):
    made = make_version(
        community,
        "城乡居民最低生活保障初审",
        conditions="家庭人均收入低于标准",
        legal_days=30,
        promised_days=10,
        basis="社会救助暂行办法",
    )
    text = client.get(f"/public/{community.code}/{made.item_id}/").content.decode()
    for told in (
        *("10 个工作日", "法定 30 个工作日", "不收费", "家庭人均收入低于标准", "身份证", "户口簿"),
        *("窗口受理", "社区初审", "社会救助暂行办法", "0731-85550100", "2025年1月1日公开"),
    ):
        assert told in text


def test_an_item_on_the_spot_says_so(client, community, make_version):
    made = make_version(community, "开具证明", kind="on_spot", promised_days=0, materials=())
    text = client.get(f"/public/{community.code}/{made.item_id}/").content.decode()
    assert "当场办结" in text
    assert "不需要材料" in text


def test_what_is_not_published_has_no_page(client, community, other_community, make_version):
    hidden = make_version(community, "未公开", published_on=None)
    foreign = make_version(other_community, "别家")
    for path in (
        f"/public/{community.code}/{hidden.item_id}/",
        f"/public/{community.code}/{foreign.item_id}/",
        f"/public/{community.code}/999999/",
        f"/public/440103999999/{foreign.item_id}/",
        "/public/440103999999/",
        "/public/440103000000/",
    ):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "回到为民服务首页" in answer.content.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("残疾", ["残疾人证申请"]),
        ("身份证 残疾", ["残疾人证申请"]),
        ("cjrz", ["残疾人证申请"]),
        ("结婚证", ["生育登记"]),
        ("民政", ["残疾人证申请", "生育登记"]),
        ("没有的", []),
        ("", ["残疾人证申请", "生育登记"]),
        ("\x00", ["残疾人证申请", "生育登记"]),
    ],
)
def test_search_by_words_materials_and_initials(client, community, make_version, words, found):
    make_version(community, "残疾人证申请")
    make_version(community, "生育登记", materials=("结婚证",))
    answer = client.post(f"/public/{community.code}/", {"words": words})
    assert answer.status_code == 200
    assert sorted(g.name for g in answer.context["guides"]) == sorted(found)


def test_hostile_words_are_shown_as_they_are(client, community, make_version):
    make_version(community, "<script>alert(1)</script>{{7*7}}")
    text = client.post(f"/public/{community.code}/", {"words": "<b>{{7*7}}"}).content.decode()
    assert "<script>alert" not in text
    assert "<b>{{" not in text
    assert "{{7*7}}" in text


def test_a_former_unit_is_no_longer_listed(client, community, acting):
    with acting(community):
        community.valid_to = date(2020, 1, 1)
        community.save()
    assert "明珠社区" not in client.get("/public/").content.decode()
    assert client.get(f"/public/{community.code}/").status_code == 404


def test_the_pages_are_the_same_for_whoever_is_signed_in(client_of, client, make_user, community):
    member = client_of(make_user(Role.COMMUNITY_STAFF, community))
    assert member.get("/public/").content == client.get("/public/").content


def test_no_session_is_made_and_nothing_is_kept(client, community, make_version):
    make_version(community, "在办")
    for path in ("/public/", f"/public/{community.code}/", "/public/case/"):
        answer = client.get(path)
        assert "session" not in answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
