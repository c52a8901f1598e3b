"""志愿活动类型: kept by the street; one in use is retired, never deleted."""

from uuid import uuid4

import pytest

from portal.roles import Role
from tests.factories import volunteers as make
from volunteers.models import VolunteerActivityType

pytestmark = pytest.mark.django_db
URL = "/volunteers/types/"


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid4())} | fields)


@pytest.fixture
def street_client(client_of, make_user, street):
    return client_of(make_user(Role.STREET_SECTION, street))


def test_a_type_is_added_used_and_retired(acting, client_of, make_user, street_client, community):
    fields = {"name": "垃圾分类督导", "ordinal": "15", "kind": "volunteering"}
    fields |= {"domains": ["sanitation"], "is_risky": "on"}
    assert post(street_client, f"{URL}add/", **fields).status_code == 302
    made = VolunteerActivityType.objects.get(name="垃圾分类督导")
    assert (made.domains, made.is_risky) == (["sanitation"], True)
    again = post(street_client, f"{URL}add/", **fields)
    assert "已有这个名称的类型" in str(again.context["form"].errors["name"])
    with acting(community):
        make.announced(community, code=made.code)
    refused = post(street_client, f"{URL}{made.pk}/delete/")
    assert "请改为停用" in str(refused.context["form"].errors)
    edit = street_client.get(f"{URL}{made.pk}/").context["form"]
    assert edit["domains"].value() == ["sanitation"]
    fields |= {"is_retired": "on", "domains": []}
    assert post(street_client, f"{URL}{made.pk}/", **fields).status_code == 302
    clerk = client_of(make_user(Role.COMMUNITY_STAFF, community))
    form = clerk.get("/ledger/volunteer-activities/add/").context["form"]
    assert made not in form.fields["type"].queryset
    page = street_client.get(URL).content.decode()
    assert "已停用" in page
    assert "有风险，须先有保险" in page


def test_one_never_used_may_go(acting, street, street_client):
    with acting(street):
        spare = VolunteerActivityType.objects.create(code="spare", name="多余")
    assert post(street_client, f"{URL}{spare.pk}/delete/").status_code == 302
    assert not VolunteerActivityType.objects.filter(pk=spare.pk).exists()


@pytest.mark.parametrize("role", [Role.COMMUNITY_STAFF, Role.COMMUNITY_HEAD, Role.VOLUNTEER_LEADER])
def test_others_do_not_keep_the_table(client_of, make_user, community, role):
    client, some = client_of(make_user(role, community)), VolunteerActivityType.objects.first()
    for path in ("", "add/", f"{some.pk}/", f"{some.pk}/delete/"):
        assert client.get(f"{URL}{path}").status_code == 403
