"""What everybody may see of volunteer work: what is sought, what is posted, and nobody's name."""

from datetime import timedelta

import pytest
from django.utils import timezone

from residents.ages import years_before
from tests import factories
from tests.factories import volunteers as made
from tests.volunteers.public_phone import text_of
from volunteers.enums.activities import ActivityState, SignUpState
from volunteers.enums.hours import HoursState, RecordManner
from volunteers.enums.placements import PLACEMENT
from volunteers.models import HoursPosting, ServiceRecord, VolunteerActivity
from volunteers.selectors.postings import shown_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def recruit(client, unit):
    return text_of(client.get(f"/public/volunteers/{unit.code}/recruit/"))


def posted(client, unit):
    return text_of(client.get(f"/public/volunteers/{unit.code}/posted/"))


def test_the_start_page_leads_to_the_units(client, community):
    text = text_of(client.get("/public/volunteers/"))
    assert f"/public/volunteers/{community.code}/recruit/" in text
    assert f"/public/volunteers/{community.code}/posted/" in text
    assert "/public/volunteers/" in text_of(client.get("/public/"))


def test_what_is_sought_is_told_with_places_risks_and_insurance(
    client, community, acting, tomorrow
):
    with acting(community):
        made.org(community, phone="0731-85550101")
        of = made.announced(
            community, tomorrow, code="patrol", risks="夜间路滑，请穿防滑鞋。", insurance="统一投保"
        )
        shift = made.shift(of, 9, capacity=2, place="东门岗亭", skill="rescue")
        made.sign_up(shift, made.volunteer(community))
    text = recruit(client, community)
    for told in (of.title, "义务巡逻", "还差 1 人", "夜间路滑", "统一投保", "东门岗亭", "应急救护"):
        assert told in text
    assert "0731-85550101" in text
    assert "林晓燕" not in text
    with acting(community):
        made.sign_up(shift, made.volunteer(community, "何小梅"))
        made.sign_up(shift, made.volunteer(community, "赵大山"), SignUpState.WAITING)
    assert "已满，候补 1 人" in recruit(client, community)


@pytest.mark.parametrize(
    "change",
    [
        {"state": ActivityState.PLANNED},
        {"state": ActivityState.CANCELLED, "cancelled_for": "下雨"},
        {"is_public": False},
        {"deleted_at": timezone.now()},
    ],
)
def test_what_is_not_sought_publicly_is_not_told(client, community, acting, tomorrow, change):
    with acting(community):
        made.shift(made.announced(community, tomorrow, **change))
    assert "周末清洁家园" not in recruit(client, community)


def test_what_is_over_and_what_another_unit_seeks_is_not_told(
    client, community, other_community, acting, tomorrow
):
    with acting(community, other_community):
        made.shift(made.announced(community, timezone.localdate() - timedelta(days=1)))
        made.shift(made.announced(other_community, tomorrow))
    assert "周末清洁家园" not in recruit(client, community)
    assert "周末清洁家园" in recruit(client, other_community)


def post_of(unit, *people, **fields):
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today + timedelta(days=7)} | fields
    posting = HoursPosting.objects.create(unit=unit, title="三月时长公示", **days)
    of = made.held(unit)
    for number, person in enumerate(people):
        made.service(person, of, 9 + number, minutes=125, state=HoursState.POSTED, posting=posting)
    return posting


def test_the_posted_list_tells_numbers_hours_and_consented_names_alone(client, community, acting):
    with acting(community):
        shy, open_one = (
            made.volunteer(community, "金丝雀"),
            made.volunteer(community, "周文清", may_publish=True),
        )
        post_of(community, shy, open_one)
    text = posted(client, community)
    for told in (shy.serial_number, "金**", "周文清", "周末清洁家园", "2.08 小时", "三月时长公示"):
        assert told in text
    assert "金丝雀" not in text
    assert "13874815522" not in text


def test_a_day_of_a_placement_stands_in_the_list_as_such(client, community, acting):
    with acting(community):
        person = made.volunteer(community)
        posting = post_of(community)
        log = made.trainee_log(made.trainee(community))
        ServiceRecord.objects.create(
            unit=community,
            volunteer=person,
            trainee_log=log,
            occurred_on=log.occurred_on,
            minutes=log.minutes,
            manner=RecordManner.PLACEMENT,
            state=HoursState.POSTED,
            posting=posting,
        )
    assert f"7月8日 {PLACEMENT}" in posted(client, community)


def test_under_age_the_name_is_masked_whatever_was_agreed(client, community, acting):
    limit = years_before(timezone.localdate(), 18)
    with acting(community):
        young, grown = (
            made.volunteer(community, name, born_on=born, may_publish=True)
            for name, born in (("金丝雀", limit + timedelta(days=1)), ("周文清", limit))
        )
        child = factories.resident(community, "白文鸟", id_number="", no_id_reason="拒报")
        type(child).objects.filter(pk=child.pk).update(born_on=limit + timedelta(days=1))
        child.refresh_from_db()
        lives = made.volunteer(community, resident=child, may_publish=True)
        post_of(community, young, grown, lives)
        assert [shown_name(each) for each in (young, grown, lives)] == ["金*雀", "周文清", "白*鸟"]
    text = posted(client, community)
    for told in ("金**", "周文清", "白**"):
        assert told in text
    assert "金丝雀" not in text
    assert "白文鸟" not in text


def test_an_activity_that_is_not_public_is_posted_by_its_type(client, community, acting):
    with acting(community):
        post_of(community, made.volunteer(community))
        VolunteerActivity.objects.update(is_public=False, title="陪伴三栋黄家老人")
        kind = VolunteerActivity.objects.get().type.name
    text = posted(client, community)
    assert "陪伴三栋黄家老人" not in text
    assert kind in text


@pytest.mark.parametrize(
    "fields",
    [
        {"ends_on": timezone.localdate() - timedelta(days=1), "starts_on": made.DAY},
        {"starts_on": timezone.localdate() + timedelta(days=1)},
        {"closed_on": timezone.localdate()},
        {"deleted_at": timezone.now()},
    ],
)
def test_a_posting_that_is_not_open_is_not_shown(client, community, acting, fields):
    with acting(community):
        post_of(community, made.volunteer(community), **fields)
    assert "现在没有公示中的时长" in posted(client, community)


def test_a_resident_is_told_by_the_first_letter_and_refused_hours_not_at_all(
    client, community, acting
):
    with acting(community):
        lives = made.volunteer(community, resident=factories.resident(community, "欧阳静"))
        out = made.volunteer(community, "白文鸟")
        post_of(community, lives, out)
        record = out.services.get()
        record.state, record.void_reason = HoursState.REFUSED, "没有到场"
        record.save()
    text = posted(client, community)
    assert "欧**" in text
    assert "白" not in text.split("<h2")[1]


def test_a_unit_that_is_none_is_a_missing_page(client, district):
    for code in ("nowhere", "440103000000"):
        for name in ("recruit", "posted"):
            assert client.get(f"/public/volunteers/{code}/{name}/").status_code == 404
