"""An ask shows each reader the numbers of the figures that their roles may see, and of the others the name."""

import io
import uuid
from dataclasses import replace

import openpyxl
import pytest

from portal.roles import DUTIES, Role
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "您的角色不能查看这项数字"
HOME, HIDDEN = "visits.home", "disability.visits"


@pytest.fixture
def answered(acting, send, answer_of, confirm, community, staff, visits, person):
    """Both figures confirmed, and one more visit since, which the page would tell as a change."""
    with acting(community):
        factories.disability_file(person)
    ask = send(figures=[HOME, HIDDEN])
    answer = answer_of(ask, community, staff)
    confirm(answer, staff)
    with acting(community):
        factories.visit(person)
    return answer


@pytest.fixture
def narrow(monkeypatch):
    """``narrow(role)``: the role no longer sees the department of disability."""

    def do(role):
        fewer = DUTIES[role].permissions - {"disability.view", "disability.edit"}
        monkeypatch.setitem(DUTIES, role, replace(DUTIES[role], permissions=fewer))

    return do


def shown_codes(page):
    return [each["counted"].code for each in page.context["figures"]]


def test_the_answer_shows_only_what_its_reader_may_see(client_of, section, staff, answered, narrow):
    url = f"/asks/answers/{answered.pk}/"
    for user, role in ((section, Role.STREET_SECTION), (staff, Role.COMMUNITY_STAFF)):
        page = client_of(user).get(url)
        assert shown_codes(page) == [HOME, HIDDEN]
        assert WORDS not in page.content.decode()
        narrow(role)
        page = client_of(user).get(url)
        assert shown_codes(page) == [HOME]
        assert {change.code for change in page.context["changes"]} == {HOME}
        assert WORDS in page.content.decode()
        assert HIDDEN not in page.content.decode()


def test_before_it_is_answered_too(client_of, send, answer_of, community, staff, visits, narrow):
    answer = answer_of(send(figures=[HOME, HIDDEN]), community, staff)
    narrow(Role.COMMUNITY_STAFF)
    page = client_of(staff).get(f"/asks/answers/{answer.pk}/")
    assert shown_codes(page) == [HOME]
    assert WORDS in page.content.decode()
    assert not page.context["may_confirm"]


def test_the_gathered_table_and_its_file_show_only_what_may_be_seen(
    client_of, section, answered, narrow
):
    url = f"/asks/{answered.ask_id}/"
    narrow(Role.STREET_SECTION)
    page = client_of(section).get(url)
    for line in page.context["table"]:
        hidden = line["cells"][1]
        assert (hidden["text"], hidden["now"], hidden["url"]) == ("", "", "")
    first = page.context["table"][0]["cells"][0]
    assert (first["text"], first["now"]) == ("2", "3")
    assert page.context["sums"] == ["2", ""]
    assert page.context["engine"][1] == {"text": "", "url": ""}
    assert page.context["engine"][0]["text"]
    assert WORDS in page.content.decode()
    assert HIDDEN not in page.content.decode()
    data = {"_key": str(uuid.uuid4()), "format": "xlsx"}
    answer = client_of(section).post(f"{url}file/", data)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    [line] = [row for row in sheet.iter_rows(values_only=True) if row[0] == "明珠社区"]
    assert line[1:3] == (2, "不能查看")


def test_a_reader_without_any_of_them_still_opens_it(client_of, section, answered, monkeypatch):
    role = Role.STREET_SECTION
    fewer = DUTIES[role].permissions - {"disability.view", "residents.view"}
    monkeypatch.setitem(DUTIES, role, replace(DUTIES[role], permissions=fewer))
    client = client_of(section)
    assert shown_codes(client.get(f"/asks/answers/{answered.pk}/")) == []
    page = client.get(f"/asks/{answered.ask_id}/")
    assert page.context["sums"] == ["", ""]
