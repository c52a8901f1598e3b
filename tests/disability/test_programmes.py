"""Programmes: whom the forms refuse, at which field, and that nothing is stored."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from disability.models import Enrolment, GroupMembership, Incident, Placement, Programme
from portal.roles import Role
from tests import factories
from tests.factories import programmes as make

DAY = date(2025, 3, 10)


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def client(client_of, staff):
    return client_of(staff)


@pytest.fixture
def errors(client):
    """Send a form; the errors it comes back with, {} where it was stored."""

    def send(slug, pk=None, **data):
        url = f"/ledger/{slug}/{f'{pk}/edit' if pk else 'add'}/"
        page = client.post(url, data | {"_key": str(uuid.uuid4())})
        if page.status_code == 302:
            return {}
        assert page.status_code == 200
        return {name: list(found) for name, found in page.context["form"].errors.items()}

    return send


@pytest.fixture
def home(acting, community):
    with acting(community):
        return make.programme(community)


def person_born(community, born_on, name="陈静"):
    return factories.resident(community, name, born_on=born_on)


@pytest.mark.parametrize(
    ("born_on", "age"), [(date(2009, 3, 11), 15), (date(1989, 3, 10), 36), (date(1950, 1, 1), 75)]
)
def test_who_is_too_young_or_too_old_is_refused_at_the_person(
    acting, community, errors, home, born_on, age
):
    with acting(community):
        person = person_born(community, born_on)
    found = errors("enrolments", programme=home.pk, resident=person.pk, starts_on=DAY)
    message = f"陈静在2025-03-10为 {age} 周岁，不符合阳光之家收 16—35 周岁的规定。"
    assert found == {"resident": [message]}
    with acting(community):
        assert not Enrolment.objects.exists()


@pytest.mark.parametrize("born_on", [date(2009, 3, 10), date(1989, 3, 11)])
def test_the_sixteenth_birthday_and_the_last_day_of_thirty_five_are_admitted(
    acting, community, errors, home, born_on
):
    with acting(community):
        person = person_born(community, born_on)
    assert errors("enrolments", programme=home.pk, resident=person.pk, starts_on=DAY) == {}
    with acting(community):
        assert Enrolment.objects.get().unit == community


def test_an_overlapping_enrolment_is_refused_at_its_first_day(acting, community, errors, home):
    with acting(community):
        person = person_born(community, date(2000, 1, 1))
        make.enrolment(home, person, ends_on=DAY, end_reason="finished")
    known = {"programme": home.pk, "resident": person.pk}
    message = "这位居民在这段时间已在这个项目中，起止日期不能重叠。"
    assert errors("enrolments", **known, starts_on=DAY) == {"starts_on": [message]}
    with acting(community):
        assert Enrolment.objects.count() == 1
    assert errors("enrolments", **known, starts_on=date(2025, 3, 11)) == {}


def test_the_database_refuses_an_overlap_too(acting, community, home):
    with acting(community):
        person = person_born(community, date(2000, 1, 1))
        make.enrolment(home, person)
        with pytest.raises(IntegrityError), transaction.atomic():
            make.enrolment(home, person, starts_on=DAY)


def test_the_dead_and_days_before_the_programme_are_refused(acting, community, errors, home):
    with acting(community):
        person = person_born(community, date(2000, 1, 1))
        person.spells.update(ends_on=date(2025, 1, 4), ended_by="died")
        type(person).objects.filter(pk=person.pk).update(died_on=date(2025, 1, 5))
        other = person_born(community, date(2000, 1, 1), "李强")
    found = errors("enrolments", programme=home.pk, resident=person.pk, starts_on=DAY)
    assert found == {"starts_on": ["这位居民已于2025-01-05去世，入托日期不能在此之后。"]}
    early = errors("enrolments", programme=home.pk, resident=other.pk, starts_on=date(2023, 5, 1))
    assert early == {"starts_on": ["阳光之家2024-01-01开办，入托日期不能在此之前。"]}


def test_leaving_asks_for_day_and_reason(acting, community, errors, home):
    with acting(community):
        person = person_born(community, date(2000, 1, 1))
    known = {"programme": home.pk, "resident": person.pk, "starts_on": DAY}
    assert "end_reason" in errors("enrolments", **known, ends_on=DAY)
    assert "ends_on" in errors("enrolments", **known, end_reason="finished")


def test_category_and_capacity_warn_and_store(acting, community, client, home):
    with acting(community):
        Programme.objects.filter(pk=home.pk).update(categories=["5"], capacity=1)
        make.enrolment(home, person_born(community, date(2000, 1, 1), "李强"))
        person = person_born(community, date(2000, 1, 1))
        factories.disability_file(person, components=["42"])
    data = {"programme": home.pk, "resident": person.pk, "starts_on": DAY}
    page = client.post("/ledger/enrolments/add/", data | {"_key": str(uuid.uuid4())}, follow=True)
    told = [str(message) for message in page.context["messages"]]
    assert "阳光之家接收智力残疾人，与陈静的档案不符。" in told
    assert "阳光之家容纳 1 人，连同这一位已有 2 人。" in told
    with acting(community):
        assert Enrolment.objects.count() == 2


def test_a_sunshine_home_without_ages_takes_those_of_16_to_35(acting, community, errors):
    data = {"name": "阳光之家", "starts_on": DAY, "weekdays": ["1", "2"]}
    assert errors("programmes", **data, kind="sunshine") == {}
    assert errors("programmes", **data | {"name": "活动室"}, kind="room") == {}
    with acting(community):
        ages = dict(Programme.objects.values_list("name", "oldest"))
    assert ages == {"阳光之家": 35, "活动室": None}
    wrong = errors("programmes", **data | {"name": "其他"}, kind="room", youngest="40", oldest="30")
    assert wrong == {"oldest": ["最大年龄不能小于最小年龄。"]}


def test_who_leaves_the_programme_leaves_its_groups(acting, community, errors, home):
    with acting(community):
        enrolled = make.enrolment(home, person_born(community, date(2000, 1, 1)))
        make.group_membership(make.interest_group(home), enrolled)
    data = {"programme": home.pk, "resident": enrolled.resident_id, "starts_on": "2024-01-01"}
    left = data | {"ends_on": DAY, "end_reason": "employed", "version": enrolled.version}
    assert errors("enrolments", enrolled.pk, **left) == {}
    with acting(community):
        assert GroupMembership.objects.get().ends_on == DAY


def test_a_group_takes_only_people_of_its_programme_within_their_enrolment(
    acting, community, errors, home
):
    with acting(community):
        group = make.interest_group(home)
        other = make.programme(community, name="护理站", kind="care")
        foreign = make.enrolment(other, person_born(community, date(2000, 1, 1)))
        own = make.enrolment(home, person_born(community, date(2000, 1, 1), "李强"), starts_on=DAY)
    told = errors("group-memberships", group=group.pk, enrolment=foreign.pk, starts_on=DAY)
    assert told == {"enrolment": ["这个人不在阳光之家中。"]}
    early = errors("group-memberships", group=group.pk, enrolment=own.pk, starts_on="2025-03-09")
    assert early == {"starts_on": ["入组日期不在入托期间（2025-03-10起）。"]}
    assert errors("group-memberships", group=group.pk, enrolment=own.pk, starts_on=DAY) == {}
    again = errors("group-memberships", group=group.pk, enrolment=own.pk, starts_on="2025-04-01")
    assert again == {"starts_on": ["这个人在这段时间已在这个小组中，起止日期不能重叠。"]}
    with acting(community):
        assert GroupMembership.objects.count() == 1


def test_one_institution_at_a_time_and_it_is_named(acting, community, errors):
    with acting(community):
        person = person_born(community, date(2000, 1, 1))
    known = {"resident": person.pk, "kind": "nursing", "starts_on": DAY}
    assert "institution" in errors("placements", **known)
    assert errors("placements", **known, institution="金色晚年养护院") == {}
    again = errors("placements", **known | {"starts_on": "2025-04-01"}, institution="另一家")
    assert again == {"starts_on": ["这位居民在这段时间已在一家机构，起止日期不能重叠。"]}
    with acting(community):
        assert Placement.objects.count() == 1


def test_an_incident_lies_within_the_programme_and_is_not_ahead(acting, community, errors, home):
    known = {"programme": home.pk, "kind": "fall", "severity": "minor"}
    assert "occurred_on" in errors("incidents", **known, occurred_on="2023-01-01")
    assert "occurred_on" in errors("incidents", **known, occurred_on="2099-01-01")
    assert errors("incidents", **known, occurred_on=DAY) == {}
    with acting(community):
        assert Incident.objects.count() == 1


def test_the_street_records_for_a_programme_without_naming_its_unit(
    acting, make_user, client_of, street, community
):
    with acting(street):
        home = make.programme(street)
        person = person_born(street, date(2000, 1, 1))
    client = client_of(make_user(Role.REHABILITATION_WORKER, street))
    data = {"programme": home.pk, "resident": person.pk, "starts_on": DAY}
    page = client.post("/ledger/enrolments/add/", data | {"_key": str(uuid.uuid4())})
    assert page.status_code == 302, page.context["form"].errors
    with acting(street):
        assert Enrolment.objects.get().unit == street


# --- many at once ---------------------------------------------------------------------------------
def test_many_are_enrolled_on_one_page_or_nobody(acting, community, client, home):
    with acting(community):
        names = ["陈静", "李强", "王芳"]
        people = [person_born(community, date(2000, 1, 1), name) for name in names]
        old = person_born(community, date(1960, 1, 1), "赵老")
    url = f"/disability/programmes/{home.pk}/enrol/"
    everybody = {"people_text": "、".join([*names, "赵老"]), "starts_on": DAY}
    refused = client.post(url, everybody | {"_key": str(uuid.uuid4()), "step": "confirm"})
    assert refused.context["form"].errors == {
        "people": ["赵老在2025-03-10为 65 周岁，不符合阳光之家收 16—35 周岁的规定。"]
    }
    with acting(community):
        assert not Enrolment.objects.exists()
    fit = {"people_text": "、".join(names), "starts_on": DAY, "_key": str(uuid.uuid4())}
    asked = client.post(url, fit)
    assert "3 人从 2025-03-10 起入托阳光之家：陈静、李强、王芳。" in asked.content.decode()
    done = client.post(url, fit | {"step": "confirm", "_key": str(uuid.uuid4())})
    assert done.status_code == 302
    with acting(community):
        found = set(Enrolment.objects.values_list("resident", "unit"))
    assert found == {(person.pk, community.pk) for person in people}
    again = client.post(url, fit | {"_key": str(uuid.uuid4())})
    assert len(again.context["form"].errors["people"]) == 3
    assert old.pk not in {pk for pk, _ in found}
