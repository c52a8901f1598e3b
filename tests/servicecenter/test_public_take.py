"""An application that came in without sign-in becomes a registered case."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.attachments.services import files_of as attached
from portal.roles import Role
from servicecenter.enums.cases import CaseState
from servicecenter.models import Case, Letter, Outsider
from tests.attachments.files import picture
from tests.factories.people import id_number, resident
from tests.servicecenter.public_world import hall, make_version

__all__ = ["hall", "make_version"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def item(community, make_version):
    return make_version(community, "残疾人证申请")


@pytest.fixture
def send(client, community, item, acting):
    def sent(number):
        data = {
            "form_key": str(uuid.uuid4()),
            "name": "金丝雀",
            "id_kind": "citizen",
            "id_number": number,
            "phone": "13800138000",
            "content": "想给母亲办残疾人证",
            "consented": "on",
            "files": [SimpleUploadedFile("a.jpg", picture(), "image/jpeg")],
        }
        path = f"/public/{community.code}/{item.item_id}/apply/"
        assert client.post(path, data).status_code == 200
        with acting(community):
            return Letter.objects.latest("pk")

    return sent


@pytest.fixture
def take(make_user, community, client_of):
    desk = client_of(make_user(Role.COMMUNITY_STAFF, community))

    def taken(letter, step="confirm", version=None):
        data = {
            "_key": str(uuid.uuid4()),
            "versions": f"{letter.pk}:{version or letter.version}",
            "step": step,
        }
        return desk.post(f"/servicecenter/letters/{letter.pk}/take/", data)

    return taken


def test_it_becomes_a_case_of_the_resident_with_that_number(
    send, take, community, hall, item, acting, client
):
    with acting(community):
        person = resident(community, "金丝雀")
    letter = send(person.id_number)
    asked = take(letter, step="")
    assert "本辖区居民：金丝雀" in asked.content.decode()
    with acting(community):
        assert not Case.objects.exists()
    assert take(letter).status_code == 302
    with acting(community):
        case = Case.objects.get()
        assert (case.state, case.channel, case.resident) == (CaseState.REGISTERED, "online", person)
        assert (case.item, case.request) == (item, "想给母亲办残疾人证")
        assert case.given.count() == 2
        assert len(attached(case)) == 1
        letter.refresh_from_db()
        assert (letter.state, letter.became_key, letter.files) == ("taken", case.pk, None)


def test_of_somebody_unknown_an_outsider_is_made_once(send, take, community, hall, acting):
    number = id_number()
    first, second = send(number), send(number)
    for letter in (first, second):
        assert take(letter).status_code == 302
    with acting(community):
        outsider = Outsider.objects.get()
        assert (outsider.name, outsider.number) == ("金丝雀", number)
        assert {case.outsider for case in Case.objects.all()} == {outsider}


def test_taken_twice_or_stale_it_is_one_case(send, take, community, hall, acting):
    letter = send(id_number())
    assert take(letter).status_code == 302
    assert take(letter).status_code in {200, 409}
    with acting(community):
        assert Case.objects.count() == 1


def test_who_may_not_accept_cases_takes_nothing(send, community, make_user, client_of, acting):
    letter = send(id_number())
    head = client_of(make_user(Role.COMMUNITY_HEAD, community))
    data = {
        "_key": str(uuid.uuid4()),
        "versions": f"{letter.pk}:{letter.version}",
        "step": "confirm",
    }
    assert head.post(f"/servicecenter/letters/{letter.pk}/take/", data).status_code == 403
    with acting(community):
        assert not Case.objects.exists()
