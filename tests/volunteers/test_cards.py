"""Volunteer cards and letters of welcome: what they say, for whom, and who prints them."""

from datetime import date

import pypdfium2 as pdfium
import pytest
from django.utils import timezone

from portal.models import AccessLog
from portal.roles import Role
from tests.factories import volunteers as make
from tests.portal.pdf_pages import read_pages, read_text
from tests.volunteers.certifying import LONG, RARE, head, leader, post, staff
from volunteers.models import HoursRule
from volunteers.selectors.links import personal_code

__all__ = ["head", "leader", "staff"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def people(acting, community):
    with acting(community):
        return [
            make.volunteer(community, name=name)
            for name in ("林晓燕", LONG, *(f"志愿者{n}" for n in range(8)))
        ]


def url(volunteer, paper):
    return f"/volunteers/people/{volunteer.pk}/{paper}.pdf"


def asked(people):
    return {"volunteer": [volunteer.pk for volunteer in people]}


def size_of(pdf) -> tuple[int, int]:
    """Of the first page, in mm."""
    document = pdfium.PdfDocument(pdf)
    try:
        return tuple(round(side * 25.4 / 72) for side in document[0].get_size())
    finally:
        document.close()


def code_of(volunteer):
    return personal_code(volunteer.pk, volunteer.link_serial)


def test_a_card_stands_alone_on_a_page_of_its_size(client_of, leader, people, acting, community):
    answer = client_of(leader).get(url(people[0], "card"))
    text = read_text(answer.content)
    for told in ("志愿者证", "林晓燕", people[0].serial_number, "明珠社区", "2024年3月5日"):
        assert told in text, told
    assert code_of(people[0]) in text
    assert len(read_pages(answer.content)) == 1
    assert size_of(answer.content) == (90, 62)
    with acting(community):
        [trace] = AccessLog.objects.values_list("action", "subject_id", "field", "rows")
    assert trace == ("pdf", people[0].pk, "card", 1)


def test_eight_cards_stand_on_a_sheet(client_of, staff, people, acting, community):
    answer = client_of(staff).get("/volunteers/cards.pdf", asked(people))
    first, second = read_pages(answer.content)
    texts = ["".join(line.text for line in page) for page in (first, second)]
    assert [text.count("志愿者证") for text in texts] == [8, 2]
    assert people[-1].serial_number in texts[1]
    with acting(community):
        [trace] = AccessLog.objects.values_list("action", "subject_id", "field", "rows")
    assert trace == ("pdf", None, "card", 10)


def test_nothing_of_a_card_hangs_over_its_edge(client_of, acting, community, staff):
    with acting(community):
        made = [make.volunteer(community, name=LONG) for _ in range(8)]
    [page] = read_pages(client_of(staff).get("/volunteers/cards.pdf", asked(made)).content)
    for line in page:
        for char in line.chars:
            assert char.left >= 15
            assert char.right <= 195
            assert char.top >= 20
            assert char.bottom <= 20 + 4 * 62


def test_a_letter_tells_number_rule_and_rights(client_of, acting, community, staff, people):
    with acting(community):
        HoursRule.objects.create(
            unit=community,
            starts_on=date(2024, 1, 1),
            daily_minutes=450,
            posting_days=9,
            one=20,
            two=40,
            three=80,
            four=160,
            five=320,
        )
    answer = client_of(staff).get(url(people[0], "welcome"))
    assert len(read_pages(answer.content)) == 1
    text = read_text(answer.content)
    for told in (
        *("林晓燕：", people[0].serial_number, code_of(people[0]), "超过7.5小时", "公示9天"),
        *("一星级20小时", "五星级320小时", "免费取得志愿服务证明", "可以随时退出", "盖章处"),
    ):
        assert told in text, told


def test_each_letter_is_a_page_and_names_what_cannot_be_printed(
    client_of, acting, community, staff
):
    with acting(community):
        made = [make.volunteer(community, name=name) for name in (LONG, RARE)]
    pages = read_pages(client_of(staff).get("/volunteers/letters.pdf", asked(made)).content)
    texts = ["".join(line.text for line in page) for page in pages]
    assert len(texts) == 2
    assert LONG in texts[0]
    assert "〓（U+3402F）" in texts[1]


def test_they_are_ticked_on_a_list(client_of, staff, people):
    client = client_of(staff)
    page = client.get("/volunteers/cards/").content.decode()
    assert "林晓燕" in page
    assert people[0].serial_number in page
    chosen = [str(people[3].pk), str(people[1].pk)]
    answer = post(client, "/volunteers/cards/", paper="letters", volunteers=chosen)
    path, _, query = answer["Location"].partition("?")
    assert path == "/volunteers/letters.pdf"
    assert sorted(query.split("&")) == sorted(f"volunteer={key}" for key in chosen)
    none = post(client, "/volunteers/cards/", paper="cards")
    assert none.context["form"].errors["volunteers"] == ["请勾选志愿者。"]


def test_who_left_and_who_is_of_another_unit_has_no_card(
    client_of, acting, community, other_community, staff, people
):
    with acting(community, other_community):
        gone = make.volunteer(community, name="王桂芳", left_on=timezone.localdate())
        foreign = make.volunteer(other_community, name="金丝雀")
    client = client_of(staff)
    assert client.get(url(gone, "card")).status_code == 404
    assert client.get(url(foreign, "card")).status_code == 404
    for wrong in (gone, foreign):
        answer = client.get("/volunteers/cards.pdf", asked([people[0], wrong]))
        assert answer.status_code == 404
    page = client.get("/volunteers/cards/").content.decode()
    assert "王桂芳" not in page
    assert "金丝雀" not in page
    answer = post(client, "/volunteers/cards/", paper="cards", volunteers=[str(foreign.pk)])
    assert "名单已有变化" in str(answer.context["form"].errors)


@pytest.mark.parametrize(
    "query", [{}, {"volunteer": "x"}, {"volunteer": [str(n) for n in range(90)]}]
)
def test_without_a_proper_list_there_is_no_sheet(client_of, staff, query):
    assert client_of(staff).get("/volunteers/cards.pdf", query).status_code == 404


def test_who_only_views_prints_no_way_in(client_of, make_user, community, head, people):
    inspector = make_user(Role.SANITATION_INSPECTOR, community)
    for user in (head, inspector):
        client = client_of(user)
        for path in (url(people[0], "card"), url(people[0], "welcome"), "/volunteers/cards/"):
            assert client.get(path).status_code == 403
        assert client.get("/volunteers/cards.pdf", asked(people[:1])).status_code == 403
