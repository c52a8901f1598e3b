"""The pages of cases: the screen of the window, a refused POST, the page of a case, many at once."""

import uuid
from datetime import timedelta

import pytest

from portal.roles import Role
from servicecenter.enums.cases import CaseChannel
from servicecenter.enums.cases import CaseState as S
from servicecenter.models import Case, CaseHandOver, CaseStep, ItemVersion, Outsider
from servicecenter.workflow import CASE
from tests import factories
from tests.factories import cases
from tests.servicecenter.casework import given, on_spot, recent, today
from tests.servicecenter.test_case_table import STANDINGS, TABLE, standing

pytestmark = pytest.mark.django_db

NEW = "/servicecenter/cases/new/"


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.WINDOW_CLERK, community)


@pytest.fixture
def window(acting, clerk, community):
    """A hall, an item and somebody who comes."""
    with acting(community):
        cases.hall(community, "春明代办")
        version = cases.version(community, cases.item(community, "GL-01", "高龄津贴申领"))
        return with_materials(version), factories.resident(community, "黄文发", phone="13800138000")


def with_materials(version):
    """The version with its materials at hand, also where nobody acts."""
    return ItemVersion.objects.prefetch_related("materials").get(pk=version.pk)


def key():
    return {"_key": str(uuid.uuid4())}


def entered(version, person, way="accept", **fields) -> dict:
    """The screen filled in, with all materials."""
    ticks = {f"m{m.pk}": "on" for m in version.materials.all()}
    who = f"{type(person).__name__.lower()}:{person.pk}" if person else "outsider:new"
    base = {
        "applicant": who,
        "item": version.pk,
        "channel": "window",
        "occurred_on": f"{today():%Y-%m-%d}",
        "rights_told": "on",
        "way": way,
    }
    return key() | base | ticks | fields


# --- the screen of the window -----------------------------------------------------------------------


def test_one_box_finds_residents_and_outsiders_and_masks_them(
    acting, client_of, clerk, community, window
):
    with acting(clerk):
        firm = cases.outsider(community, "湖畔文化有限公司", kind="company")
    client = client_of(clerk)
    for typed in ("hwf", "黄文", window[1].id_number[-4:], "13800138000", "8000"):
        found = client.post(f"{NEW}applicants/", {"find": typed}).content.decode()
        assert f'value="resident:{window[1].pk}"' in found, typed
        assert window[1].id_number not in found
    found = client.post(f"{NEW}applicants/", {"find": "hpwh"}).content.decode()
    assert f'value="outsider:{firm.pk}"' in found
    assert (
        "登记辖区外申请人" in client.post(f"{NEW}applicants/", {"find": "无此人"}).content.decode()
    )


@pytest.mark.parametrize("typed", ["glj", "高龄", "GL-01", "gaoling"])
def test_an_item_is_found_by_name_pinyin_and_code(client_of, clerk, window, typed):
    found = client_of(clerk).post(f"{NEW}items/", {"find_item": typed})
    assert f'value="{window[0].pk}"' in found.content.decode()


def test_picking_shows_what_the_applicant_has_open(acting, client_of, clerk, window):
    version, person = window
    with acting(clerk):
        open_one = recent(person.unit, resident=person, item=version)
        old = today() - timedelta(days=120)
        done = recent(person.unit, S.ARCHIVED, resident=person, item=version, occurred_on=old)
    page = client_of(clerk).post(NEW, key() | {"pick": f"resident:{person.pk}"})
    told = [case.pk for case in page.context["others"]]
    assert open_one.pk in told
    assert done.pk not in told
    assert "138****8000" in page.content.decode()
    assert person.phone not in page.content.decode()


def test_registered_and_accepted_in_one_go(acting, client_of, clerk, window):
    version, person = window
    response = client_of(clerk).post(NEW, entered(version, person))
    with acting(clerk):
        case = Case.objects.get()
        assert response["Location"] == f"/ledger/cases/{case.pk}/"
        assert (case.state, case.number_serial, case.phone) == (S.ACCEPTED, 1, person.phone)
        assert case.given.filter(given_on=today()).count() == 2
        assert [s.action for s in case.steps.order_by("pk")] == ["register", "accept"]


