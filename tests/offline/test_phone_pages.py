"""The pages of the phone, its pass, and what the service worker keeps."""

import json
import uuid

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from portal.offline.shell import assets
from portal.roles import Role
from residents.life_events import LifeEventKind
from residents.models import CareTag
from residents.models.care import CareKind
from tests import factories
from tests.offline.conftest import CASES

ROLES = {
    Role.COMMUNITY_STAFF: ["visit", "finding", "check-in", "attendance", "cleaner-training"],
    Role.SANITATION_INSPECTOR: ["finding", "cleaner-training"],
    Role.VOLUNTEER_LEADER: ["check-in"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_start_page_offers_what_one_may_enter(client_of, make_user, community, role):
    client = client_of(make_user(role, community))
    page = client.get("/field/")
    assert [kind.code for kind in page.context["kinds"]] == ROLES[role]
    daily = [item["title"] for item in page.context["nav"][0]["items"]]
    assert (daily[0], daily[-1]) == ("首页", "移动登记")
    for kind in page.context["kinds"]:
        assert client.get(kind.url).status_code == 200, kind.code
    for code in set(CASES) - set(ROLES[role]) - {"finding"}:
        assert client.get(f"/field/{code}/").status_code == 403, code


@pytest.mark.django_db
def test_whoever_only_reads_has_no_phone(client_of, make_user, street):
    client = client_of(make_user(Role.STREET_SECTION, street))
    assert client.get("/field/").status_code == 403
    assert 'href="/field/" data-user' in client.get("/").content.decode()  # only where it waits
    assert client.get("/field/nothing/").status_code == 404
    assert client.get("/field/finding/").status_code == 404  # it has a page of its own


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(set(CASES) - {"finding"}))
def test_a_page_names_what_one_chooses_from(client_of, case_of, kind):
    case = case_of(kind)
    page = client_of(case.user).get(f"/field/{kind}/").content.decode()
    name = {"check-in": "林晓燕", "cleaner-training": "培训"}.get(kind, "沈小涵")
    assert name in page
    assert f'data-offline="{kind}"' in page


@pytest.mark.django_db
def test_the_list_holds_names_and_addresses_and_nothing_more(
    client_of, make_user, acting, community, other_community
):
    staff = make_user(Role.COMMUNITY_STAFF, community)
    with acting(community):
        people = [
            factories.resident(community, name, phone="13800000009", address="春华路 8 号")
            for name in ("安一", "柏二", "蔡三", "丁四")
        ]
        kind = CareKind.objects.order_by("pk").first()
        for person in people[2:]:
            CareTag.objects.create(
                unit=community, resident=person, kind=kind, starts_on="2024-01-01"
            )
        factories.visit(people[2])
        factories.life_event(factories.resident(community, "故去者"), LifeEventKind.DIED)
        factories.life_event(factories.resident(community, "迁走者"))
    with acting(other_community):
        factories.resident(other_community, "金丝雀")
    page = client_of(staff).get("/field/visit/")
    [(slip, _)] = page.context["slips"]
    listed = [label for _, label in slip.form.fields["resident"].widget.listed()]
    # Those under care, the longest unvisited first; then the others by name.
    assert listed == [f"{name} · 春华路 8 号" for name in ("丁四", "蔡三", "安一", "柏二")]
    body = page.content.decode()
    for secret in ("13800000009", people[0].id_number, "金丝雀"):
        assert secret not in body


@pytest.mark.django_db
def test_the_list_asks_alike_for_one_and_for_three(client_of, make_user, acting, community):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    counts = []
    for number in (1, 2):
        with acting(community):
            for _ in range(number):
                factories.resident(community, "沈小涵")
        client.get("/field/visit/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/field/visit/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- pass -----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_pass_is_of_one_person_and_one_phone_and_comes_again(client_of, make_user, community):
    first, second = (
        make_user(Role.COMMUNITY_STAFF, community),
        make_user(Role.COMMUNITY_STAFF, community),
    )
    phone, other = uuid.uuid4(), uuid.uuid4()

    def key(user, device):
        told = client_of(user).get(f"/offline/pass/?device={device}").json()
        assert (told["user"], told["name"], len(told["token"]) > 20) == (user.pk, user.name, True)
        return told["key"]

    keys = [key(first, phone), key(first, other), key(second, phone)]
    assert len(set(keys)) == 3
    assert key(first, phone) == keys[0]
    assert client_of(first).get("/offline/pass/?device=x").status_code == 400


@pytest.mark.django_db
def test_a_pass_ends_with_the_session(client_of, make_user, community):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))

    def seconds():
        return client.get(f"/offline/pass/?device={uuid.uuid4()}").json()["seconds"]

    assert 11 * 3600 < seconds() <= 12 * 3600
    session = client.session
    session["began"] -= 11 * 3600 + 40 * 60
    session.save()
    assert 0 < seconds() <= 20 * 60


@pytest.mark.django_db
def test_a_pass_is_never_kept_by_a_cache(client_of, make_user, community):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    answer = client.get(f"/offline/pass/?device={uuid.uuid4()}")
    assert "no-store" in answer["Cache-Control"]


# --- what is kept by everybody's phone ------------------------------------------------------------
@pytest.mark.django_db
def test_the_shell_is_the_same_for_everybody(client, client_of, make_user, community):
    stranger = client.get("/offline/").content.decode()
    known = client_of(make_user(Role.COMMUNITY_STAFF, community, name="王小明"))
    assert known.get("/offline/").content.decode() == stranger
    assert "王小明" not in stranger


@pytest.mark.django_db
def test_the_service_worker_keeps_only_what_there_is(client):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert "no-cache" in answer["Cache-Control"]
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    head = answer.content.decode().partition(";\n")[0].removeprefix("self.SHELL = ")
    told = json.loads(head)
    assert told["assets"] == assets()
    for url in told["assets"]:
        assert finders.find(url.removeprefix("/static/")), url
    assert client.get(told["shell"]).status_code == 200


@pytest.mark.django_db
def test_the_portal_can_be_installed(client):
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["start_url"], told["scope"], told["lang"]) == ("/field/", "/", "zh-CN")
    assert [each["name"] for each in told["shortcuts"]] == ["走访", "检查", "签到", "考勤"]
    for icon in told["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        with Image.open(path) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    page = client.get("/login/").content.decode()
    assert 'rel="manifest"' in page
