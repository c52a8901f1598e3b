"""Reading rooms: what they hold on a day, and the days on which they were open."""

from datetime import date

import pytest

from portal.figures import engine
from portal.ledgers import ledgers
from portal.periods import Period
from portal.roles import Role
from tests.factories import office

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(acting, community):
    with acting(community):
        yield office.reading_room(community)


def full(code, room, period, **category):
    return engine.read(f"office.{code}", {room.unit_id}, Period.parse(period), category).full


def test_a_new_count_takes_the_place_of_the_former_one_on_its_day(room):
    anew = date(2025, 7, 1)
    office.holding(room, quantity=1800, ends_on=anew)
    office.holding(room, quantity=1860, starts_on=anew)
    office.holding(room, kind="newspapers", quantity=15)
    assert full("reading_holdings", room, "2025-06") == "1815册"
    assert full("reading_holdings", room, "2025-01-01..2025-07-01") == "1875册"
    assert full("reading_holdings", room, "2025", kind="books") == "1860册"
    ledger = ledgers["reading-holdings"]
    rows = ledger.rows_of({room.unit_id})
    told = [ledger.as_of(rows, day).count() for day in (date(2025, 6, 30), anew)]
    assert told == [2, 2]


def test_days_visits_elders_and_loans_are_counted_by_the_day(room):
    office.reading_day(room)
    office.reading_day(room, occurred_on=date(2025, 3, 12), visits=20, elders=None, lent=None)
    office.reading_day(room, occurred_on=date(2024, 3, 12), visits=99)
    codes = ("reading_days", "reading_visits", "reading_elders", "reading_lent")
    assert [full(code, room, "2025") for code in codes] == ["2天", "38人次", "12人次", "5册"]


@pytest.mark.parametrize("slug", ["reading-holdings", "reading-days"])
def test_only_a_reading_room_keeps_books(client_of, make_user, community, acting, slug):
    with acting(community):
        hall = office.facility(community, name="服务大厅", kind="hall")
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    typed = {"facility": hall.pk, "facility_text": "", "kind": "books", "quantity": 5, "visits": 1}
    typed |= {"starts_on": "2025-01-06", "occurred_on": "2025-01-06"}
    page = client.post(
        f"/ledger/{slug}/add/", typed | {"_key": "6f9b2f0e-0000-4000-8000-000000000001"}
    )
    assert page.status_code == 200
    assert "“服务大厅”不是阅览室" in page.context["form"].errors["facility"][0]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"elders": "19"}, "其中中老年人不能多于到访人次"),
        ({"opened_at": "10:00", "closed_at": "09:00"}, "关门时间应晚于开门时间"),
    ],
)
def test_what_cannot_be_is_refused(client_of, make_user, community, acting, typed, field):
    with acting(community):
        room = office.reading_room(community)
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    data = {"facility": room.pk, "facility_text": "", "occurred_on": "2025-01-06", "visits": "18"}
    key = {"_key": "6f9b2f0e-0000-4000-8000-000000000002"}
    page = client.post("/ledger/reading-days/add/", data | typed | key)
    assert page.status_code == 200
    assert field in str(page.context["form"].errors)


def test_the_page_of_the_room_lists_both(client_of, make_user, community, acting):
    with acting(community):
        room = office.reading_room(community)
        office.holding(room)
        office.reading_day(room)
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    page = client.get(f"/ledger/facilities/{room.pk}/")
    told = {each["title"]: each["count"] for each in page.context["related"]}
    assert (told["藏书报刊"], told["阅览室开放"]) == (1, 1)