def test_a_missing_material_is_said_at_its_line_and_nothing_is_stored(
    acting, client_of, clerk, window
):
    version, person = window
    first = version.materials.all()[0]
    data = entered(version, person)
    del data[f"m{first.pk}"]
    page = client_of(clerk).post(NEW, data)
    assert "还没有收到“身份证”" in str(page.context["form"].errors[f"m{first.pk}"])
    with acting(clerk):
        assert not Case.objects.exists()
        assert not CaseStep.objects.exists()


def test_on_spot_items_are_done_on_this_screen_and_others_not(acting, client_of, clerk, window):
    client = client_of(clerk)
    page = client.post(NEW, entered(*window, way="at_once", outcome="granted"))
    assert "即办件" in str(page.context["form"].errors["item"])
    with acting(clerk):
        spot = with_materials(on_spot(window[1].unit).item)
        Case.objects.all().delete()
    client.post(NEW, entered(spot, window[1], way="at_once", outcome="granted", decision="已开"))
    with acting(clerk):
        case = Case.objects.get()
        assert (case.state, case.decision, case.replied_on) == (S.REPLIED, "已开", today())


def test_an_outsider_is_typed_once_on_the_screen(acting, client_of, clerk, window):
    version, _ = window
    typed = {
        "outsider-kind": "person",
        "outsider-name": "周游",
        "outsider-number": "123",
        "outsider-phone": "13900139000",
    }
    client = client_of(clerk)
    page = client.post(NEW, entered(version, None, **typed))
    assert page.context["outsider_form"].errors["number"]
    with acting(clerk):
        assert not Outsider.objects.exists()
    typed["outsider-number"] = factories.id_number()
    client.post(NEW, entered(version, None, **typed))
    with acting(clerk):
        assert Case.objects.get().outsider == Outsider.objects.get()
        assert Case.objects.get().phone == "13900139000"


def test_telling_what_is_missing_goes_on_to_its_page(acting, client_of, clerk, window):
    version, person = window
    data = entered(version, person, way="supplement")
    data = {name: value for name, value in data.items() if not name.startswith("m")}
    client = client_of(clerk)
    response = client.post(NEW, data)
    with acting(clerk):
        case = Case.objects.get()
    assert response["Location"] == f"/servicecenter/cases/{case.pk}/act/supplement/"
    page = client.get(response["Location"])
    assert page.context["form"].fields["missing"].initial == "身份证\n户口簿"


@pytest.mark.parametrize("name", ["visit", "application"])
def test_a_case_begins_from_a_visit_or_an_application(acting, client_of, make_user, window, name):
    version, person = window
    staff = make_user(Role.COMMUNITY_STAFF, person.unit)
    with acting(person.unit):
        origin = getattr(factories, name)(person)
    client = client_of(staff)
    ledger = {"visit": "visits", "application": "applications"}[name]
    acts = client.get(f"/ledger/{ledger}/{origin.pk}/").context["acts"]
    [url] = [act.url for act in acts if act.label == "转为办件"]
    page = client.get(url)
    assert page.context["person"] == person
    client.post(NEW, entered(version, person, way="register", **{name: origin.pk}))
    with acting(staff):
        case = Case.objects.get()
        assert getattr(case, name) == origin
    if name == "visit":
        assert page.context["form"].initial["channel"] == CaseChannel.VISIT
    else:
        acts = client.get(f"/ledger/{ledger}/{origin.pk}/").context["acts"]
        assert "转为办件" not in [act.label for act in acts]


def test_a_further_item_is_of_the_same_applicant(acting, client_of, clerk, window):
    with acting(clerk):
        main = recent(window[1].unit, resident=window[1], proxy_name="黄小发", channel="phone")
    client = client_of(clerk)
    page = client.get(f"/ledger/cases/{main.pk}/")
    further = client.get(page.context["further_url"])
    assert further.context["person"] == window[1]
    assert further.context["form"].initial["channel"] == "phone"
    client.post(NEW, entered(*window, way="register", parent=main.pk))
    with acting(clerk):
        part = Case.objects.exclude(pk=main.pk).get()
        assert (part.parent, part.proxy_name) == (main, "黄小发")


# --- the steps --------------------------------------------------------------------------------------


def posted(name: str, station) -> dict:
    values = given(name, station and station.pk)
    return (
        key()
        | {field: f"{value}" for field, value in values.items()}
        | {
            "note": "情况有变",
            "on": f"{today()}",
        }
    )


