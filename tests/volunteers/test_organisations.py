"""The tree of organisations: its levels, who belonged when, several at once, as of any day."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from tests.factories import volunteers as make
from volunteers.enums.organisations import OrgKind, OrgRole
from volunteers.models import OrgMembership, VolunteerOrg
from volunteers.selectors.tree import tree_on
from volunteers.services.organisations import add_members, faults_of_org, store

pytestmark = pytest.mark.django_db
HEAD, STATION, TEAM, GROUP = OrgKind
ALLOWED = {(STATION, HEAD), (TEAM, STATION), (TEAM, HEAD), (GROUP, TEAM)}


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.mark.parametrize("kind", OrgKind)
@pytest.mark.parametrize("above", OrgKind)
def test_levels_keep_their_order(community, acting, kind, above):
    with acting(community):
        parent = VolunteerOrg(unit=community, name="上级", kind=above, founded_on=date(2020, 1, 1))
        org = VolunteerOrg(unit=community, name="本级", kind=kind, parent=parent)
        assert ("parent" in faults_of_org(org)) is ((kind, above) not in ALLOWED)


def test_a_circle_is_refused(community, acting):
    with acting(community):
        station = make.org(community)
        team = make.org(community, "巡逻队", kind=TEAM, parent=station)
        station.parent = team
        assert faults_of_org(station)["parent"] == "上级组织不能是它自己或它下面的组织。"
        station.parent = station
        assert "parent" in faults_of_org(station)


def test_a_kind_with_parts_below_stays_and_closing_ends_memberships(community, acting):
    with acting(community):
        team = make.org(community, "巡逻队", kind=TEAM)
        group = make.org(community, "夜巡组", kind=GROUP, parent=team)
        team.kind = STATION
        assert "夜巡组" in faults_of_org(team)["kind"]
        team.kind, team.ended_on = TEAM, date(2025, 6, 30)
        assert "夜巡组" in faults_of_org(team)["ended_on"]
        lasting = make.membership(group, make.volunteer(community))
        group.ended_on = date(2025, 6, 30)
        assert faults_of_org(group) == {}
        store(group, by=None)
        lasting.refresh_from_db()
        assert lasting.ends_on == date(2025, 6, 30)
        assert faults_of_org(team) == {}


def test_a_community_stands_below_its_street(community, street, acting, staff, client_of):
    with acting(street):
        head = make.org(street, "春华街道志愿服务总站", kind=HEAD)
    desk = client_of(staff)
    data = {
        "name": "明珠社区志愿服务站",
        "kind": "station",
        "parent": head.pk,
        "founded_on": "2020-03-05",
        "head": "周书记",
        "_key": uuid.uuid4(),
    }
    assert desk.post("/ledger/volunteer-orgs/add/", data).status_code == 302
    page = desk.get("/volunteers/orgs/").content.decode().partition('org-tree">')[2]
    assert page.index("春华街道志愿服务总站") < page.index("明珠社区志愿服务站")
    sent = data | {"name": "另一个", "kind": "group", "_key": uuid.uuid4()}
    reply = desk.post("/ledger/volunteer-orgs/add/", sent)
    assert "小组的上级只能是服务队。" in reply.content.decode()
    assert desk.get(f"/ledger/volunteer-orgs/{head.pk}/edit/").status_code == 403


def test_several_join_at_once_or_none(community, acting, staff):
    with acting(staff):
        team = make.org(community, "巡逻队", kind=TEAM)
        people = [make.volunteer(community, name) for name in ("林晓燕", "何秀英")]
        late = make.volunteer(community, "周文", joined_on=date(2025, 5, 1))
        day = date(2025, 3, 1)
        with pytest.raises(ValidationError, match="周文在 2025-05-01 才成为志愿者"):
            add_members(team, [*people, late], day, by=staff)
        assert not OrgMembership.objects.exists()
        assert len(add_members(team, people, day, by=staff)) == 2
        with pytest.raises(ValidationError, match="已是该组织的成员"):
            add_members(team, people, date(2025, 4, 1), by=staff)


def test_the_page_ticks_several(community, acting, staff, client_of):
    with acting(community):
        team = make.org(community, "巡逻队", kind=TEAM)
        people = [make.volunteer(community, name) for name in ("林晓燕", "何秀英")]
    desk = client_of(staff)
    data = {
        "org": team.pk,
        "day": "2025-03-01",
        "people": [person.pk for person in people],
        "_key": uuid.uuid4(),
    }
    assert "何秀英" in desk.get("/volunteers/orgs/join/").content.decode()
    none = desk.post("/volunteers/orgs/join/", data | {"people": []})
    assert "请勾选志愿者。" in none.content.decode()
    assert desk.post("/volunteers/orgs/join/", data).status_code == 302
    with acting(community):
        assert OrgMembership.objects.filter(org=team, role=OrgRole.MEMBER).count() == 2


def test_one_leader_at_a_time(community, acting, staff, client_of):
    with acting(community):
        team = make.org(community, "巡逻队", kind=TEAM)
        make.membership(team, make.volunteer(community), role=OrgRole.LEADER)
        other = make.volunteer(community, "何秀英")
    data = {
        "org": team.pk,
        "volunteer": other.pk,
        "role": "leader",
        "starts_on": "2025-01-01",
        "_key": uuid.uuid4(),
    }
    reply = client_of(staff).post("/ledger/org-memberships/add/", data)
    assert "该组织在这段时间已有队长。" in reply.content.decode()


def test_the_tree_tells_members_of_the_day(community, acting, staff):
    with acting(staff):
        station = make.org(community)
        team = make.org(community, "巡逻队", kind=TEAM, parent=station)
        old = make.org(community, "旧队", kind=TEAM, parent=station, ended_on=date(2024, 12, 31))
        first, second = (make.volunteer(community, name) for name in ("林晓燕", "何秀英"))
        make.membership(team, first, ends_on=date(2025, 6, 30))
        make.membership(team, second)
        make.membership(old, first, ends_on=date(2024, 12, 31))

        [root] = tree_on(staff, date(2025, 6, 30))
        assert [(n.org, n.members, n.counted) for n in root.children] == [(team, 2, True)]
        assert (root.members, root.below) == (0, 2)
        [root] = tree_on(staff, date(2025, 7, 1))
        assert root.below == 1
        [root] = tree_on(staff, date(2024, 12, 31))
        assert {n.org for n in root.children} == {team, old}
        assert tree_on(staff, date(2019, 1, 1)) == []

        day = Period(date(2024, 12, 31), date(2024, 12, 31))
        units = [community.pk]
        assert engine.read("volunteers.memberships", units, day).value == 3
        assert engine.read("volunteers.members", units, day).value == 2
        assert engine.read("volunteers.teams", units, day).value == 2
        by_org = engine.by_category("volunteers.memberships", "org", units, day)
        assert by_org[str(team.pk)].value == 2