# By whom an action is taken in one state or another.
HOLDERS = {
    name: set().union(*(actions[name][0] for actions in TABLE.values() if name in actions))
    for name in CASE.steps
}


@pytest.mark.parametrize("where", STANDINGS)
def test_a_refused_post_changes_nothing_and_says_why(
    acting, client_of, make_user, street, community, where
):
    """Of each state and action one account that may not, and where nobody may one that holds all."""
    outsider = client_of(make_user(Role.STREET_SUPERVISOR, street))
    staff = client_of(make_user(Role.COMMUNITY_STAFF, community))
    section = client_of(make_user(Role.STREET_SECTION, street))
    with acting(community):
        cases.hall(community)
        case, station = standing(community, where), cases.station(community)
        before = Case.objects.values().get(pk=case.pk)
    for name in CASE.steps:
        data = posted(name, station) | {"versions": f"{case.pk}:{case.version}"}
        url = f"/servicecenter/cases/{case.pk}/act/{name}/"
        allowed = TABLE[where].get(name, (set(), None))[0]
        if allowed:
            client = staff if Role.STREET_SUPERVISOR in allowed else outsider
            response = client.post(url, data)
            assert response.status_code == 403, (where, name)
            assert "不能办理" in response.content.decode(), (where, name)
        else:
            holds_all = {Role.COMMUNITY_STAFF: staff, Role.STREET_SECTION: section}
            told = []
            for role in holds_all.keys() & HOLDERS[name]:
                response = holds_all[role].post(url, data | key())
                told.append(response.content.decode())
                assert response.status_code in (200, 403), (where, name)
                assert "现在是“" in told[-1] or "不能办理" in told[-1], (where, name)
            assert any("现在是“" in body for body in told), (where, name)
    with acting(community):
        assert Case.objects.values().get(pk=case.pk) == before
        assert not CaseStep.objects.exists()
        assert not CaseHandOver.objects.exists()


def test_a_step_is_taken_on_its_page(acting, client_of, make_user, community):
    staff = make_user(Role.COMMUNITY_STAFF, community)
    with acting(community):
        case = recent(community, S.ACCEPTED)
        station = cases.station(community)
    url = f"/servicecenter/cases/{case.pk}/act/assign/"
    client = client_of(staff)
    assert client.get(url).status_code == 200
    data = posted("assign", station) | {"versions": f"{case.pk}:{case.version}"}
    assert client.post(url, data).status_code == 302
    with acting(community):
        case.refresh_from_db()
        assert (case.state, case.station) == (S.ASSIGNED, station)
    stale = client.post(url, data | key())
    assert stale.status_code == 409
    page = client.get(f"/ledger/cases/{case.pk}/")
    assert [act.label for act in page.context["acts"]][:2] == ["接办", "退回派办"]
    assert [stop.label for stop in page.context["way"] if stop.current] == ["办理"]


def test_several_cases_are_archived_at_once_or_none(acting, client_of, make_user, community):
    staff = make_user(Role.COMMUNITY_STAFF, community)
    with acting(community):
        ready = [recent(community, S.REPLIED) for _ in range(2)]
        open_part = recent(community, S.HANDLING, parent=ready[1], resident=ready[1].resident)
    client, url = client_of(staff), "/servicecenter/cases/bulk/archive/"
    data = {"archived_on": f"{today()}", "note": "", "cases": [case.pk for case in ready]}
    page = client.post(url, key() | data)
    assert "1 项没有办结" in str(page.context["form"].errors)
    with acting(community):
        assert Case.objects.filter(state=S.ARCHIVED).count() == 0
        open_part.delete()
    assert client.post(url, key() | data).status_code == 302
    with acting(community):
        assert Case.objects.filter(state=S.ARCHIVED).count() == 2


def test_another_units_case_is_a_missing_page(acting, client_of, make_user, other_community, clerk):
    with acting(other_community):
        case = recent(other_community)
    client = client_of(clerk)
    for url in (
        f"/servicecenter/cases/{case.pk}/act/accept/",
        f"/servicecenter/cases/{case.pk}/materials/1/",
    ):
        assert client.get(url).status_code == 404
        assert client.post(url, key()).status_code == 404
    assert client.get(f"{NEW}?parent={case.pk}").context["form"].initial.get("parent") is None
